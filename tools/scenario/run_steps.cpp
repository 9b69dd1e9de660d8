#include "tools/scenario/run_steps.hpp"

#include "tools/scenario/judge.hpp"
#include "tools/scenario/load_run.hpp"
#include "tools/scenario/substitute.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace understudy::scenario {

namespace {

// Beyond the function's timeout: the time to start an environment and to answer that it timed out.
constexpr std::chrono::seconds kPatience{30};

bool all_passed(const std::vector<StepResult>& results) {
    return std::all_of(results.begin(), results.end(),
                       [](const StepResult& result) { return result.verdict() == Verdict::passed; });
}

Sent to_sent(const Step& step, std::string base_url) {
    Sent sent;
    sent.addressee = step.kind == StepKind::invoke ? Addressee::lambda_api : Addressee::front;
    sent.base_url = std::move(base_url);
    sent.method = step.request.method;
    sent.target = step.request.target;
    for (const auto line : step.request.headers) sent.headers.emplace_back(line.name, line.value);
    sent.body = step.request.body;
    return sent;
}

StepResult to_problem(const Step& step, source::Problem problem) {
    auto result = to_unsent_result(step);
    result.problem = std::move(problem);
    return result;
}

}  // namespace

std::string StepRunner::url_of(const Step& step) const {
    return step.kind == StepKind::invoke ? application_.lambda_url() : application_.base_url();
}

StepResult StepRunner::judge(const Step& step, Arrived arrived, const std::optional<Observed>& observed) {
    auto result = to_unsent_result(step);
    result.sent = to_sent(step, url_of(step));
    result.duration = arrived.duration;
    result.observed = observed.has_value();
    if (observed) {
        result.log = observed->log;
        result.events = observed->events;
    }
    if (!arrived.reply) {
        result.problem = arrived.reply.error();
        return result;
    }
    judge_reply(step, scenario_.descriptors.get(), *arrived.reply, result);
    for (const auto& [name, json] : result.captures) variables_.set(name, json);
    return result;
}

std::vector<StepResult> StepRunner::call(const std::vector<const Step*>& steps) {
    std::vector<Outgoing> outgoing;
    for (const auto* step : steps) {
        auto url = url_of(*step);
        if (url.empty())
            return {to_problem(*step, step->node.problem(source::ProblemCode::unsupported,
                                                         "'invoke' needs a Lambda API, and there is none to call"))};
        outgoing.push_back(
            {std::move(url), step->request, step->patience.value_or(scenario_.function.timeout + kPatience)});
    }
    const auto& first = *steps.front();
    if (first.fault && !application_.disturb_next(*first.fault))
        return {to_problem(first, first.node.problem(source::ProblemCode::unsupported,
                                                     "'fault' needs an emulator, and this runs elsewhere"))};
    auto arrived = world_.send(outgoing);
    const auto observed = application_.take_observed();
    std::vector<StepResult> results;
    for (std::size_t i = 0; i < steps.size(); ++i) results.push_back(judge(*steps[i], std::move(arrived[i]), observed));
    return results;
}

std::vector<StepResult> StepRunner::try_step(const Step& step) {
    // What the step refers to lives as long as the document.
    std::optional<Substituted> known;
    std::optional<Step> read;
    if (step.waits) {
        const auto& origin = *step.waits;
        known = substitute_all(origin.document, origin.document.node(origin.node), variables_, generators_);
        if (!known->problems.empty()) return {to_problem(step, known->problems.front())};
        auto now = read_waiting_step(known->document.node(origin.node), origin.folder, scenario_);
        if (!now) return {to_problem(step, now.error())};
        read = *std::move(now);
    }
    const Step& ready = read ? *read : step;
    if (ready.kind != StepKind::parallel) return call({&ready});
    std::vector<const Step*> together;
    for (const auto& inner : ready.parallel) together.push_back(&inner);
    return call(together);
}

std::vector<StepResult> StepRunner::run_step(const Step& step) {
    std::vector<StepResult> results;
    // How often is told without reading the step anew: neither can wait.
    for (unsigned index = 0; index < step.repeat; ++index) {
        variables_.set("index", std::to_string(index));
        unsigned tries = 0;
        do {
            if (tries > 0) world_.sleep(step.retry->delay);
            results = try_step(step);
            ++tries;
        } while (!all_passed(results) && step.retry && tries < step.retry->times);
        for (auto& result : results) {
            result.tries = tries;
            result.repetition = index;
        }
        if (!all_passed(results)) break;
    }
    return results;
}

bool StepRunner::run(const std::vector<Step>& steps, Phase phase, std::vector<StepResult>& results) {
    bool passed = true;
    for (const auto& step : steps) {
        auto found = run_step(step);
        for (auto& result : found) {
            result.phase = phase;
            on_step_(result);
        }
        const bool lost = std::any_of(found.begin(), found.end(), [](const auto& result) { return result.problem; });
        passed = passed && all_passed(found);
        std::move(found.begin(), found.end(), std::back_inserter(results));
        if (lost) break;
    }
    return passed;
}

}  // namespace understudy::scenario
