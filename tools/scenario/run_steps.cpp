#include "tools/scenario/run_steps.hpp"

#include "emulator/source/suggestion.hpp"
#include "emulator/source/word_list.hpp"
#include "tools/scenario/invocation.hpp"
#include "tools/scenario/judge.hpp"
#include "tools/scenario/load_run.hpp"
#include "tools/scenario/resolve.hpp"
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

Sent to_sent(const Outgoing& outgoing, Addressee addressee) {
    Sent sent;
    sent.addressee = addressee;
    sent.base_url = outgoing.base_url;
    sent.method = outgoing.request.method;
    sent.target = outgoing.request.target;
    for (const auto line : outgoing.request.headers) sent.headers.emplace_back(line.name, line.value);
    sent.body = outgoing.request.body;
    sent.over_http2 = outgoing.over_http2;
    return sent;
}

StepResult to_problem(const Step& step, source::Problem problem) {
    auto result = to_unsent_result(step);
    result.problem = std::move(problem);
    return result;
}

/// The request id of an invocation that is answered before it begins.
std::optional<std::string> find_stray_id(const Step& step, const Arrived& arrived) {
    if (!arrived.reply || step.request.headers.first("X-Amz-Invocation-Type") != "Event") return std::nullopt;
    const auto id = arrived.reply->headers.first("x-amzn-RequestId");
    return id ? std::optional(std::string(*id)) : std::nullopt;
}

/// Why no reply came, where the step says what it sends and how long it waits.
source::Problem to_placed(const source::Problem& problem, const Step& step) {
    auto place = step.node;
    for (const auto* name : {"timeout", "method", "http", "invoke"}) {
        const auto found = find_written(step.node, *v1::Step::descriptor(), name);
        if (!found) continue;
        place = *found;
        break;
    }
    return place.problem(problem.code(), problem.message()).with_hint(problem.hint()).with_note(problem.note());
}

/// The function's bare name, from a name, NAME:QUALIFIER or an ARN, full or partial.
std::string_view to_plain_name(std::string_view written) {
    constexpr std::string_view kBefore = ":function:";
    if (const auto at = written.find(kBefore); at != std::string_view::npos) written.remove_prefix(at + kBefore.size());
    return written.substr(0, written.find(':'));
}

}  // namespace

bool StepRunner::is_invocation(const Step& step) const {
    return step.kind == StepKind::invoke || front_ == Front::invoke;
}

Outgoing StepRunner::to_outgoing(const Step& step) {
    Outgoing outgoing{.base_url = is_invocation(step) ? application_.lambda_url() : application_.base_url(),
                      .request = step.request,
                      .timeout = step.patience.value_or(scenario_.function.timeout + kPatience),
                      .over_http2 = step.protocol == wire::Protocol::grpc};
    if (step.kind != StepKind::invoke && front_ == Front::invoke)
        outgoing.request = to_invocation(step.request, scenario_.function.name,
                                         to_invocation_facts(world_.wall_clock(), ++invocations_));
    return outgoing;
}

StepResult StepRunner::judge(const Step& step, const Outgoing& outgoing, Arrived arrived,
                             const std::optional<Observed>& observed) {
    auto result = to_unsent_result(step);
    result.sent = to_sent(outgoing, is_invocation(step) ? Addressee::lambda_api : Addressee::front);
    const bool wrapped = step.kind != StepKind::invoke && front_ == Front::invoke;
    result.sent->packed = wrapped ? step.packed + step.request.body : step.packed;
    result.duration = arrived.duration;
    result.observed = observed.has_value();
    if (observed) {
        result.log = observed->log;
        result.events = observed->events;
    }
    if (!arrived.reply) {
        result.problem = to_placed(arrived.reply.error(), step);
        return result;
    }
    judge_reply(step, scenario_.descriptors.get(), wrapped ? from_invocation(*arrived.reply) : *arrived.reply,
                arrived.trailers, result);
    for (const auto& [name, json] : result.captures) variables_.set(name, json);
    return result;
}

std::optional<source::Problem> StepRunner::find_unknown_function(const Step& step) const {
    if (step.kind != StepKind::invoke || step.expect.http_status) return std::nullopt;
    const auto known = application_.functions();
    if (known.empty()) return std::nullopt;
    const std::string name(to_plain_name(step.function.empty() ? scenario_.function.name : step.function));
    if (std::find(known.begin(), known.end(), name) != known.end()) return std::nullopt;
    const std::vector<std::string_view> names(known.begin(), known.end());
    const auto invoke = find_written(step.node, *v1::Step::descriptor(), "invoke").value_or(step.node);
    const auto place = find_written(invoke, *v1::Invoke::descriptor(), "function").value_or(invoke);
    return place
        .problem(source::ProblemCode::not_found, step.function.empty() ? "'invoke' needs the name of a function"
                                                                       : "there is no function '" + name + "'")
        .with_hint(step.function.empty() ? std::string() : source::render_suggestion(name, names))
        .with_note((names.size() == 1 ? "the only one is " : "functions are ") + source::render_list(names, "and"));
}

source::Problems StepRunner::find_unknown_functions(const std::vector<Step>& steps) const {
    source::Problems strays;
    for (const auto& step : steps) {
        if (step.waits) continue;
        if (auto unknown = find_unknown_function(step)) strays.push_back(*std::move(unknown));
        auto below = find_unknown_functions(step.parallel);
        std::move(below.begin(), below.end(), std::back_inserter(strays));
    }
    return strays;
}

std::optional<source::Problem> StepRunner::find_obstacle(const Step& step, const Outgoing& outgoing) const {
    const auto refuse = [&](const char* why) { return step.node.problem(source::ProblemCode::unsupported, why); };
    if (outgoing.base_url.empty()) return refuse("'invoke' needs a Lambda API, and there is none to call");
    if (outgoing.over_http2 && front_ == Front::invoke)
        return refuse("'grpc' needs a front door, and the front 'invoke' is none");
    return find_unknown_function(step);
}

std::vector<StepResult> StepRunner::call(const std::vector<const Step*>& steps) {
    std::vector<Outgoing> outgoing;
    for (const auto* step : steps) {
        outgoing.push_back(to_outgoing(*step));
        if (auto obstacle = find_obstacle(*step, outgoing.back())) return {to_problem(*step, *std::move(obstacle))};
    }
    const auto& first = *steps.front();
    if (first.fault && !application_.disturb_next(*first.fault))
        return {to_problem(first, first.node.problem(source::ProblemCode::unsupported,
                                                     "'fault' needs an emulator, and this runs elsewhere"))};
    auto arrived = world_.send(outgoing);
    if (first.fault) application_.disturb_next({});
    auto observed = application_.take_observed();
    if (observed) strays_.take_out(*observed);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (const auto id = find_stray_id(*steps[i], arrived[i])) strays_.add(*id);
    }
    strays_.end_step();
    std::vector<StepResult> results;
    for (std::size_t i = 0; i < steps.size(); ++i)
        results.push_back(judge(*steps[i], outgoing[i], std::move(arrived[i]), observed));
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

std::vector<StepResult> StepRunner::run_step(const Step& step, Phase phase) {
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
            result.phase = phase;
            on_step_(result);
        }
        if (all_passed(results)) continue;
        cut_short_ = cut_short_ || index + 1 < step.repeat;
        break;
    }
    return results;
}

bool StepRunner::run(const std::vector<Step>& steps, Phase phase, std::vector<StepResult>& results) {
    bool passed = true;
    for (const auto& step : steps) {
        auto found = run_step(step, phase);
        const bool lost = std::any_of(found.begin(), found.end(), [](const auto& result) { return result.problem; });
        passed = passed && all_passed(found);
        std::move(found.begin(), found.end(), std::back_inserter(results));
        if (lost) break;
    }
    return passed;
}

}  // namespace understudy::scenario
