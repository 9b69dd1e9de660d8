#pragma once

#include "emulator/event/place.hpp"
#include "emulator/gateway/route_path.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace understudy::gateway {

/// The route that takes a request.
struct RouteMatch {
    std::size_t route = 0;  ///< Which of `app::Api::routes`.
    std::vector<event::PathParameter> parameters = {};
};

/// Routes by path and method, compiled once: a request costs a look-up for each segment, however many routes there are.
/// Segment by segment from the left, a literal goes before a parameter and that before a greedy one; where the best
/// path lacks the method, the next best is tried. A value.
class RouteTree {
  public:
    /// Whose rules.
    enum class Rules : std::uint8_t {
        rest,  ///< ANY is seven methods.
        http,  ///< Greedy routes come after all others, and take no slash at the end.
    };

    explicit RouteTree(Rules rules) : nodes_(1), rules_(rules) {}

    /// Of two routes with one path and method the first stays.
    void add(std::string_view path, std::string_view method, std::size_t route);

    /// `path` without the slash in front. Errors: nullopt where no route takes both.
    std::optional<RouteMatch> find(std::string_view method, std::string_view path) const;

  private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };
    struct Methods {
        std::vector<std::pair<std::string, std::size_t>> named = {};
        std::optional<std::size_t> any = {};
    };
    struct Node {
        std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> literals = {};
        std::size_t parameter = 0;  ///< 0: none.
        Methods here = {};
        Methods greedy = {};
    };
    enum class Pass : std::uint8_t { with_greedy, without_greedy };

    static std::size_t find_literal(const Node& node, std::string_view segment);
    std::size_t child(std::size_t node, const Segment& segment);
    std::optional<std::size_t> choose(const Methods& methods, std::string_view method) const;
    std::optional<std::size_t> walk(std::size_t node, Segments at, std::string_view method, Pass pass) const;
    RouteMatch capture(std::size_t route, std::string_view path) const;

    std::vector<Node> nodes_;
    std::vector<std::vector<Segment>> parameterised_;  ///< By route; empty for one without parameters.
    Rules rules_;
};

/// What ANY stands for on a REST API. Rule: [API Gateway developer guide, api-gateway-set-up-simple-proxy].
/// Tested by: RestRouter.AnyIsSevenMethods
bool is_any_method(std::string_view method);

}  // namespace understudy::gateway
