#include "emulator/gateway/front_door.hpp"

#include "emulator/event/http_event.hpp"
#include "emulator/event/http_reply.hpp"
#include "emulator/event/request_findings.hpp"
#include "emulator/event/rest_event.hpp"
#include "emulator/event/time_text.hpp"
#include "emulator/event/trace.hpp"
#include "emulator/gateway/route.hpp"

#include <algorithm>
#include <optional>

namespace understudy::gateway {
namespace {

/// An id that AWS would have drawn, made from the API's own so that it is the same in each run.
std::string derive_id(std::string_view api_id, std::string_view salt, std::size_t length) {
    constexpr std::string_view kLetters = "0123456789abcdefghijklmnopqrstuvwxyz";
    std::uint64_t hash = 0xcbf29ce484222325u;  // FNV-1a
    const auto mix = [&hash](std::string_view text) {
        for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
    };
    mix(api_id);
    mix(salt);
    std::string id;
    for (; id.size() < length; mix(salt)) id.push_back(kLetters[(hash >> 32) % kLetters.size()]);
    return id;
}

std::size_t header_sum(const http::Request& request, HeaderSum counted) {
    // The request line: method, target, two spaces and the version.
    std::size_t sum = counted == HeaderSum::values ? 0 : request.method.size() + request.target.size() + 10;
    for (const auto line : request.headers) sum += line.value.size();
    return sum;
}

std::optional<ErrorKind> find_excess(const http::Request& request, const Limits& limits) {
    if (request.target.size() > limits.target) return ErrorKind::target_too_long;
    if (header_sum(request, limits.header_sum) > limits.headers) return ErrorKind::headers_too_large;
    if (request.body.size() > limits.body) return ErrorKind::request_too_large;
    return std::nullopt;
}

bool wants_close(const http::Request& request) {
    if (request.minor_version == 0) return true;
    return http::same_name(request.headers.last("Connection").value_or(""), "close");
}

ErrorKind to_error(FunctionReply::Kind kind) {
    switch (kind) {
        case FunctionReply::Kind::throttled:
            return ErrorKind::throttled;
        case FunctionReply::Kind::timed_out:
            return ErrorKind::integration_timeout;
        case FunctionReply::Kind::succeeded:
        case FunctionReply::Kind::function_error:
            break;
    }
    return ErrorKind::malformed_reply;
}

ErrorKind to_error(event::ReplyFailure failure) {
    return failure == event::ReplyFailure::bad_base64 ? ErrorKind::integration_failure : ErrorKind::malformed_reply;
}

}  // namespace

FrontDoor::FrontDoor(const app::Application& application, const app::Api& api)
    : kind_(api.kind),
      limits_(limits_of(api.kind)),
      account_(application.account),
      api_id_(api.id),
      stage_(api.stages.front().name),
      domain_(api.id + ".execute-api." + application.region + ".amazonaws.com"),
      deployment_id_(derive_id(api.id, "deployment", 6)),
      root_id_(derive_id(api.id, "/", 10)),
      proxy_id_(derive_id(api.id, "/{proxy+}", 6)),
      binary_(api.binary_media_types) {}

Ticket FrontDoor::issue_ticket(const http::Request& request, const event::Facts& facts, std::string trace) const {
    Ticket ticket{facts.request_id, facts.extended_request_id, std::move(trace), {}, wants_close(request)};
    if (is_rest()) ticket.accept = event::to_rest_accept(request.headers, binary_);
    return ticket;
}

Verdict FrontDoor::admit(const http::Request& request, const event::Facts& facts) const {
    event::Trace trace = event::to_trace(request.headers, facts);
    Ticket ticket = issue_ticket(request, facts, std::move(trace.function));
    const auto refuse = [&](ErrorKind kind) { return Answer{fail(kind, ticket, facts.time), {}}; };
    if (const auto excess = find_excess(request, limits_)) return refuse(*excess);
    const auto target = parse_target(request.target);
    if (!target) return refuse(ErrorKind::bad_request);
    const std::string_view method =
        is_rest() ? request.headers.last("X-HTTP-Method-Override").value_or(request.method) : request.method;
    auto route = find_route(kind_, method, target->path);
    if (!route) return refuse(ErrorKind::no_route);

    event::Place place;
    place.account = account_;
    place.api_id = api_id_;
    place.stage = stage_;
    place.deployment_id = deployment_id_;
    place.domain = domain_;
    place.method = method;
    place.route = route->key;
    place.resource_id = route->proxy ? proxy_id_ : root_id_;
    place.path = std::move(route->path);
    if (stage_ != "$default") place.stage_path.append("/").append(stage_);
    place.stage_path.append(target->path);
    place.query = target->query;
    if (route->proxy) place.path_parameters.push_back({"proxy", std::move(*route->proxy)});
    event::RenderedEvent event = is_rest() ? event::render_rest_event(request, place, binary_, facts, trace.event)
                                           : event::render_http_event(request, place, facts, trace.event);
    if (event.json.size() > limits_.event) {
        Answer answer = refuse(ErrorKind::request_too_large);
        answer.findings = std::move(event.findings);
        answer.findings.push_back(event::event_too_large(request.body.size(), event.json.size(), limits_.event));
        return answer;
    }
    return Accepted{std::move(event.json), std::move(ticket), std::move(event.findings)};
}

Answer FrontDoor::answer(const Ticket& ticket, FunctionReply reply, std::chrono::system_clock::time_point now) const {
    if (reply.kind != FunctionReply::Kind::succeeded) return {fail(to_error(reply.kind), ticket, now), {}};
    event::Reply rendered = is_rest() ? event::render_rest_reply(reply.payload, ticket.accept)
                                      : event::render_http_reply(std::move(reply.payload));
    if (const auto* failure = std::get_if<event::ReplyFailure>(&rendered.result)) {
        return {fail(to_error(*failure), ticket, now), std::move(rendered.findings)};
    }
    http::Response response = finish(std::move(std::get<http::Response>(rendered.result)), ticket, now, "");
    if (is_rest()) response.headers.add("X-Amzn-Trace-Id", ticket.trace);
    return {std::move(response), std::move(rendered.findings)};
}

http::Response FrontDoor::refuse(ErrorKind kind, const event::Facts& facts) const {
    Ticket ticket;
    ticket.request_id = facts.request_id;
    ticket.extended_request_id = facts.extended_request_id;
    ticket.close = true;
    return fail(kind, ticket, facts.time);
}

http::Response FrontDoor::fail(ErrorKind kind, const Ticket& ticket, std::chrono::system_clock::time_point now) const {
    const GatewayError& error = gateway_error(kind_, kind);
    http::Response response{error.status, {{"Content-Type", "application/json"}}, std::string(error.body)};
    return finish(std::move(response), ticket, now, error.type);
}

/// Puts the gateway's own headers around those of the answer, in the order AWS has them.
http::Response FrontDoor::finish(http::Response response, const Ticket& ticket,
                                 std::chrono::system_clock::time_point now, std::string_view error_type) const {
    http::Headers headers;
    headers.add("Date", event::to_http_date(now));
    for (const auto [name, value] : response.headers) headers.add(name, value);
    headers.add("Connection", ticket.close ? "close" : "keep-alive");
    if (is_rest()) {
        headers.add("x-amzn-RequestId", ticket.request_id);
        if (!error_type.empty()) headers.add("x-amzn-ErrorType", error_type);
        headers.add("x-amz-apigw-id", ticket.extended_request_id);
    } else {
        headers.add("Apigw-Requestid", ticket.extended_request_id);
    }
    response.headers = std::move(headers);
    return response;
}

}  // namespace understudy::gateway
