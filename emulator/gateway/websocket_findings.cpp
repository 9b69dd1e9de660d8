#include "emulator/gateway/websocket_findings.hpp"

#include "emulator/gateway/limits.hpp"

namespace understudy::gateway {

event::Finding find_no_message_route() {
    return {"websocket-no-route", "",
            "A message has no route: its route selection names none, and there is no $default. The client gets "
            "Forbidden."};
}

event::Finding find_refused_message(const std::string& route, const access::BodyFault& fault) {
    return {"websocket-message-refused", route + ": " + fault.reason,
            "The model of the route " + route + " refuses a message: " + fault.explained +
                ". The client gets Bad request body, the function is not called."};
}

event::Finding find_unsent_reply(const std::string& route) {
    return {"websocket-reply-unsent", route,
            "The function's reply to " + route +
                " does not reach the client: the route has no route response. Cure: RouteResponseSelectionExpression "
                "$default and an AWS::ApiGatewayV2::RouteResponse, or POST to @connections."};
}

event::Finding find_large_reply(const std::string& route, std::size_t size) {
    return {"websocket-reply-large", route,
            "The reply to " + route + " has " + std::to_string(size) + " bytes; a message to a client has at most " +
                std::to_string(kWebSocketLimits.body) +
                ". The client gets Internal server error. Cure: send it in parts, by POST to @connections."};
}

event::Finding find_unasked_protocol(const std::string& protocol) {
    return {
        "websocket-protocol-unasked", protocol,
        "The function's reply to $connect chooses the subprotocol " + protocol +
            ", which the client has not asked for: it is sent, and most clients end such a connection. Cure: choose "
            "one of those in the event's Sec-WebSocket-Protocol, or none."};
}

event::Finding find_unemulated(const std::string& route) {
    return {"integration-not-emulated", route,
            "The route " + route + " leads to an integration that this emulator does not do: it fails."};
}

}  // namespace understudy::gateway
