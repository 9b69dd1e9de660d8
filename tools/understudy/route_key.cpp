#include "tools/understudy/route_key.hpp"

#include "tools/understudy/columns.hpp"

#include <string_view>
#include <utility>
#include <vector>

namespace understudy::cli {
namespace {

std::string render_conditions(const std::vector<app::AlbCondition>& conditions) {
    constexpr std::string_view kFields[] = {"path", "host", "header", "method", "query", "source ip"};
    std::string text;
    for (const app::AlbCondition& condition : conditions) {
        if (!text.empty()) text += ", ";
        text += kFields[static_cast<std::size_t>(condition.field)];
        if (!condition.header.empty()) text += ' ' + condition.header;
        for (std::size_t i = 0; i < condition.values.size(); ++i)
            text.append(i == 0 ? " " : " or ").append(condition.values[i]);
    }
    return text.empty() ? "*" : text;
}

}  // namespace

std::string render_route_key(const app::Api& api, const app::Route& route, std::size_t method_width) {
    if (api.kind == app::ApiKind::alb) return render_conditions(route.conditions);
    if (route.method.empty()) return route.path;
    return padded(route.method, method_width) + route.path;
}

}  // namespace understudy::cli
