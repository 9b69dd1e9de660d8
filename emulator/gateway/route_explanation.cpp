#include "emulator/gateway/route_explanation.hpp"

#include "emulator/event/text.hpp"
#include "emulator/gateway/rest_router.hpp"

#include <algorithm>

namespace understudy::gateway {
namespace {

std::vector<std::string_view> split(std::string_view path) {
    std::vector<std::string_view> segments;
    for (Segments at(path); !at.done(); at = at.next()) segments.push_back(at.current());
    return segments;
}

/// How a path compares with that of a route.
struct Comparison {
    std::size_t differing = 0;     ///< So many segments do not fit; a route of another length has all of them.
    std::size_t first = 0;         ///< The first of them.
    bool only_letter_case = true;  ///< All of them differ in upper and lower case only.
};

void compare_segment(Comparison& comparison, const Segment& segment, std::string_view sent, std::size_t index) {
    const bool fits = segment.kind == Segment::Kind::literal ? segment.text == sent : !sent.empty();
    if (fits) return;
    if (comparison.differing++ == 0) comparison.first = index;
    const bool same_but_case =
        segment.kind == Segment::Kind::literal && event::to_lower(segment.text) == event::to_lower(sent);
    comparison.only_letter_case = comparison.only_letter_case && same_but_case;
}

Comparison compare(const std::vector<Segment>& route, std::string_view path) {
    const auto sent = split(path);
    const bool greedy = !route.empty() && route.back().kind == Segment::Kind::greedy;
    const std::size_t fixed = route.size() - (greedy ? 1 : 0);
    Comparison comparison;
    if (greedy ? sent.size() < fixed : sent.size() != fixed) return {route.size() + sent.size() + 1, 0, false};
    Segments at(path);
    for (std::size_t i = 0; i < fixed; ++i, at = at.next()) compare_segment(comparison, route[i], sent[i], i);
    if (greedy && (at.done() || !fills_greedy(at.rest()))) {
        if (comparison.differing++ == 0) comparison.first = fixed;
        comparison.only_letter_case = false;
    }
    return comparison;
}

bool takes_method(const app::Api& api, const app::Route& route, std::string_view method) {
    if (route.method != "ANY") return route.method == method;
    return api.kind != app::ApiKind::rest || is_any_method(method);
}

std::optional<NearMiss> explain_mismatch(const std::vector<Segment>& route, std::string_view path,
                                         const Comparison& comparison) {
    if (path.ends_with('/') && compare(route, path.substr(0, path.size() - 1)).differing == 0) {
        return NearMiss{0, MissReason::trailing_slash, "the slash at the end counts"};
    }
    if (comparison.only_letter_case) return NearMiss{0, MissReason::letter_case, "upper and lower case count"};
    if (comparison.differing != 1) return std::nullopt;
    const Segment& segment = route[comparison.first];
    if (segment.kind != Segment::Kind::literal) {
        return NearMiss{0, MissReason::empty_parameter, '{' + segment.text + "} would be empty"};
    }
    const std::string sent(split(path)[comparison.first]);
    return NearMiss{0, MissReason::segment, "the path has '" + sent + "' where the route has '" + segment.text + '\''};
}

std::optional<NearMiss> explain_route(const app::Api& api, const app::Route& route, std::string_view method,
                                      std::string_view path) {
    const auto segments = parse_route_path(route.path);
    const Comparison comparison = compare(segments, path);
    const bool method_fits = takes_method(api, route, method);
    if (comparison.differing == 0) {
        if (method_fits) return NearMiss{0, MissReason::less_specific, "another route goes before it"};
        return NearMiss{0, MissReason::method, "the path fits, the method " + std::string(method) + " does not"};
    }
    if (!method_fits) return std::nullopt;
    return explain_mismatch(segments, path, comparison);
}

}  // namespace

std::string rule_in_words(const app::Route& rule) {
    return rule.conditions.empty() ? "the default action" : "the rule of priority " + std::to_string(rule.priority);
}

std::vector<NearMiss> explain_routes(const app::Api& api, std::string_view method, std::string_view path,
                                     std::optional<std::size_t> taken) {
    const bool is_rest = api.kind == app::ApiKind::rest;
    if (is_rest) path = with_one_slash(path);
    if (path.starts_with('/')) path.remove_prefix(1);
    if (is_rest && path.ends_with('/')) path.remove_suffix(1);
    std::vector<NearMiss> misses;
    for (std::size_t i = 0; i < api.routes.size(); ++i) {
        if (i == taken || api.routes[i].path == "$default") continue;
        auto miss = explain_route(api, api.routes[i], method, path);
        if (!miss) continue;
        miss->route = i;
        misses.push_back(std::move(*miss));
    }
    return misses;
}

}  // namespace understudy::gateway
