#pragma once

#include "emulator/event/alb_event.hpp"
#include "emulator/event/reply.hpp"

#include <string_view>

namespace understudy::event {

/// Reads a function's reply as a load balancer does: `statusCode` must be there, and only the map of the target
/// group's kind is read. No Content-Type is added.
///
/// Rule: [Elastic Load Balancing guide, lambda-functions, "Respond to the load balancer"]. Tested by: AlbReply.Replies
Reply render_alb_reply(std::string_view payload, AlbHeaders mode);

}  // namespace understudy::event
