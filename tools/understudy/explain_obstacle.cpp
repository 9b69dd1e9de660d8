#include "tools/understudy/explain_obstacle.hpp"

#include <algorithm>

namespace understudy::cli {

std::optional<Obstacle> find_obstacle(const app::Application& application, const std::string& function,
                                      const std::string& qualifier) {
    using Kind = gateway::FunctionReply::Kind;
    const auto found = std::ranges::find(application.functions, function, &app::Function::name);
    if (found == application.functions.end()) {
        return Obstacle{Kind::no_function, {"no-function", function, app::say_no_function(function)}};
    }
    if (!app::find_version(*found, qualifier)) {
        return Obstacle{Kind::no_function, {"no-version", qualifier, app::say_no_version(function, qualifier)}};
    }
    if (found->reserved_concurrency != 0) return std::nullopt;
    return Obstacle{Kind::throttled,
                    {"throttled", function,
                     "the reserved concurrency of the function '" + function + "' is 0: Lambda refuses every call."}};
}

}  // namespace understudy::cli
