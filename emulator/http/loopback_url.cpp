#include "emulator/http/loopback_url.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace understudy::http {
namespace {

constexpr std::string_view kScheme = "http://";
constexpr std::array<std::string_view, 3> kHosts{"127.0.0.1", "localhost", "[::1]"};

std::optional<std::uint16_t> parse_port(std::string_view digits) {
    std::uint16_t port = 0;
    const char* end = digits.data() + digits.size();
    const auto parsed = std::from_chars(digits.data(), end, port);
    if (parsed.ec != std::errc() || parsed.ptr != end || port == 0) return std::nullopt;
    return port;
}

}  // namespace

std::optional<LoopbackUrl> parse_loopback_url(std::string_view text) {
    if (!text.starts_with(kScheme)) return std::nullopt;
    text = text.substr(kScheme.size(), std::min(text.find('#'), text.size()) - kScheme.size());
    const auto host = std::ranges::find_if(kHosts, [&](std::string_view name) { return text.starts_with(name); });
    if (host == kHosts.end()) return std::nullopt;
    text.remove_prefix(host->size());
    LoopbackUrl url{.host = std::string(host->front() == '[' ? "::1" : *host), .target = "/"};
    if (text.starts_with(':')) {
        const auto end = std::min(text.find_first_of("/?"), text.size());
        const auto port = parse_port(text.substr(1, end - 1));
        if (!port) return std::nullopt;
        url.port = *port;
        text.remove_prefix(end);
    }
    if (text.starts_with('/')) {
        url.target = text;
    } else if (text.starts_with('?')) {
        url.target.append(text);
    } else if (!text.empty()) {
        return std::nullopt;
    }
    const bool is_clean =
        std::ranges::all_of(url.target, [](char c) { return static_cast<unsigned char>(c) > ' ' && c != '\x7f'; });
    return is_clean ? std::optional(std::move(url)) : std::nullopt;
}

std::string authority_of(const LoopbackUrl& url) {
    const std::string host = url.host == "::1" ? "[::1]" : url.host;
    return url.port == 80 ? host : host + ':' + std::to_string(url.port);
}

}  // namespace understudy::http
