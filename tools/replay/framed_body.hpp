#pragma once

#include "proto/wire/content_type.hpp"
#include "proto/wire/metadata.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::replay {

/// The body of a reply in frames, of gRPC-Web or of a stream of Connect, taken apart.
struct FramedBody {
    wire::Codec codec = wire::Codec::proto;
    std::vector<std::string> messages;  ///< Unzipped.
    wire::Metadata trailers;            ///< Of gRPC-Web.
    std::optional<std::string>
        end;  ///< JSON in which a stream of Connect ends, `metadata` and `error`; empty where it is cut off.
};

/// Reads one in either form. nullopt for another content type, for a body that is cut off, for none, and for one that a
/// client would not read: something behind the last frame, flags that nobody knows, a message that is not compressed as
/// it says.
std::optional<FramedBody> parse_framed_body(std::string_view content_type, std::string_view body);

}  // namespace understudy::replay
