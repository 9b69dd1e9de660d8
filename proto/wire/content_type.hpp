#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

namespace understudy::wire {

/// How a message is written: protobuf's binary format, or its JSON mapping.
enum class Codec : std::uint8_t { proto, json };

std::ostream& operator<<(std::ostream& out, Codec codec);

/// A media type of the unary binding. The bodies of all `proto` types are bare messages, without framing, also under
/// `application/grpc+proto`; a reply has the type of its request.
struct ContentType {
    Codec codec = Codec::proto;
    std::string_view name = "application/proto";  ///< Lower case, without parameters; refers to static storage.

    friend bool operator==(const ContentType&, const ContentType&) = default;
};

inline constexpr ContentType kConnectProto{Codec::proto, "application/proto"};
inline constexpr ContentType kConnectJson{Codec::json, "application/json"};

/// The type that a Content-Type header names, whatever its case and parameters; nullopt for one without a codec.
std::optional<ContentType> parse_content_type(std::string_view header);

/// A Content-Type's media type in lower case, without its parameters.
std::string to_media_type(std::string_view header);

/// All types of bare messages, as an Accept-Post header lists them.
std::string_view accepted_content_types();

}  // namespace understudy::wire
