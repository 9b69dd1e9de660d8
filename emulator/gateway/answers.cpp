#include "emulator/gateway/answers.hpp"

#include "emulator/event/facts.hpp"
#include "emulator/event/time_text.hpp"

#include <string>
#include <utility>

namespace understudy::gateway {
namespace {

using app::ApiKind;

void add_all(http::Headers& headers, const http::Headers& added) {
    for (const auto [name, value] : added) headers.add(name, value);
}

void add_ids(http::Headers& headers, ApiKind kind, const Ticket& ticket, std::string_view error_type) {
    switch (kind) {
        case ApiKind::rest:
        case ApiKind::websocket:
        case ApiKind::url:
            headers.add("x-amzn-RequestId", ticket.request_id);
            if (!error_type.empty()) headers.add("x-amzn-ErrorType", error_type);
            if (kind != ApiKind::url) headers.add("x-amz-apigw-id", ticket.extended_request_id);
            break;
        case ApiKind::http:
            headers.add("Apigw-Requestid", ticket.extended_request_id);
            break;
        case ApiKind::alb:
            break;
    }
}

/// What CloudFront adds on the way back.
void add_edge_headers(http::Headers& headers, int status) {
    constexpr int kFirstError = 400;
    const event::EdgeFacts edge;
    headers.add("X-Cache", status < kFirstError ? "Miss from cloudfront" : "Error from cloudfront");
    headers.add("Via", "1.1 " + std::string(edge.host) + ".cloudfront.net (CloudFront)");
    headers.add("X-Amz-Cf-Pop", "IAD12-P1");
    headers.add("X-Amz-Cf-Id", edge.id);
}

}  // namespace

/// Puts the gateway's own headers around those of the answer, in the order AWS has them.
http::Response Answers::frame(http::Response response, const Ticket& ticket, Time now,
                              std::string_view error_type) const {
    http::Headers headers;
    if (kind_ == ApiKind::alb && !response.headers.contains("Server")) headers.add("Server", "awselb/2.0");
    if (kind_ != ApiKind::alb || !response.headers.contains("Date")) headers.add("Date", event::to_http_date(now));
    add_all(headers, response.headers);
    headers.add("Connection", ticket.close ? "close" : "keep-alive");
    if (!app::deviates(profile_, kind_, app::Deviation::added_headers)) {
        add_ids(headers, kind_, ticket, error_type);
        if (edge_) add_edge_headers(headers, response.status);
    }
    response.headers = std::move(headers);
    return response;
}

http::Response Answers::finish(http::Response response, const Ticket& ticket, Time now) const {
    return frame(std::move(response), ticket, now, "");
}

http::Response Answers::finish_reply(http::Response response, const Ticket& ticket, Time now) const {
    http::Response framed = frame(std::move(response), ticket, now, "");
    if (app::deviates(profile_, kind_, app::Deviation::added_headers)) return framed;
    if (kind_ == ApiKind::rest || kind_ == ApiKind::url) framed.headers.add("X-Amzn-Trace-Id", ticket.trace);
    return framed;
}

http::Response Answers::finish_error(http::Response response, std::string_view error_type, const Ticket& ticket,
                                     Time now) const {
    return frame(std::move(response), ticket, now, error_type);
}

http::Response Answers::fail(const Refusal& refusal, const Ticket& ticket, Time now) const {
    const GatewayError& error = gateway_error(kind_, refusal.kind, profile_);
    std::string body = refusal.message.empty() ? std::string(error.body) : with_message(error.body, refusal.message);
    http::Response response;
    if (kind_ == ApiKind::alb) {
        response = {error.status, {{"Content-Type", "text/html"}}, render_alb_page(error.body)};
    } else if (are_customised() && ticket.context) {
        response = responses_.render(error, std::move(body), refusal.validation_error, *ticket.context);
    } else {
        // Unverified: that the text of a URL's 502 has this type.
        response = {error.status, {{"Content-Type", "application/json"}}, std::move(body)};
    }
    add_all(response.headers, refusal.headers);
    add_all(response.headers, ticket.cors);
    return frame(std::move(response), ticket, now, refusal.type.empty() ? error.type : refusal.type);
}

}  // namespace understudy::gateway
