#pragma once

#include "emulator/event/facts.hpp"
#include "emulator/event/place.hpp"
#include "emulator/http/message.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <variant>

namespace understudy::event {

/// What all events of one WebSocket connection say.
struct WebSocketConnection {
    std::string id;  ///< 15 base64 characters and `=`.
    std::chrono::system_clock::time_point connected_at;
    std::string domain;      ///< The host name that the client asked for, without port.
    std::string user_agent;  ///< Empty: the client sent none.
};

/// A client asks to be connected.
struct WebSocketConnect {
    const http::Request& request;
    std::string_view trace;  ///< `Trace::event`
};
/// A client sent a text message.
struct WebSocketMessage {
    std::string_view text;
    std::string_view id;  ///< 15 base64 characters and `=`.
};
/// A connection is closed, by whomever.
struct WebSocketDisconnect {
    int status = 1001;  ///< RFC 6455, 7.4
    std::string_view reason = {};
};
using WebSocketOccasion = std::variant<WebSocketConnect, WebSocketMessage, WebSocketDisconnect>;

/// The event of a WebSocket API. `place.route` is the route key, `facts.extended_request_id` the id of the event and
/// `facts.time` its time.
///
/// Rule: headers and query only with CONNECT; DISCONNECT has four headers, all but Host empty [aws-lambda-go:
/// events/testdata/apigw-websocket-request*.json]. Tested by: WebSocketEvent.TheWholeEventOfAConnect,
/// WebSocketEvent.TheWholeEventOfAMessage, WebSocketEvent.TheWholeEventOfADisconnect
std::string render_websocket_event(const WebSocketOccasion& occasion, const WebSocketConnection& connection,
                                   const Place& place, const Facts& facts);

}  // namespace understudy::event
