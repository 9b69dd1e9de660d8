#include "emulator/event/websocket_event.hpp"

#include "emulator/event/event_fields.hpp"
#include "emulator/event/event_maps.hpp"
#include "emulator/event/query.hpp"
#include "emulator/event/rest_headers.hpp"
#include "emulator/event/time_text.hpp"

namespace understudy::event {
namespace {

/// What an occasion puts in front of the context.
void write_headers_of(JsonWriter& json, const WebSocketConnect& connect, const WebSocketConnection&, const Place& place,
                      const Facts& facts) {
    const http::Headers& client = connect.request.headers;
    const GatewayHeaders gateway(client, facts);
    EventHeaders headers(EventHeaders::Spelling::rest, client, kRestRemoved);
    add_gateway_headers(headers, gateway, client, place, facts, connect.trace);
    headers.sort();
    write_headers(json.key("headers"), headers, Repeated::last);
    write_headers(json.key("multiValueHeaders"), headers, Repeated::all);
    const auto parameters = parse_query(place.query, "&");
    if (parameters.empty()) return;
    write_parameters(json.key("queryStringParameters"), parameters, Repeated::last);
    write_parameters(json.key("multiValueQueryStringParameters"), parameters, Repeated::all);
}
void write_headers_of(JsonWriter&, const WebSocketMessage&, const WebSocketConnection&, const Place&, const Facts&) {}
void write_headers_of(JsonWriter& json, const WebSocketDisconnect&, const WebSocketConnection& connection, const Place&,
                      const Facts&) {
    EventHeaders headers(EventHeaders::Spelling::rest, {}, {});
    headers.add("Host", connection.domain);
    for (const std::string_view empty : {"x-api-key", "X-Forwarded-For", "x-restapi"}) headers.add(empty, "");
    write_headers(json.key("headers"), headers, Repeated::last);
    write_headers(json.key("multiValueHeaders"), headers, Repeated::all);
}

/// What only an occasion's own context says. That CONNECT has a `messageId` of null is seen in older samples only:
/// unverified.
void write_own_context(JsonWriter& json, const WebSocketConnect&) {
    json.key("messageId").null();
    json.key("eventType").text("CONNECT");
}
void write_own_context(JsonWriter& json, const WebSocketMessage& message) {
    json.key("messageId").text(message.id);
    json.key("eventType").text("MESSAGE");
}
void write_own_context(JsonWriter& json, const WebSocketDisconnect& disconnect) {
    json.key("disconnectStatusCode").number(disconnect.status);
    json.key("eventType").text("DISCONNECT");
    json.key("disconnectReason").text(disconnect.reason);
}

void write_context(JsonWriter& json, const WebSocketOccasion& occasion, const WebSocketConnection& connection,
                   const Place& place, const Facts& facts) {
    json.key("requestContext").begin_object();
    json.key("routeKey").text(place.route);
    if (!place.authorizer.empty()) json.key("authorizer").raw(place.authorizer);
    std::visit([&json](const auto& own) { write_own_context(json, own); }, occasion);
    json.key("extendedRequestId").text(facts.extended_request_id);
    json.key("requestTime").text(to_log_time(facts.time));
    json.key("messageDirection").text("IN");
    json.key("stage").text(place.stage);
    json.key("connectedAt").number(to_epoch_milliseconds(connection.connected_at));
    json.key("requestTimeEpoch").number(to_epoch_milliseconds(facts.time));
    json.key("identity").begin_object();
    if (!connection.user_agent.empty()) json.key("userAgent").text(connection.user_agent);
    json.key("sourceIp").text(facts.source_ip);
    json.end_object();
    json.key("requestId").text(facts.extended_request_id);
    json.key("domainName").text(connection.domain);
    json.key("connectionId").text(connection.id);
    json.key("apiId").text(place.api_id);
    json.end_object();
}

}  // namespace

std::string render_websocket_event(const WebSocketOccasion& occasion, const WebSocketConnection& connection,
                                   const Place& place, const Facts& facts) {
    std::string event;
    event.reserve(2048);
    JsonWriter json(event);
    json.begin_object();
    std::visit([&](const auto& own) { write_headers_of(json, own, connection, place, facts); }, occasion);
    if (!place.stage_variables.empty()) write_variables(json.key("stageVariables"), place.stage_variables);
    write_context(json, occasion, connection, place, facts);
    const auto* message = std::get_if<WebSocketMessage>(&occasion);
    const bool has_body = message && !message->text.empty();
    write_body(json, has_body ? message->text : "", has_body ? BodyForm::text : BodyForm::none, EmptyBody::left_out);
    json.end_object();
    return event;
}

}  // namespace understudy::event
