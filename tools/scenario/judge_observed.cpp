#include "tools/scenario/judge_observed.hpp"

#include "tools/convert/json_text.hpp"
#include "tools/scenario/report_line.hpp"

#include <algorithm>
#include <utility>

namespace understudy::scenario {

namespace {

using Differences = std::vector<match::Difference>;

void append_prefixed(Differences& differences, Differences found, const std::string& prefix) {
    for (auto& difference : found) differences.push_back(match::with_prefix(std::move(difference), prefix));
}

// Of several that something may be like, the nearest: the one with the fewest differences.
void keep_nearest(std::optional<Differences>& nearest, Differences found) {
    if (!nearest || found.size() < nearest->size()) nearest = std::move(found);
}

void judge_event(const Step& step, StepResult& result) {
    if (!step.expect.event) return;
    const auto& [expectation, node] = *step.expect.event;
    std::optional<Differences> nearest;
    for (const auto& event : result.events) {
        auto comparison = expectation.compare_json(event);
        keep_nearest(nearest,
                     comparison ? std::move(comparison->differences)
                                : Differences{match::make_difference("", "JSON", comparison.error().message(), node)});
    }
    if (!nearest) nearest = expectation.compare_absent().differences;
    append_prefixed(result.differences, *std::move(nearest), "event");
}

void judge_log(const Step& step, StepResult& result) {
    const auto find_line = [&](const match::Expectation& expectation) {
        return std::find_if(result.log.begin(), result.log.end(),
                            [&](const std::string& line) { return expectation.compare_text(line).equal(); });
    };
    for (const auto& [expectation, node] : step.expect.logs) {
        if (find_line(expectation) == result.log.end())
            result.differences.push_back(match::make_difference(
                "logs", expectation.text(), "no such line among " + std::to_string(result.log.size()), node));
    }
    for (const auto& [expectation, node] : step.expect.logs_without) {
        if (const auto line = find_line(expectation); line != result.log.end())
            result.differences.push_back(match::make_difference("logs_without", "no line with " + expectation.text(),
                                                                convert::to_quoted_text(*line), node));
    }
}

Differences compare_facts(const std::vector<ExpectedFact>& expected, const std::map<std::string, std::string>& facts) {
    Differences differences;
    for (const auto& [name, value] : expected) {
        const auto fact = facts.find(name);
        auto comparison = fact == facts.end() ? value.value.compare_absent() : *value.value.compare_json(fact->second);
        append_prefixed(differences, std::move(comparison.differences), "invocation." + name);
    }
    return differences;
}

void judge_invocation(const Step& step, StepResult& result) {
    if (step.expect.invocation.empty()) return;
    std::optional<Differences> nearest;
    for (const auto& line : result.log) {
        if (const auto facts = parse_report_line(line))
            keep_nearest(nearest, compare_facts(step.expect.invocation, *facts));
    }
    if (!nearest) nearest = compare_facts(step.expect.invocation, {});
    std::move(nearest->begin(), nearest->end(), std::back_inserter(result.differences));
}

}  // namespace

void judge_observed(const Step& step, StepResult& result) {
    if (result.observed) {
        judge_event(step, result);
        judge_log(step, result);
        judge_invocation(step, result);
    } else if (step.expect.event || !step.expect.logs.empty() || !step.expect.invocation.empty()) {
        result.hints.push_back("event, logs and invocation are not compared: what runs elsewhere cannot be seen");
    }
    if (!step.expect.within || result.duration <= step.expect.within->value) return;
    const auto& [limit, node] = *step.expect.within;
    // Rounded up: what is too much by a part of a millisecond is not shown as if it were not.
    const auto taken = std::chrono::ceil<std::chrono::milliseconds>(result.duration);
    result.differences.push_back(match::make_difference("within_ms", "at most " + std::to_string(limit.count()) + " ms",
                                                        std::to_string(taken.count()) + " ms", node));
}

}  // namespace understudy::scenario
