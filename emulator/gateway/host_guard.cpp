#include "emulator/gateway/host_guard.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace understudy::gateway {
namespace {

constexpr std::string_view kLocal = "localhost";
constexpr std::string_view kBelowLocal = ".localhost";

bool is_address(std::string_view host) {
    return host.starts_with('[') || host.find_first_not_of("0123456789.") == std::string_view::npos;
}

}  // namespace

bool is_rebound(const http::Headers& headers) {
    if (!headers.contains("Origin") && !headers.contains("Sec-Fetch-Site")) return false;
    const std::string_view value = headers.last("Host").value_or(std::string_view());
    const std::string_view named = value.starts_with('[') ? value : value.substr(0, value.find(':'));
    std::string host(named);
    std::ranges::transform(host, host.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return !is_address(host) && host != kLocal && !host.ends_with(kBelowLocal);
}

http::Response refuse_rebound() {
    return {.status = 403,
            .headers = {{"Content-Type", "text/plain"}, {"Connection", "close"}},
            .body = "A web page may call this emulator by an address or as localhost only.\n"};
}

}  // namespace understudy::gateway
