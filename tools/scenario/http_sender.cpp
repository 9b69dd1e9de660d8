#include "tools/scenario/http_sender.hpp"

#include <utility>

namespace understudy::scenario {

namespace {

using source::Problem;
using source::ProblemCode;

}  // namespace

source::Result<http::Response> HttpSender::send(const std::string& base_url, const http::Request& request,
                                                std::chrono::milliseconds timeout) {
    if (!client_ || base_url != base_url_) {
        auto url = client::parse_url(base_url);
        if (!url) return Problem(ProblemCode::invalid, "'" + base_url + "' is no http or https URL");
        client_.emplace(std::move(*url));
        base_url_ = base_url;
    }
    client::HttpRequest sent{.method = request.method, .target = request.target, .headers = {}, .body = request.body};
    for (const auto line : request.headers) sent.headers.emplace_back(line.name, line.value);
    auto exchange = client_->exchange(sent, timeout);
    if (!exchange)
        return Problem(ProblemCode::unreadable, "no reply to " + request.method + ' ' + base_url + request.target +
                                                    ": " + exchange.error().message());
    http::Response reply;
    reply.status = exchange->status;
    for (const auto& [name, value] : exchange->headers) reply.headers.add(name, value);
    reply.body = std::move(exchange->body);
    return reply;
}

}  // namespace understudy::scenario
