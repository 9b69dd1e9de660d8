#include "emulator/gateway/front_door.hpp"

#include "emulator/event/exchange_findings.hpp"
#include "emulator/event/request_findings.hpp"
#include "emulator/event/text.hpp"
#include "emulator/gateway/access/content_coding.hpp"
#include "emulator/gateway/parameter_mapping.hpp"
#include "emulator/gateway/visit.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <system_error>
#include <utility>

namespace understudy::gateway {
namespace {

ErrorKind to_error(event::ReplyFailure failure) {
    return failure == event::ReplyFailure::malformed ? ErrorKind::malformed_reply : ErrorKind::integration_failure;
}

ErrorKind to_error(access::CodingFault fault) {
    switch (fault) {
        case access::CodingFault::unsupported:
            return ErrorKind::unsupported_media;
        case access::CodingFault::too_large:
            return ErrorKind::request_too_large;
        case access::CodingFault::damaged:
            break;
    }
    return ErrorKind::bad_request;
}

std::string_view spelled_content_type(const http::Headers& headers) {
    const auto found = std::ranges::find_if(
        headers, [](const http::HeaderLine& line) { return http::same_name(line.name, "Content-Type"); });
    return found == headers.end() ? std::string_view() : (*found).name;
}

bool wants_close(const http::Request& request) {
    if (request.minor_version == 0) return true;
    return http::same_name(request.headers.last("Connection").value_or(""), "close");
}

/// As the client says it.
std::optional<std::size_t> stated_size(const http::Headers& headers) {
    const std::string_view text = headers.last("Content-Length").value_or("");
    std::size_t size = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size);
    return error == std::errc() ? std::optional(size) : std::nullopt;
}

}  // namespace

FrontDoor::FrontDoor(const app::Application& application, const app::Api& api)
    : api_(std::make_shared<const app::Api>(api)),
      limits_(limits_under(application.profile, api)),
      identity_(identify(application, api)),
      router_(api),
      rendering_(application, api),
      answers_(api, application.profile),
      access_(application, api_) {
    if (api.cors) cors_.emplace(api.kind, *api.cors);
    if (api.endpoint == app::EndpointType::edge) limits_.stream_idle = kEdgeStreamIdle;
}

Ticket FrontDoor::issue_ticket(const http::Request& request, const event::Facts& facts) const {
    Ticket ticket;
    ticket.request_id = facts.request_id;
    ticket.extended_request_id = facts.extended_request_id;
    ticket.close = wants_close(request);
    if (api_->kind == app::ApiKind::rest) {
        ticket.accept = rendering_.accept(request);
        if (api_->minimum_compression_size) {
            ticket.coding = access::choose_coding(request.headers.last("Accept-Encoding"));
        }
    }
    ticket.content_type_name = spelled_content_type(request.headers);
    if (api_->kind != app::ApiKind::rest) ticket.content_type_name = event::to_lower(ticket.content_type_name);
    if (cors_) ticket.cors = cors_->headers_for(request);
    return ticket;
}

FrontDoor::Visit FrontDoor::begin(const http::Request& request, const Entrance& entrance,
                                  const event::Facts& facts) const {
    Visit visit{request, facts, entrance, event::to_trace(request.headers, facts), issue_ticket(request, facts)};
    visit.ticket.trace = visit.trace.function;
    return visit;
}

/// A REST API takes the content coding off before anything else looks at the body; a coding that it does not take is
/// refused behind the route (unverified: before whoever calls is asked).
template <class Go>
Verdict FrontDoor::with_plain_body(const http::Request& request, const Entrance& entrance, const event::Facts& facts,
                                   Go go) const {
    using access::RequestCoding;
    const bool decodes =
        api_->kind == app::ApiKind::rest &&
        (access::kRestRequestCoding.when == RequestCoding::When::always || api_->minimum_compression_size);
    if (!decodes || request.body.empty() || !request.headers.contains("Content-Encoding")) return go(request);
    const auto decoded = access::decode_request(request, limits_.body, access::kRestRequestCoding.header);
    if (const auto* plain = std::get_if<http::Request>(&decoded)) return go(*plain);
    Visit visit = begin(request, entrance, facts);
    if (auto answer = route(visit)) return std::move(*answer);
    return fail_large(visit, to_error(std::get<access::CodingFault>(decoded)), std::nullopt);
}

Verdict FrontDoor::admit(const http::Request& request, const Entrance& entrance, const event::Facts& facts) {
    return with_plain_body(request, entrance, facts, [&](const http::Request& plain) -> Verdict {
        Visit visit = begin(plain, entrance, facts);
        visit.as_signed = &request;
        if (auto answer = route(visit)) return std::move(*answer);
        return proceed(visit, access_.check(visit.to_route_request(), facts.time));
    });
}

Verdict FrontDoor::authorized(const PendingRequest& pending, const http::Request& request, const FunctionReply& reply,
                              std::chrono::system_clock::time_point now) {
    return with_plain_body(request, pending.entrance, pending.facts, [&](const http::Request& plain) -> Verdict {
        Visit visit = begin(plain, pending.entrance, pending.facts);
        if (auto answer = route(visit)) return std::move(*answer);
        return proceed(visit, access_.decide(visit.to_route_request(), pending.access, reply, now));
    });
}

Verdict FrontDoor::proceed(Visit& visit, AccessDecision&& decision) const {
    if (auto* refusal = std::get_if<Refusal>(&decision)) {
        return fail(visit, std::move(*refusal));
    }
    if (auto* ask = std::get_if<AskAuthorizer>(&decision)) {
        return AuthorizerCall{std::move(ask->function),
                              std::move(ask->qualifier),
                              std::move(ask->event),
                              visit.ticket.trace,
                              ask->timeout,
                              {visit.facts, visit.entrance, std::move(ask->pending)}};
    }
    if (auto* keys = std::get_if<AskKeys>(&decision)) {
        return KeysCall{std::move(keys->issuer), {visit.facts, visit.entrance}};
    }
    return integrate(visit, std::move(std::get<Pass>(decision)));
}

Answer FrontDoor::fail(const Visit& visit, Refusal refusal) const {
    if (!answers_.are_customised()) {
        return {answers_.fail(refusal, visit.ticket, visit.facts.time), std::move(refusal.findings)};
    }
    Ticket ticket = visit.ticket;
    ticket.context =
        context_of(visit, refusal.authorizer.empty() ? visit.place.authorizer : std::string_view(refusal.authorizer));
    return {answers_.fail(refusal, ticket, visit.facts.time), std::move(refusal.findings)};
}

/// The same, where it may be for the body's size.
Answer FrontDoor::fail_large(const Visit& visit, ErrorKind kind, std::optional<std::size_t> size) const {
    Answer answer = fail(visit, kind);
    const bool has_limit = limits_.body != kNoLimits.body;
    if (kind == ErrorKind::request_too_large && has_limit) {
        answer.findings.push_back(event::body_too_large(size, limits_.body, api_->kind));
    }
    return answer;
}

Answer FrontDoor::answer(const Ticket& ticket, FunctionReply reply, std::chrono::system_clock::time_point now) const {
    if (reply.kind != FunctionReply::Kind::succeeded) {
        Answer answer{answers_.fail({.kind = to_error(reply.kind)}, ticket, now), {}};
        if (reply.oversized) {
            answer.findings.push_back(
                event::reply_too_large(*reply.oversized, std::min(limits_.reply, app::kMostReplyBytes)));
        } else if (reply.kind == FunctionReply::Kind::function_error) {
            const std::string_view given = ticket.event ? std::string_view(*ticket.event) : std::string_view();
            event::find_in_failure(answer.findings, ticket.sent, given, reply.payload);
            event::find_header_in_failure(answer.findings, {ticket.content_type_name, ticket.sent.type}, reply.payload);
        }
        return answer;
    }
    if (reply.payload.size() > limits_.reply) {
        return {answers_.fail({.kind = ErrorKind::malformed_reply}, ticket, now),
                {event::reply_too_large(reply.payload.size(), limits_.reply)}};
    }
    return answer_head(ticket, rendering_.reply(std::move(reply.payload), ticket), now);
}

event::StreamReply FrontDoor::read_stream(std::string_view content_type) const {
    const bool rest = api_->kind == app::ApiKind::rest;
    return {rest ? event::StreamFront::rest : event::StreamFront::url, content_type};
}

Answer FrontDoor::answer_head(const Ticket& ticket, event::Reply&& reply,
                              std::chrono::system_clock::time_point now) const {
    if (const auto* failure = std::get_if<event::ReplyFailure>(&reply.result)) {
        return {answers_.fail({.kind = to_error(*failure)}, ticket, now), std::move(reply.findings)};
    }
    auto response = std::get<http::Response>(std::move(reply.result));
    if (limits_.reply_headers != SIZE_MAX) {
        if (const std::size_t size = lines_size(response.headers); size > limits_.reply_headers) {
            reply.findings.push_back(event::reply_headers_too_large(size, limits_.reply_headers));
            return {answers_.fail({.kind = ErrorKind::malformed_reply}, ticket, now), std::move(reply.findings)};
        }
    }
    event::find_in_status(reply.findings, response, {ticket.content_type_name, ticket.sent.type});
    if (ticket.mappings != nullptr) map_response(*ticket.mappings, response, *ticket.context);
    if (cors_) {
        response.headers = without_cors(response.headers);
        for (const auto [name, value] : ticket.cors) response.headers.add(name, value);
    }
    if (api_->minimum_compression_size && ticket.transfer == app::TransferMode::buffered) {
        access::encode_response(response, ticket.coding, static_cast<std::size_t>(*api_->minimum_compression_size));
    }
    return {answers_.finish_reply(std::move(response), ticket, now), std::move(reply.findings)};
}

http::Response FrontDoor::refuse(ErrorKind kind, const event::Facts& facts) const {
    Ticket ticket;
    ticket.request_id = facts.request_id;
    ticket.extended_request_id = facts.extended_request_id;
    ticket.close = true;
    return answers_.fail({.kind = kind}, ticket, facts.time);
}

Answer FrontDoor::refuse_body(ErrorKind kind, const http::Request& head, const Entrance& entrance,
                              const event::Facts& facts) const {
    Visit visit = begin(head, entrance, facts);
    visit.ticket.close = true;
    if (!enter_stage(visit)) find_place(visit);
    return fail_large(visit, kind, stated_size(head.headers));
}

}  // namespace understudy::gateway
