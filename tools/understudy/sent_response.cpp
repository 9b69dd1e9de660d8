#include "tools/understudy/sent_response.hpp"

#include "emulator/net/response_head.hpp"

#include <cstddef>

namespace understudy::cli {
namespace {

/// The lines behind the status line of a head.
http::Headers read_lines(std::string_view head) {
    constexpr std::string_view kEnd = "\r\n";
    constexpr std::string_view kColon = ": ";
    http::Headers headers;
    head.remove_prefix(head.find(kEnd) + kEnd.size());
    while (!head.starts_with(kEnd)) {
        const std::string_view line = head.substr(0, head.find(kEnd));
        const std::size_t colon = line.find(kColon);
        headers.add(line.substr(0, colon), line.substr(colon + kColon.size()));
        head.remove_prefix(line.size() + kEnd.size());
    }
    return headers;
}

}  // namespace

http::Response to_sent_response(const http::Response& response, std::string_view method) {
    const net::Framing framing{.head_request = method == "HEAD"};
    http::Response sent{response.status, read_lines(net::render_head(response, framing)), {}};
    if (net::carries_body(response, framing)) sent.body = response.body;
    return sent;
}

}  // namespace understudy::cli
