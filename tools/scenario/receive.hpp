#pragma once

#include "emulator/http/message.hpp"
#include "proto/wire/metadata.hpp"
#include "tools/scenario/result.hpp"
#include "tools/scenario/scenario.hpp"

#include <chrono>

namespace understudy::scenario {

/// A reply as the step's protocol reads it. `trailers` are HTTP/2's own. A call that has outrun the timeout that it
/// told is `deadline_exceeded`, as its client would have given up.
Received to_received(const Step& step, const http::Response& reply, const wire::Metadata& trailers,
                     std::chrono::microseconds duration);

}  // namespace understudy::scenario
