#include "tools/understudy/explained_request.hpp"

#include "emulator/http/base64.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <system_error>

namespace understudy::cli {
namespace {

struct Url {
    bool is_websocket = false;
    std::string_view user;    ///< With its password, as in the URL.
    std::string_view host;    ///< With its port.
    std::string_view target;  ///< May lack the path; without the fragment.
};

/// What stands in no URL, and so is for whoever reads the target.
bool is_blank(char c) {
    return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f;
}

std::optional<Url> parse_url(std::string_view typed) {
    const auto scheme_end = typed.find("://");
    if (scheme_end == std::string_view::npos) return std::nullopt;
    constexpr std::array<std::string_view, 4> kSchemes{"http", "https", "ws", "wss"};
    const std::string_view scheme = typed.substr(0, scheme_end);
    const auto known = std::ranges::find_if(kSchemes, [&](auto name) { return http::same_name(scheme, name); });
    if (known == kSchemes.end()) return std::nullopt;
    std::string_view rest = typed.substr(scheme_end + 3);
    rest = rest.substr(0, rest.find('#'));
    const std::string_view authority = rest.substr(0, rest.find_first_of("/?"));
    if (std::ranges::any_of(authority, is_blank)) return std::nullopt;
    const auto at = authority.rfind('@');
    const auto host = at == std::string_view::npos ? 0 : at + 1;
    return Url{(*known).starts_with("ws"), authority.substr(0, host == 0 ? 0 : at), authority.substr(host),
               rest.substr(authority.size())};
}

/// The number that all lines of Content-Length say; nullopt where they are no such lines, which a parser refuses.
std::optional<std::size_t> stated_length(const http::Headers& headers) {
    const auto last = headers.last("Content-Length");
    if (!last || headers.contains("Transfer-Encoding")) return std::nullopt;
    for (const auto [name, value] : headers) {
        if (http::same_name(name, "Content-Length") && value != *last) return std::nullopt;
    }
    std::size_t length = 0;
    const auto [end, error] = std::from_chars(last->data(), last->data() + last->size(), length);
    const bool whole = error == std::errc() && end == last->data() + last->size();
    return whole ? std::optional(length) : std::nullopt;
}

}  // namespace

void set_target(http::Request& request, std::string_view typed) {
    const auto url = parse_url(typed);
    request.target = url ? std::string(url->target) : std::string(typed);
    if (!url) return;
    if (!request.target.starts_with('/')) request.target.insert(0, 1, '/');
    http::Headers headers;
    if (!request.headers.contains("Host")) headers.add("Host", url->host);
    for (const auto line : request.headers) headers.add(line.name, line.value);
    if (!url->user.empty() && !headers.contains("Authorization")) {
        headers.add("Authorization", "Basic " + http::to_base64(url->user));
    }
    if (url->is_websocket && request.body.empty()) add_handshake(headers);
    request.headers = std::move(headers);
}

/// RFC 6455, 1.3: the nonce is that of its example.
void add_handshake(http::Headers& headers) {
    constexpr std::array<http::HeaderLine, 4> kLines{{{"Connection", "Upgrade"},
                                                      {"Upgrade", "websocket"},
                                                      {"Sec-WebSocket-Version", "13"},
                                                      {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="}}};
    for (const auto line : kLines) {
        if (!headers.contains(line.name)) headers.add(line.name, line.value);
    }
}

source::Result<void> check_length(const http::Request& request) {
    const auto stated = stated_length(request.headers);
    if (!stated || *stated == request.body.size()) return {};
    return source::Problem(source::ProblemCode::invalid,
                           "the header Content-Length says " + std::to_string(*stated) + ", the body has " +
                               std::to_string(request.body.size()) +
                               " bytes: leave the header out, it is added as a client adds it");
}

}  // namespace understudy::cli
