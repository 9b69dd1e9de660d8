#include "emulator/event/alb_event.hpp"

#include "emulator/event/event_fields.hpp"
#include "emulator/event/event_maps.hpp"
#include "emulator/event/http_body_form.hpp"
#include "emulator/event/query.hpp"
#include "emulator/event/request_findings.hpp"

#include <array>

namespace understudy::event {
namespace {

/// Read or written by the load balancer itself; that the first two are removed is unverified. Connection stays
/// [aws-lambda-go: alb-lambda-target-request-headers-only.json].
constexpr std::array<std::string_view, 6> kRemovedByAlb = {"Expect",          "Transfer-Encoding", "X-Amzn-Trace-Id",
                                                           "X-Forwarded-For", "X-Forwarded-Port",  "X-Forwarded-Proto"};

/// The trace id as a load balancer hands it on: a client's own root stays, with the load balancer's in front.
///
/// Rule: [Elastic Load Balancing guide, load-balancer-request-tracing]. Tested by: AlbEvent.AClientsRootGetsASelf
std::string alb_trace(const http::Headers& headers, const Facts& facts, std::string_view trace) {
    const bool is_clients = headers.first("X-Amzn-Trace-Id").value_or("").find("Root=") != std::string_view::npos;
    return is_clients ? "Self=" + facts.trace_root + ';' + std::string(trace) : std::string(trace);
}

void write_target(JsonWriter& json, const Place& place) {
    json.key("requestContext").begin_object();
    json.key("elb").begin_object();
    json.key("targetGroupArn").text(place.target_group_arn);
    json.end_object();
    json.end_object();
}

void write_query(JsonWriter& json, std::string_view query, AlbHeaders mode) {
    const auto parameters = parse_query(query, "&", QueryForm::as_sent);
    if (mode == AlbHeaders::multi_value) {
        write_parameters(json.key("multiValueQueryStringParameters"), parameters, Repeated::all);
    } else {
        write_parameters(json.key("queryStringParameters"), parameters, Repeated::last);
    }
}

void write_map(JsonWriter& json, const EventHeaders& headers, AlbHeaders mode) {
    if (mode == AlbHeaders::multi_value) {
        write_headers(json.key("multiValueHeaders"), headers, Repeated::all);
    } else {
        write_headers(json.key("headers"), headers, Repeated::last);
    }
}

}  // namespace

RenderedEvent render_alb_event(const http::Request& request, const Place& place, const Facts& facts,
                               std::string_view trace, AlbHeaders mode) {
    RenderedEvent event;
    event.json.reserve(usual_size(request));
    JsonWriter json(event.json);
    json.begin_object();
    write_target(json, place);
    json.key("httpMethod").text(place.method);
    json.key("path").text(place.path);
    write_query(json, place.query, mode);
    const GatewayHeaders gateway(request.headers, facts);
    const std::string own_trace = alb_trace(request.headers, facts, trace);
    EventHeaders headers(EventHeaders::Spelling::lower, request.headers, kRemovedByAlb);
    add_gateway_headers(headers, gateway, request.headers, place, facts, own_trace);
    headers.sort();
    write_map(json, headers, mode);
    const BodyForm form = alb_body_form(request);
    const std::size_t replaced = write_body(json, request.body, form, EmptyBody::text);
    json.end_object();
    event.body = to_sent_body(request, form);
    find_in_http_request(event.findings, request, event.body, replaced, "a load balancer");
    return event;
}

std::string render_alb_health_check(const Place& place, AlbHeaders mode) {
    std::string event;
    JsonWriter json(event);
    json.begin_object();
    write_target(json, place);
    json.key("httpMethod").text("GET");
    json.key("path").text(place.path);
    write_query(json, place.query, mode);
    EventHeaders headers(EventHeaders::Spelling::lower, {}, {});
    headers.add("user-agent", "ELB-HealthChecker/2.0");
    write_map(json, headers, mode);
    write_body(json, "", BodyForm::none, EmptyBody::text);
    json.end_object();
    return event;
}

}  // namespace understudy::event
