#include "emulator/gateway/rendering.hpp"

#include "emulator/event/alb_event.hpp"
#include "emulator/event/alb_reply.hpp"
#include "emulator/event/http1_event.hpp"
#include "emulator/event/http1_reply.hpp"
#include "emulator/event/http_event.hpp"
#include "emulator/event/http_reply.hpp"
#include "emulator/event/proxy_reply.hpp"
#include "emulator/event/reply_fields.hpp"
#include "emulator/event/rest_event.hpp"
#include "emulator/event/rest_reply.hpp"
#include "emulator/event/sam.hpp"
#include "emulator/event/stream_reply.hpp"
#include "emulator/event/url_event.hpp"
#include "emulator/event/url_reply.hpp"

#include <algorithm>
#include <utility>

namespace understudy::gateway {
namespace {

/// The reply of a function that does not stream, where the route does: a stream of one piece. Unverified.
event::Reply render_unstreamed(std::string_view payload) {
    event::StreamReply stream(event::StreamFront::rest, {});
    event::StreamStep step = stream.feed(payload);
    std::string body(step.body);
    if (!step.head) step = stream.finish();
    event::Reply reply = std::move(*step.head);
    if (auto* response = std::get_if<http::Response>(&reply.result)) response->body = std::move(body);
    return reply;
}

}  // namespace

Rendering::Rendering(const app::Application& application, const app::Api& api)
    : kind_(api.kind),
      profile_(application.profile),
      binary_(api.binary_media_types, event::binary_setting(api)),
      streaming_setting_(event::streaming_setting(api)) {
    for (const app::Api& any : application.apis) {
        all_binary_types_.insert(all_binary_types_.end(), any.binary_media_types.begin(), any.binary_media_types.end());
    }
}

event::RestAccept Rendering::accept(const http::Request& request) const {
    event::RestAccept accept = event::to_rest_accept(request.headers, binary_);
    accept.is_head = request.method == "HEAD";
    if (deviates(app::Deviation::reply_keys)) accept.keys = event::RestKeys::sam;
    if (deviates(app::Deviation::reply_decoding) || (!accept.is_binary && !all_binary_types_.empty())) {
        accept.all = request.headers.first("Accept").value_or("");
    }
    return accept;
}

void Rendering::describe(event::Place& place) const {
    place.profile = profile_;
    place.binary_types = all_binary_types_;
}

event::Reply Rendering::rest_reply(std::string_view payload, const Ticket& ticket) const {
    const bool as_sam = deviates(app::Deviation::reply_decoding);
    const auto prelude = as_sam ? std::nullopt : event::find_prelude(payload);
    if (prelude) return event::render_rest_unread_stream(*prelude, payload.size(), streaming_setting_);
    event::Reply reply = event::render_rest_reply(payload, ticket.accept);
    const bool is_text = std::ranges::any_of(
        reply.findings, [](const event::Finding& finding) { return finding.id == event::kRestBase64Sent; });
    if (!is_text && !as_sam) return reply;
    const event::ProxyReply parsed = event::parse_proxy_reply(payload);
    const std::string_view type = event::reply_content_type(parsed);
    const bool sam_decodes = event::sam_decodes(ticket.accept.all, type, all_binary_types_);
    if (as_sam) {
        event::RestAccept accept = ticket.accept;
        accept.is_binary = sam_decodes;
        reply = event::render_rest_reply(payload, accept);
    }
    if (is_text && sam_decodes) reply.findings.push_back(event::find_sam_decoding(profile_, type));
    return reply;
}

event::RenderedEvent Rendering::event(const http::Request& request, const event::Place& place,
                                      const event::Facts& facts, std::string_view trace, const Ticket& ticket) const {
    switch (kind_) {
        case app::ApiKind::rest:
            return event::render_rest_event(request, place, binary_, facts, trace);
        case app::ApiKind::url:
            return event::render_url_event(request, place, facts, trace);
        case app::ApiKind::alb:
            return event::render_alb_event(request, place, facts, trace, ticket.headers);
        case app::ApiKind::http:
        case app::ApiKind::websocket:
            break;
    }
    if (ticket.payload == app::PayloadFormat::v1) return event::render_http1_event(request, place, facts, trace);
    return event::render_http_event(request, place, facts, trace);
}

event::Reply Rendering::reply(std::string payload, const Ticket& ticket) const {
    switch (kind_) {
        case app::ApiKind::rest:
            if (ticket.transfer == app::TransferMode::stream) return render_unstreamed(payload);
            return rest_reply(payload, ticket);
        case app::ApiKind::url:
            return event::render_url_reply(std::move(payload), ticket.transfer);
        case app::ApiKind::alb:
            return event::render_alb_reply(payload, ticket.headers);
        case app::ApiKind::http:
        case app::ApiKind::websocket:
            break;
    }
    if (ticket.payload == app::PayloadFormat::v1) return event::render_http1_reply(payload, profile_);
    return event::render_http_reply(std::move(payload), profile_);
}

}  // namespace understudy::gateway
