#include "emulator/net/head_fault.hpp"

#include "emulator/net/request_parser.hpp"

#include <cstdint>
#include <string>

namespace understudy::net {
namespace {

std::string write_head(const http::Request& request) {
    std::string head = request.method + ' ' + request.target + " HTTP/1.1\r\n";
    for (const auto line : request.headers) head.append(line.name).append(": ").append(line.value).append("\r\n");
    return head + "\r\n";
}

}  // namespace

std::optional<Malformed> find_head_fault(const http::Request& request) {
    const std::string head = write_head(request);
    // No room for a body: a head that says there is one is told from the others, and nothing is kept for it.
    RequestParser parser({.header_bytes = SIZE_MAX, .body_bytes = 0});
    const std::size_t used = parser.feed(head);
    const auto fault = parser.fault();
    if (fault && fault != Malformed::body_too_large) return fault;
    const http::Request& read = parser.request();
    const bool same = parser.head_done() && used == head.size() && read.method == request.method &&
                      read.target == request.target && read.headers == request.headers;
    return same ? std::nullopt : std::optional(Malformed::garbage);
}

std::optional<Malformed> find_fault(const http::Request& request, const ServerLimits& limits) {
    if (write_head(request).size() > limits.header_bytes) return Malformed::headers_too_large;
    if (const auto fault = find_head_fault(request)) return fault;
    if (request.body.size() > limits.body_bytes) return Malformed::body_too_large;
    return std::nullopt;
}

std::string_view explain_head_fault(Malformed fault) {
    if (fault == Malformed::headers_too_large)
        return "No head of this size is read to its end, so that it is refused whatever its target.";
    if (fault == Malformed::body_too_large)
        return "No body of this size is read, so that it is refused before anything else is looked at.";
    if (fault == Malformed::bad_framing)
        return "Content-Length and Transfer-Encoding leave the end of the body in doubt (RFC 9112, 6.3).";
    return "This is no request of HTTP: its method, its target or a header line has a character that may not stand "
           "there (RFC 9112, 3), or it has several lines of Host. Percent-encode blanks and control characters in the "
           "target.";
}

}  // namespace understudy::net
