#pragma once

#include "emulator/app/application.hpp"
#include "emulator/event/facts.hpp"
#include "emulator/gateway/stage.hpp"
#include "emulator/http/message.hpp"
#include "tools/understudy/explain_report.hpp"

#include <optional>
#include <string>

namespace understudy::cli {

/// Adds what a WebSocket API makes of a request: a call of `@connections` by its path; with a body, the message of a
/// client that is connected to the stage which the path names, the first where it names none; else a GET is the
/// handshake of one. Tested by: Explain.AWebSocketApiTakesHandshakesMessagesAndCalls,
/// Explain.WhatIsNoHandshakeIsRefused, Explain.AWebSocketMessageIsOfTheStageThatItsPathNames
void explain_websocket(Explanation& explanation, const app::Application& application, const app::Api& api,
                       const gateway::Entrance& entrance, const http::Request& request, const event::Facts& facts,
                       const std::optional<std::string>& reply);

}  // namespace understudy::cli
