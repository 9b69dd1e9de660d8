#pragma once

#include "emulator/app/application.hpp"
#include "emulator/event/facts.hpp"
#include "emulator/event/place.hpp"
#include "emulator/event/websocket_event.hpp"
#include "emulator/gateway/access_control.hpp"
#include "emulator/gateway/answers.hpp"
#include "emulator/gateway/api_identity.hpp"
#include "emulator/gateway/connections_call.hpp"
#include "emulator/gateway/stage.hpp"
#include "emulator/gateway/verdict.hpp"
#include "emulator/gateway/websocket_routes.hpp"
#include "emulator/http/message.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace understudy::gateway {

/// The client at the other end of a connection, as far as the gateway knows it.
struct WebSocketClient {
    event::WebSocketConnection connection;
    std::string source_ip;
    std::string stage;
    std::string authorizer = {};  ///< `event::Place::authorizer`
};

/// What an HTTP request to a WebSocket API is: a client that wants to be connected, a call, or neither.
using Admission = std::variant<WebSocketClient, ConnectionsCall, Answer>;

/// The front door of one WebSocket API: what its HTTP requests are, which route takes a message, and what the gateway
/// itself answers. Pure, as `FrontDoor` is; the course of a connection is in `WebSocketSession`.
class WebSocketDoor {
  public:
    using Time = std::chrono::system_clock::time_point;
    /// Whether a request asks for a WebSocket by the rules of the protocol.
    enum class Upgrade : std::uint8_t { asked, not_asked };

    /// Copies what it needs.
    WebSocketDoor(const app::Application& application, const app::Api& api);

    /// `connection_id`: for the connection, should it become one.
    ///
    /// Rule: `wss://HOST/STAGE` connects, `https://HOST/STAGE/@connections/ID` is a call [API Gateway developer guide,
    /// apigateway-how-to-call-websocket-api, apigateway-how-to-call-websocket-api-connections]. Unverified: all else is
    /// a 403. Where signatures are checked, a call must be signed as `execute-api`.
    /// Tested by: WebSocketDoor.WhatARequestIs, WebSocketDoor.CallsAreSignedWhereSignaturesAreChecked
    Admission admit(const http::Request& request, Upgrade upgrade, const Entrance& entrance, const event::Facts& facts,
                    std::string connection_id) const;

    const WebSocketRoutes& routes() const { return routes_; }
    const app::Route& route(std::size_t index) const { return api_->routes[index]; }
    std::string_view api_id() const { return api_->id; }
    AccessControl& access() { return access_; }

    /// What the events of a connection say of the API. Lives as long as the client and the door.
    event::Place describe(const WebSocketClient& client, std::string_view route) const;
    /// Which of the API's stages a client has connected to.
    std::size_t stage_index(const WebSocketClient& client) const;

    /// A handshake that the gateway refuses.
    Answer refuse(Refusal refusal, std::string_view connection_id, const event::Facts& facts) const;
    /// A handshake that the function refuses: its status and body. Unverified: that the body goes out, and no header
    /// but its type.
    Answer refuse(http::Response reply, const event::Facts& facts) const;
    /// The answer to bytes that never became a request.
    http::Response refuse(ErrorKind kind, const event::Facts& facts) const;

    /// The answers to `@connections`. Rule: POST 200 and DELETE 204 without a body, 410 without one where the
    /// connection is gone [ApiGatewayManagementApi; laravel-echo-api-gateway#9]. Tested by:
    /// WebSocketDoor.AnswersOfConnections
    http::Response answer_sent(const event::Facts& facts) const;
    http::Response answer_disconnected(const event::Facts& facts) const;
    http::Response answer_described(const ConnectionState& state, const event::Facts& facts) const;
    http::Response answer_gone(const event::Facts& facts) const;

  private:
    Admission admit_call(const http::Request& request, std::string connection_id, std::string_view stage,
                         const event::Facts& facts) const;
    Answer fail(Refusal refusal, const event::Facts& facts) const;

    std::shared_ptr<const app::Api> api_;
    ApiIdentity identity_;
    WebSocketRoutes routes_;
    Answers answers_;
    AccessControl access_;
};

}  // namespace understudy::gateway
