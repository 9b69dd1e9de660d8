#include "emulator/gateway/cors.hpp"

#include "emulator/event/text.hpp"

#include <algorithm>

namespace understudy::gateway {
namespace {

constexpr std::string_view kPrefix = "access-control-";

std::string join(const std::vector<std::string>& values) {
    std::string joined;
    for (const std::string& value : values) joined.append(joined.empty() ? "" : ",").append(value);
    return joined;
}

void add_list(http::Headers& headers, std::string_view name, const std::vector<std::string>& values) {
    if (!values.empty()) headers.add(name, join(values));
}

/// `*`, `https://*` or an origin.
bool origin_matches(std::string_view pattern, std::string_view origin) {
    if (pattern.ends_with('*')) return origin.starts_with(pattern.substr(0, pattern.size() - 1));
    return pattern == origin;
}

}  // namespace

bool is_preflight(const http::Request& request) {
    return request.method == "OPTIONS" && request.headers.contains("Origin") &&
           request.headers.contains("Access-Control-Request-Method");
}

std::optional<std::string_view> CorsPolicy::allowed_origin(const http::Request& request) const {
    const auto origin = request.headers.last("Origin");
    if (!origin) return std::nullopt;
    const auto found = std::ranges::find_if(
        cors_.allow_origins, [&](const std::string& pattern) { return origin_matches(pattern, *origin); });
    if (found == cors_.allow_origins.end()) return std::nullopt;
    return *found == "*" ? std::string_view("*") : *origin;
}

void CorsPolicy::add_origin(http::Headers& headers, std::string_view origin) const {
    headers.add("access-control-allow-origin", origin);
    if (cors_.allow_credentials) headers.add("access-control-allow-credentials", "true");
}

http::Response CorsPolicy::preflight(const http::Request& request) const {
    http::Response response;
    response.status = kind_ == app::ApiKind::url ? 200 : 204;
    const auto origin = allowed_origin(request);
    if (!origin) return response;
    add_origin(response.headers, *origin);
    add_list(response.headers, "access-control-allow-methods", cors_.allow_methods);
    add_list(response.headers, "access-control-allow-headers", cors_.allow_headers);
    add_list(response.headers, "access-control-expose-headers", cors_.expose_headers);
    if (cors_.max_age) response.headers.add("access-control-max-age", std::to_string(cors_.max_age->count()));
    return response;
}

http::Headers CorsPolicy::headers_for(const http::Request& request) const {
    http::Headers headers;
    const auto origin = allowed_origin(request);
    if (!origin) return headers;
    add_origin(headers, *origin);
    add_list(headers, "access-control-expose-headers", cors_.expose_headers);
    return headers;
}

http::Headers without_cors(const http::Headers& headers) {
    http::Headers kept;
    for (const auto [name, value] : headers) {
        if (!event::to_lower(name).starts_with(kPrefix)) kept.add(name, value);
    }
    return kept;
}

}  // namespace understudy::gateway
