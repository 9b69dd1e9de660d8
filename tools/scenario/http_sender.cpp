#include "tools/scenario/http_sender.hpp"

#include <utility>

namespace understudy::scenario {

namespace {

using source::Problem;
using source::ProblemCode;

}  // namespace

source::Result<HttpSender::Part> HttpSender::exchange(const std::string& base_url, const http::Request& request,
                                                      std::chrono::milliseconds timeout, Replies replies) {
    if (!client_ || base_url != base_url_) {
        auto url = client::parse_url(base_url);
        if (!url) return Problem(ProblemCode::invalid, "'" + base_url + "' is no http or https URL");
        client_.emplace(std::move(*url));
        base_url_ = base_url;
    }
    client::HttpRequest sent{.method = request.method, .target = request.target, .body = request.body};
    sent.accepts_part = replies == Replies::also_parts;
    for (const auto line : request.headers) sent.headers.emplace_back(line.name, line.value);
    auto exchange = client_->exchange(sent, timeout);
    if (!exchange)
        return Problem(ProblemCode::unreadable, "no reply to " + request.method + ' ' + base_url + request.target +
                                                    ": " + exchange.error().message());
    Part part{.response = {}, .cut_off = exchange->cut_off};
    part.response.status = exchange->status;
    for (const auto& [name, value] : exchange->headers) part.response.headers.add(name, value);
    part.response.body = std::move(exchange->body);
    return part;
}

source::Result<http::Response> HttpSender::send(const std::string& base_url, const http::Request& request,
                                                std::chrono::milliseconds timeout) {
    auto whole = exchange(base_url, request, timeout, Replies::whole);
    if (!whole) return whole.error();
    return std::move(whole->response);
}

source::Result<HttpSender::Part> HttpSender::send_for_part(const std::string& base_url, const http::Request& request,
                                                           std::chrono::milliseconds timeout) {
    return exchange(base_url, request, timeout, Replies::also_parts);
}

}  // namespace understudy::scenario
