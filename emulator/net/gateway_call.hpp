#pragma once

#include "emulator/event/facts.hpp"
#include "emulator/gateway/function_reply.hpp"
#include "emulator/gateway/gateway_error.hpp"
#include "emulator/lambda/invocation.hpp"
#include "emulator/net/deadlines.hpp"
#include "emulator/net/http_server.hpp"
#include "emulator/net/random_ids.hpp"

#include <chrono>
#include <string>

namespace understudy::net {

/// What is no request, in the words of a front door.
gateway::ErrorKind to_error(Malformed fault);

/// Draws what facts hold of ids, and sets their time.
void draw_ids(event::Facts& facts, RandomIds& ids, std::chrono::system_clock::time_point now);

/// A function's outcome as a front door sees it.
gateway::FunctionReply to_reply(lambda::Outcome&& outcome);

/// The error's name: as the function posted it, or as the error document says it; empty where there is none.
std::string error_type_of(const lambda::Outcome& outcome);

lambda::Invocation make_invocation(std::string id, std::string event, std::string trace);

/// A nominal time as a scaled clock has it; a millisecond at least.
std::chrono::milliseconds scaled(std::chrono::milliseconds nominal, double clock_scale);

/// The moment until which a front door waits that began at `from`; a scaled clock waits shorter.
Deadlines::Clock::time_point deadline_of(Deadlines::Clock::time_point from, std::chrono::milliseconds nominal,
                                         double clock_scale);

}  // namespace understudy::net
