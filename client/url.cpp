#include "client/url.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <charconv>
#include <system_error>

namespace understudy::client {
namespace {

std::string to_host(const boost::urls::url_view& url) {
    // Of an IPv6 address host() keeps the brackets, which only a URL and a Host header want.
    if (url.host_type() == boost::urls::host_type::ipv6) return url.host_ipv6_address().to_string();
    return url.host();
}

std::string to_base_path(const boost::urls::url_view& url) {
    std::string path(std::string_view(url.encoded_path()));
    while (path.ends_with('/')) path.pop_back();
    return path;
}

bool is_port(std::string_view text) {
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    return error == std::errc() && end == text.data() + text.size() && port != 0;
}

}  // namespace

std::optional<Url> parse_url(std::string_view text) {
    const auto parsed = boost::urls::parse_uri({text.data(), text.size()});
    if (!parsed) return std::nullopt;
    const boost::urls::url_view& url = *parsed;
    const bool is_https = url.scheme_id() == boost::urls::scheme::https;
    if (!is_https && url.scheme_id() != boost::urls::scheme::http) return std::nullopt;
    if (url.host().empty() || url.has_userinfo() || url.has_query() || url.has_fragment()) return std::nullopt;
    if (url.has_port() && !is_port(url.port())) return std::nullopt;
    return Url{.scheme = is_https ? Scheme::https : Scheme::http,
               .host = to_host(url),
               .port = url.has_port() ? std::string(url.port()) : (is_https ? "443" : "80"),
               .authority = std::string(std::string_view(url.encoded_host_and_port())),
               .base_path = to_base_path(url)};
}

}  // namespace understudy::client
