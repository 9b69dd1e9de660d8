#include "tools/scenario/run.hpp"

#include "tools/scenario/judge.hpp"

#include <utility>

namespace understudy::scenario {

namespace {

// Beyond the function's timeout: the time to start an environment and to answer that it timed out.
constexpr std::chrono::seconds kPatience{30};

std::chrono::microseconds since(std::chrono::steady_clock::time_point start, const World& world) {
    return std::chrono::duration_cast<std::chrono::microseconds>(world.now() - start);
}

StepResult run_step(const Step& step, const Scenario& scenario, RunningApplication& application, const World& world) {
    auto result = to_unsent_result(step);
    const auto start = world.now();
    const auto url = step.kind == StepKind::invoke ? application.lambda_url() : application.base_url();
    const auto reply =
        world.send_request(url, step.request, step.patience.value_or(scenario.function.timeout + kPatience));
    result.duration = since(start, world);
    auto observed = application.take_observed();
    result.log = std::move(observed.log);
    result.events = std::move(observed.events);
    if (reply) {
        judge_reply(step, scenario.descriptors.get(), *reply, result);
    } else {
        result.problem = reply.error();
    }
    return result;
}

}  // namespace

RunResult run_scenario(const Scenario& scenario, app::FrontKind front, const World& world) {
    RunResult result{.scenario = scenario.name,
                     .document = scenario.document,
                     .front = front,
                     .steps = {},
                     .problem = {},
                     .duration = {}};
    const auto start = world.now();
    auto application = world.start_application(to_application(scenario, front));
    if (application) {
        for (const auto& step : scenario.steps) {
            result.steps.push_back(run_step(step, scenario, **application, world));
            if (result.steps.back().problem) break;
        }
        application->reset();
    } else {
        result.problem = application.error();
    }
    result.duration = since(start, world);
    return result;
}

std::vector<RunResult> run_scenarios(std::span<const Scenario> scenarios, const World& world,
                                     const std::function<void(const RunResult&)>& on_result) {
    std::vector<RunResult> results;
    for (const auto& scenario : scenarios) {
        for (const auto front : scenario.fronts) {
            results.push_back(run_scenario(scenario, front, world));
            on_result(results.back());
        }
    }
    return results;
}

}  // namespace understudy::scenario
