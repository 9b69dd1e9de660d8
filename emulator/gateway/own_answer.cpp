#include "emulator/gateway/own_answer.hpp"

#include "emulator/event/media_type.hpp"
#include "emulator/gateway/access/pattern.hpp"
#include "emulator/gateway/gateway_error.hpp"
#include "emulator/gateway/response_template.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace understudy::gateway {
namespace {

using Keyword = std::pair<std::string_view, std::string_view>;

std::string fill_in(std::string_view text, const std::array<Keyword, 5>& keywords) {
    std::string filled;
    while (!text.empty()) {
        bool found = false;
        for (const auto& [keyword, value] : keywords) {
            if (!text.starts_with(keyword)) continue;
            filled.append(value);
            text.remove_prefix(keyword.size());
            found = true;
            break;
        }
        if (found) continue;
        filled.push_back(text.front());
        text.remove_prefix(1);
    }
    return filled;
}

/// `HTTPS` as `https`: rules write it in capitals.
std::string to_scheme(std::string protocol) {
    if (protocol == "HTTP") return "http";
    if (protocol == "HTTPS") return "https";
    return protocol;
}

std::string to_origin(std::string_view scheme, std::string_view host, std::string_view port) {
    return std::string(scheme).append("://").append(host).append(":").append(port);
}

bool repeats(const app::RepeatedOrigins& origins, std::string_view origin) {
    const auto matches = [origin](const auto& expression) { return access::Pattern(expression).matches_all(origin); };
    return std::ranges::find(origins.exact, origin) != origins.exact.end() ||
           std::ranges::any_of(origins.expressions, matches);
}

}  // namespace

bool takes(const app::MockIntegration& mock, const http::Headers& request) {
    if (mock.request_types.empty()) return true;
    const std::string type = event::media_type(request.last("Content-Type").value_or("application/json"));
    return std::ranges::find(mock.request_types, type, event::media_type) != mock.request_types.end();
}

http::Response to_response(const app::MockIntegration& mock, const http::Headers& request) {
    http::Response response;
    response.status = mock.status;
    const auto* chosen = choose_template(mock.templates, request);
    constexpr std::string_view kAllowed = "Access-Control-Allow-Origin";
    auto origin = request.last("Origin");
    if (origin && !repeats(mock.origins, *origin)) origin = std::nullopt;
    for (const auto& [name, value] : mock.headers) {
        if (!origin || !http::same_name(name, kAllowed)) response.headers.add(name, value);
    }
    if (origin) response.headers.add(kAllowed, *origin);
    if (!response.headers.contains("Content-Type")) {
        response.headers.add("Content-Type", chosen == nullptr ? "application/json" : chosen->first);
    }
    if (chosen != nullptr) response.body = chosen->second;
    return response;
}

http::Response to_response(const app::FixedResponse& fixed) {
    http::Response response{.status = fixed.status, .headers = {}, .body = fixed.body};
    if (!fixed.content_type.empty()) {
        response.headers.add("Content-Type", fixed.content_type + "; charset=utf-8");
    } else if (!fixed.body.empty()) {
        response.headers.add("Content-Type", "text/plain; charset=utf-8");
    }
    return response;
}

http::Response to_response(const app::Redirect& redirect, const RedirectSource& source) {
    const std::string port = std::to_string(source.port);
    const std::array<Keyword, 5> keywords{{{"#{protocol}", source.protocol},
                                           {"#{host}", source.host},
                                           {"#{port}", port},
                                           {"#{path}", source.target.path.substr(1)},
                                           {"#{query}", source.target.query}}};
    std::string location = to_origin(to_scheme(fill_in(redirect.protocol, keywords)), fill_in(redirect.host, keywords),
                                     fill_in(redirect.port, keywords));
    if (http::same_name(location, to_origin(source.protocol, source.host, port))) location += source.prefix;
    location += fill_in(redirect.path, keywords);
    if (const std::string query = fill_in(redirect.query, keywords); !query.empty()) location += '?' + query;
    const std::string title = std::to_string(redirect.status) + ' ' + std::string(http::reason_phrase(redirect.status));
    return {redirect.status, {{"Content-Type", "text/html"}, {"Location", location}}, render_alb_page(title)};
}

}  // namespace understudy::gateway
