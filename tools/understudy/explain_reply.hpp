#pragma once

#include "emulator/app/api.hpp"
#include "emulator/gateway/front_door.hpp"

#include <chrono>
#include <string>

namespace understudy::cli {

/// What serve makes of a function's reply. The type of a stream, which says whether that of a function URL has a
/// prelude, stands in no file: what begins as a prelude is taken as one, and that is told.
/// Tested by: Explain.TheStreamedReplyOfAUrlIsReadWithItsPrelude
gateway::Answer answer_reply(const gateway::FrontDoor& door, const app::Api& api, const gateway::Ticket& ticket,
                             const std::string& reply, std::chrono::system_clock::time_point now);

}  // namespace understudy::cli
