#include "emulator/app/template/selection_expressions.hpp"

#include <algorithm>

namespace understudy::app::templates {
namespace {

constexpr std::string_view kOfMessage = "request.body.";

/// The name behind a dollar sign, and its braces if it has them: `context.routeKey`.
std::string_view variable_behind(std::string_view text) {
    if (text.starts_with('{')) return text.substr(1, text.find('}') - 1);
    const auto is_in_name = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
               c == '-';
    };
    const auto end = std::ranges::find_if_not(text, is_in_name);
    return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

/// `${a.b}` as `$a.b`.
std::string without_braces(std::string_view expression) {
    std::string text(expression);
    std::erase_if(text, [](char c) { return c == '{' || c == '}'; });
    return text;
}

}  // namespace

void check_route_selection(const Value& selection, Findings& findings) {
    const std::string_view text = selection.text;
    std::string others;
    for (std::size_t at = text.find('$'); at != std::string_view::npos; at = text.find('$', at + 1)) {
        const bool escaped = at > 0 && text[at - 1] == '\\';
        const std::string_view name = variable_behind(text.substr(at + 1));
        if (escaped || name.find('.') == std::string_view::npos || name.starts_with(kOfMessage)) continue;
        others.append(others.empty() ? "$" : " and $").append(name);
    }
    if (others.empty() || !selection.node) return;
    findings.note(*selection.node, others +
                                       " in a RouteSelectionExpression is none that AWS documents for WebSocket APIs, "
                                       "which read $request.body.…: it stands as it is written, and messages go to "
                                       "$default");
}

void check_reply_selection(const Value& selection, Findings& findings) {
    const bool is_default = selection.text == "$default" || selection.text == "\\$default";
    if (!selection.is_text() || is_default || !selection.node) return;
    findings.note(*selection.node, "AWS takes $default alone as a RouteResponseSelectionExpression");
}

bool is_key_from_authorizer(const Value& selection, Findings& findings) {
    const std::string text = without_braces(selection.text);
    if (text == "$context.authorizer.usageIdentifierKey") return true;
    if (selection.is_text() && selection.node && text != "$request.header.x-api-key") {
        findings.note(*selection.node,
                      "AWS has two values for ApiKeySelectionExpression, $request.header.x-api-key and "
                      "$context.authorizer.usageIdentifierKey: the first one counts here");
    }
    return false;
}

bool read_key_required(const Value& properties, const Route& route, ApiKind kind, Findings& findings) {
    const Value& required = properties.get("ApiKeyRequired");
    if (!required.is_true()) return false;
    const bool is_connect = kind == ApiKind::websocket && route.path == "$connect";
    if (!is_connect && required.node) {
        findings.note(*required.node, kind == ApiKind::websocket
                                          ? "API keys are asked for by $connect, which has headers: ApiKeyRequired of "
                                            "another route is not emulated"
                                          : "ApiKeyRequired of a route is for WebSocket APIs: it checks nothing here");
    }
    return is_connect;
}

}  // namespace understudy::app::templates
