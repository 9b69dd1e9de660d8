#include "tools/scenario/resolve.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

namespace understudy::scenario {

// RFC 9110, 5.1 and 5.5: a name is a token; a value has no line breaks.
bool is_header_name(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](unsigned char c) {
        return std::isalnum(c) ||
               std::string_view("!#$%&'*+-.^_`|~").find(static_cast<char>(c)) != std::string_view::npos;
    });
}

bool is_header_value(std::string_view value) {
    return value.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

void Resolver::resolve_step(const v1::Step& step, source::Node node, Scenario& scenario) {
    Step resolved{.name = step.name(),
                  .node = node,
                  .kind = StepKind::method,
                  .method = nullptr,
                  .codec = wire::Codec::proto,
                  .subject = {},
                  .request = {},
                  .request_shown = {},
                  .patience = {},
                  .expect = {}};
    if (!resolve_call(step, node, scenario, resolved)) return;
    if (const auto place = find_written(node, *v1::Step::descriptor(), "timeout")) {
        const auto& timeout = step.timeout();
        if (timeout.seconds() < 0 || timeout.seconds() > 86'400 || (timeout.seconds() == 0 && timeout.nanos() <= 0))
            add(*place, "a step's timeout is more than 0s, and at most 86400s", "");
        resolved.patience = std::chrono::milliseconds(timeout.seconds() * 1000 + timeout.nanos() / 1'000'000);
    }
    resolved.expect = resolve_expectation(step, node, scenario, resolved);
    scenario.steps.push_back(std::move(resolved));
}

}  // namespace understudy::scenario
