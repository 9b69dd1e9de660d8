#include "emulator/gateway/host_guard.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace understudy::gateway {
namespace {

constexpr std::string_view kLocal = "localhost";
constexpr std::string_view kBelowLocal = ".localhost";

bool is_address(std::string_view host) {
    return host.starts_with('[') || host.find_first_not_of("0123456789.") == std::string_view::npos;
}

bool is_local_name(std::string_view host) {
    return host == kLocal || host.ends_with(kBelowLocal);
}

/// `Host`'s value, or what follows an origin's scheme, without the port, in lower case.
std::string to_host(std::string_view authority) {
    const bool bracketed = authority.starts_with('[');
    std::string host(bracketed ? authority.substr(0, authority.find(']') + 1)
                               : authority.substr(0, authority.find(':')));
    std::ranges::transform(host, host.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return host;
}

/// What a browser sends, and a page of it cannot keep it from sending: over plain http, a GET to a page's own host
/// has neither Origin nor Sec-Fetch-Site.
bool is_browsers_line(const http::HeaderLine& line) {
    constexpr std::array<std::string_view, 4> kMarks = {"Origin", "Sec-Fetch-Site", "Referer", "Accept-Language"};
    const auto is_name = [&line](std::string_view mark) { return http::same_name(line.name, mark); };
    return std::ranges::any_of(kMarks, is_name) || (is_name("User-Agent") && line.value.starts_with("Mozilla/"));
}

/// Looks at each line once: it is asked about all that the Runtime API gets.
bool is_browsers(const http::Headers& headers) {
    return std::ranges::any_of(headers, is_browsers_line);
}

bool is_of_this_machine(std::string_view origin) {
    const auto scheme = origin.find("://");
    if (scheme == std::string_view::npos) return false;  // `null`: a page that hides where it is from.
    const std::string host = to_host(origin.substr(scheme + 3));
    return is_local_name(host) || host == "[::1]" || (is_address(host) && host.starts_with("127."));
}

}  // namespace

bool is_rebound(const http::Headers& headers) {
    if (!is_browsers(headers)) return false;
    const std::string host = to_host(headers.last("Host").value_or(std::string_view()));
    return !is_address(host) && !is_local_name(host);
}

bool is_foreign_page(const http::Headers& headers) {
    if (const auto origin = headers.last("Origin")) return !is_of_this_machine(*origin);
    return headers.last("Sec-Fetch-Site") == "cross-site";
}

bool is_strangers_page(const http::Headers& headers) {
    return is_browsers(headers) && (is_rebound(headers) || is_foreign_page(headers));
}

http::Response refuse_rebound() {
    return {.status = 403,
            .headers = {{"Content-Type", "text/plain"}, {"Connection", "close"}},
            .body = "A web page may call this emulator by an address or as localhost only.\n"};
}

http::Response refuse_foreign_page() {
    return {.status = 403,
            .headers = {{"Content-Type", "text/plain"}, {"Connection", "close"}},
            .body = "A web page of another site may call neither this Lambda API nor its Runtime API.\n"};
}

}  // namespace understudy::gateway
