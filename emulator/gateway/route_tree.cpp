#include "emulator/gateway/route_tree.hpp"

#include <algorithm>
#include <array>

namespace understudy::gateway {
namespace {

constexpr std::array<std::string_view, 7> kAny = {"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"};

}  // namespace

bool is_any_method(std::string_view method) {
    return std::ranges::find(kAny, method) != kAny.end();
}

std::size_t RouteTree::child(std::size_t node, const Segment& segment) {
    const std::size_t made = nodes_.size();
    if (segment.kind == Segment::Kind::parameter) {
        if (nodes_[node].parameter != 0) return nodes_[node].parameter;
        nodes_[node].parameter = made;
    } else {
        const auto [found, added] = nodes_[node].literals.try_emplace(segment.text, made);
        if (!added) return found->second;
    }
    nodes_.emplace_back();
    return made;
}

void RouteTree::add(std::string_view path, std::string_view method, std::size_t route) {
    std::vector<Segment> segments = parse_route_path(path);
    const bool greedy = !segments.empty() && segments.back().kind == Segment::Kind::greedy;
    std::size_t node = 0;
    for (auto segment = segments.begin(); segment != segments.end() - (greedy ? 1 : 0); ++segment) {
        node = child(node, *segment);
    }
    Methods& methods = greedy ? nodes_[node].greedy : nodes_[node].here;
    if (method == "ANY") {
        if (!methods.any) methods.any = route;
    } else {
        methods.named.emplace_back(method, route);
    }
    const auto is_literal = [](const Segment& segment) { return segment.kind == Segment::Kind::literal; };
    if (std::ranges::all_of(segments, is_literal)) return;
    if (parameterised_.size() <= route) parameterised_.resize(route + 1);
    parameterised_[route] = std::move(segments);
}

std::optional<std::size_t> RouteTree::choose(const Methods& methods, std::string_view method) const {
    for (const auto& [name, route] : methods.named) {
        if (name == method) return route;
    }
    if (rules_ == Rules::rest && !is_any_method(method)) return std::nullopt;
    return methods.any;
}

/// The child behind a literal; 0 for none. A few are compared faster than one is hashed.
std::size_t RouteTree::find_literal(const Node& node, std::string_view segment) {
    constexpr std::size_t kFew = 4;
    if (node.literals.size() > kFew) {
        const auto found = node.literals.find(segment);
        return found == node.literals.end() ? 0 : found->second;
    }
    for (const auto& [literal, child] : node.literals) {
        if (literal == segment) return child;
    }
    return 0;
}

// Each node is entered once at most: there is one way to it.
std::optional<std::size_t> RouteTree::walk(std::size_t index, Segments at, std::string_view method, Pass pass) const {
    const Node& node = nodes_[index];
    if (at.done()) return choose(node.here, method);
    const std::string_view segment = at.current();
    if (const std::size_t literal = find_literal(node, segment); literal != 0) {
        if (const auto route = walk(literal, at.next(), method, pass)) return route;
    }
    if (node.parameter != 0 && !segment.empty()) {
        if (const auto route = walk(node.parameter, at.next(), method, pass)) return route;
    }
    if (pass == Pass::without_greedy || !fills_greedy(at.rest())) return std::nullopt;
    return choose(node.greedy, method);
}

RouteMatch RouteTree::capture(std::size_t route, std::string_view path) const {
    RouteMatch match{route};
    if (route >= parameterised_.size()) return match;
    Segments at(path);
    for (const auto& [kind, text] : parameterised_[route]) {
        if (kind == Segment::Kind::greedy) {
            std::string rest(at.rest());
            if (rules_ == Rules::http && rest.ends_with('/')) rest.pop_back();
            match.parameters.push_back({text, std::move(rest)});
            break;
        }
        if (kind == Segment::Kind::parameter) match.parameters.push_back({text, std::string(at.current())});
        at = at.next();
    }
    return match;
}

std::optional<RouteMatch> RouteTree::find(std::string_view method, std::string_view path) const {
    const Segments segments(path);
    std::optional<std::size_t> route;
    if (rules_ == Rules::http) route = walk(0, segments, method, Pass::without_greedy);
    if (!route) route = walk(0, segments, method, Pass::with_greedy);
    if (!route) return std::nullopt;
    return capture(*route, path);
}

}  // namespace understudy::gateway
