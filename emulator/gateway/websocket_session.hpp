#pragma once

#include "emulator/event/facts.hpp"
#include "emulator/event/finding.hpp"
#include "emulator/gateway/function_reply.hpp"
#include "emulator/gateway/verdict.hpp"
#include "emulator/gateway/websocket_door.hpp"
#include "emulator/http/message.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace understudy::gateway {

/// A function is to be called; what it replies goes to `WebSocketSession::on_reply` with `ticket`.
struct WebSocketCall {
    enum class Purpose : std::uint8_t { authorizer, connect, message, disconnect };
    struct Ticket {
        Purpose purpose = Purpose::message;
        std::string route;       ///< Its key.
        std::string request_id;  ///< As the event has it.
        bool two_way = false;    ///< The reply is sent to the client.
    };
    std::string function;   ///< Its name; no function of the application may have it.
    std::string qualifier;  ///< An alias or version; may be empty.
    std::string event;
    std::string trace;                  ///< For the invocation.
    std::chrono::milliseconds timeout;  ///< So long the gateway waits.
    Ticket ticket;
};

/// The request becomes a connection; these lines go with the 101.
struct AcceptHandshake {
    http::Headers headers;
};

struct RefuseHandshake {
    http::Response response;
};

/// The client gets a message.
struct SendMessage {
    std::string text;
};

/// Nothing is to be done.
struct Rest {};

struct WebSocketStep {
    std::variant<Rest, WebSocketCall, AcceptHandshake, RefuseHandshake, SendMessage> action;
    std::vector<event::Finding> findings = {};
    int status = 0;  ///< What the function's reply came to; 0: none was there.
};

/// The course of one connection of a WebSocket API: authorizer, `$connect`, messages at any time and in any number,
/// `$disconnect`. Pure: it says what to do, and is told what became of it.
///
/// Rule: [API Gateway developer guide, apigateway-websocket-api-route-keys-connect-disconnect,
/// apigateway-websocket-api-lambda-auth, apigateway-websocket-api-route-response]. Messages do not wait for each other.
/// A route without a route response sends nothing, but for an error. Unverified: a two-way route's empty body is not
/// sent, one over 128 KB is an error (the documents say what a client's costs: 1009), and `$disconnect` is called for a
/// client that went while it was being connected. Tested by: WebSocketSession.AHandshakeAsksTheAuthorizerThenConnect,
/// WebSocketSession.RepliesToConnect, WebSocketSession.RepliesToMessages, WebSocketSession.TheCloseGoesToDisconnect
class WebSocketSession {
  public:
    using Time = std::chrono::system_clock::time_point;

    WebSocketSession(std::shared_ptr<WebSocketDoor> door, WebSocketClient client);

    const WebSocketClient& client() const { return client_; }
    /// From now on the routes are those of another form of the same API.
    void move_to(std::shared_ptr<WebSocketDoor> door) { door_ = std::move(door); }

    /// The handshake's request. `facts` are kept until it is answered.
    WebSocketStep on_handshake(http::Request request, event::Facts facts);
    WebSocketStep on_message(std::string_view text, std::string_view message_id, const event::Facts& facts);
    /// The end of a connection that was accepted.
    WebSocketStep on_close(int code, std::string_view reason, const event::Facts& facts);
    WebSocketStep on_reply(const WebSocketCall::Ticket& ticket, const FunctionReply& reply, Time now);

  private:
    WebSocketStep proceed(AccessDecision decision);
    WebSocketStep connect(std::vector<event::Finding> findings);
    std::optional<WebSocketStep> throttle(std::size_t route, const event::Facts& facts) const;
    std::optional<WebSocketStep> validate(std::size_t route, std::string_view text, const event::Facts& facts) const;
    WebSocketStep settle_reply(const WebSocketCall::Ticket& ticket, const FunctionReply& reply, Time now);
    WebSocketStep on_authorized(const FunctionReply& reply, Time now);
    WebSocketStep on_connected(const FunctionReply& reply);
    WebSocketStep on_answered(const WebSocketCall::Ticket& ticket, const FunctionReply& reply) const;
    /// What a route response sends, if it is no more than a message holds.
    WebSocketStep send_reply(std::string_view text, const WebSocketCall::Ticket& ticket) const;
    WebSocketStep fail(ErrorKind kind, const WebSocketCall::Ticket& ticket) const;
    WebSocketStep refuse(Refusal refusal) const;
    WebSocketStep send_error(ErrorKind kind, std::string_view request_id) const;
    WebSocketStep call(std::size_t route, const event::WebSocketOccasion& occasion, const event::Facts& facts,
                       WebSocketCall::Purpose purpose) const;
    /// Without a function; a mock answers as if one had.
    WebSocketStep answer_by_itself(const app::Route& route, const event::Facts& facts,
                                   WebSocketCall::Purpose purpose) const;

    std::shared_ptr<WebSocketDoor> door_;
    WebSocketClient client_;
    http::Request request_;  ///< Of the handshake, until it is answered.
    event::Facts facts_;     ///< The same.
    PendingAccess pending_;  ///< While the authorizer is asked.
};

}  // namespace understudy::gateway
