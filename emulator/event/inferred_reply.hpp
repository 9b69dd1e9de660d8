#pragma once

#include "emulator/event/proxy_reply.hpp"
#include "emulator/event/reply.hpp"

#include <string>

namespace understudy::event {

/// Whether a reply of payload format 2.0 says what to answer: an object with `statusCode`.
bool is_explicit(const ProxyReply& parsed);

/// The answer to one that does not: the payload is the body of a 200, a JSON string without its quotes.
/// Preconditions: `parsed` was read from `payload`.
Reply infer_reply(const ProxyReply& parsed, std::string payload);

}  // namespace understudy::event
