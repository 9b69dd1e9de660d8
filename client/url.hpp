#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace understudy::client {

enum class Scheme : std::uint8_t { http, https };

/// Where a server is: `https://abc.execute-api.us-east-1.amazonaws.com/prod`.
struct Url {
    Scheme scheme = Scheme::http;
    std::string host;       ///< A name or an address; IPv6 without its brackets.
    std::string port;       ///< Decimal; the scheme's own where the text names none.
    std::string authority;  ///< As a Host header shows it: host, and the port where the text names one.
    std::string base_path;  ///< What goes before every path: empty, or `/prod`; never with a slash at its end.

    friend bool operator==(const Url&, const Url&) = default;
};

/// Errors: nullopt where the text is no absolute http or https URL, or has a query, a fragment or user information.
std::optional<Url> parse_url(std::string_view text);

}  // namespace understudy::client
