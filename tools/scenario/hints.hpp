#pragma once

#include <google/protobuf/message.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::scenario {

/// What probably happened to a body that should be a binary message and is none, in sentences that say what to do:
/// base64 text where a REST API's binary media types and the Accept header do not meet; bytes replaced by U+FFFD, or
/// written as UTF-8 once more, where something took the body for text; a gRPC frame where the bare message was due;
/// gzip; JSON; a page. `prototype` is a message of the type that was due; it is not changed.
std::vector<std::string> to_hints(std::string_view body, const google::protobuf::Message& prototype);

/// Whether bytes that should be a stream of envelopes are a message of that type without one: not empty, and nothing in
/// it that the type does not know.
bool is_bare_message(std::string_view bytes, const google::protobuf::Message& prototype);
/// Whether bytes that should be the message begin with an envelope that holds it.
bool is_framed_message(std::string_view body, const google::protobuf::Message& prototype);
/// That bytes of a body were replaced by U+FFFD, because something took it for text; nullopt where none were.
std::optional<std::string> find_replaced_bytes(std::string_view body);

/// As `to_hints`, for a body that should be JSON and is none.
std::vector<std::string> to_json_hints(std::string_view body);

/// What an unexpected status and body of a gateway's own mean: who answered in the function's place, and why. Empty
/// where they tell nothing.
std::vector<std::string> to_status_hints(int status, std::string_view body);

}  // namespace understudy::scenario
