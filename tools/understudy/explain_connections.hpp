#pragma once

#include "emulator/event/facts.hpp"
#include "emulator/gateway/websocket_door.hpp"
#include "emulator/http/message.hpp"
#include "tools/understudy/explain_report.hpp"

namespace understudy::cli {

/// Whether a request means to call `@connections`, rightly or not: no such request is a client's message.
bool means_connections(const http::Request& request);

/// Adds what a call of `@connections` is, and what the API answers to it. The client that it names is taken to be
/// connected, and what is answered otherwise is said.
/// Tested by: Explain.ACallOfConnectionsIsNoMessage
void explain_connections(Explanation& explanation, const gateway::WebSocketDoor& door, gateway::Admission admission,
                         const http::Request& request, const event::Facts& facts);

}  // namespace understudy::cli
