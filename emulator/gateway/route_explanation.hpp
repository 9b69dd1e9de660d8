#pragma once

#include "emulator/app/api.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::gateway {

/// Why a route that nearly takes a request does not.
enum class MissReason : std::uint8_t {
    method,           ///< The path fits, the method does not.
    trailing_slash,   ///< Without the slash at the end, or with one, the path would fit.
    letter_case,      ///< The path fits but for upper and lower case.
    segment,          ///< One segment is another.
    empty_parameter,  ///< A parameter would take nothing.
    less_specific,    ///< It fits; another one goes before it.
};

struct NearMiss {
    std::size_t route = 0;  ///< Which of `app::Api::routes`.
    MissReason reason = MissReason::segment;
    std::string text = {};  ///< For people, as the end of "GET /users/{id}: ".

    friend bool operator==(const NearMiss&, const NearMiss&) = default;
};

/// The routes of a REST or HTTP API that nearly take a request and do not, in the order of the API. Slow: for whoever
/// asks why. `path` stands behind the stage; `taken` is the route that was found.
/// Tested by: RouteExplanation.Reasons
std::vector<NearMiss> explain_routes(const app::Api& api, std::string_view method, std::string_view path,
                                     std::optional<std::size_t> taken);

/// A rule of a load balancer in words: `the rule of priority 10`, `the default action`.
std::string rule_in_words(const app::Route& rule);

}  // namespace understudy::gateway
