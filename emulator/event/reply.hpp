#pragma once

#include "emulator/event/finding.hpp"
#include "emulator/http/message.hpp"

#include <cstdint>
#include <variant>
#include <vector>

namespace understudy::event {

/// Why a function's reply cannot be sent to the client.
enum class ReplyFailure : std::uint8_t {
    malformed,   ///< It breaks the rules of the proxy reply.
    bad_base64,  ///< `isBase64Encoded` is true, and the body is no base64.
    no_stream,   ///< A REST API in transfer mode STREAM: it is not in the form of a stream.
};

/// A function's reply as HTTP: status, the function's own headers with a Content-Type, body. The gateway's headers are
/// still missing. Where the status allows no body (204, 304) there is none; a reply to HEAD keeps its body, for the
/// writer to count and to leave out.
struct Reply {
    std::variant<http::Response, ReplyFailure> result;
    std::vector<Finding> findings;
};

}  // namespace understudy::event
