#include "tools/report/text.hpp"

#include "emulator/source/printable.hpp"
#include "emulator/source/text.hpp"

#include <array>
#include <cstdio>

namespace understudy::report {

using scenario::RunResult;
using scenario::StepResult;
using scenario::Verdict;

namespace {

std::string first_problem_of(const StepResult& step) {
    if (step.problem) return step.problem->message();
    if (step.differences.empty()) return {};
    const auto more = step.differences.size() - 1;
    return step.differences.front().where.message() + (more > 0 ? " (and " + std::to_string(more) + " more)" : "");
}

std::string to_size(std::size_t bytes) {
    return std::to_string(bytes) + (bytes == 1 ? " byte" : " bytes");
}

constexpr const char* kAsMasked = " as masked";

}  // namespace

Outcome to_outcome(const RunResult& run) {
    if (run.failed_as_expected()) return Outcome::expected_failure;
    if (run.updated) return Outcome::updated;
    if (run.flaky()) return Outcome::flaky;
    switch (run.verdict()) {
        case Verdict::passed:
            return Outcome::passed;
        case Verdict::failed:
            return Outcome::failed;
        case Verdict::could_not_run:
            break;
    }
    return Outcome::could_not_run;
}

std::string_view to_name(Outcome outcome) {
    constexpr std::array<std::string_view, 6> kNames{"passed", "failed",           "could_not_run",
                                                     "flaky",  "expected_failure", "updated"};
    return kNames[static_cast<std::size_t>(outcome)];
}

std::string_view to_name(Verdict verdict) {
    constexpr std::array<std::string_view, 3> kNames{"passed", "failed", "could_not_run"};
    return kNames[static_cast<std::size_t>(verdict)];
}

std::string_view to_name(scenario::Phase phase) {
    constexpr std::array<std::string_view, 3> kNames{"setup", "step", "teardown"};
    return kNames[static_cast<std::size_t>(phase)];
}

bool is_remarkable(const RunResult& run) {
    const auto outcome = to_outcome(run);
    return outcome != Outcome::passed && outcome != Outcome::expected_failure && outcome != Outcome::updated;
}

std::string to_title(const RunResult& run) {
    auto title = run.scenario + " [" + run.door;
    for (const auto& [name, value] : run.labels) title += ", " + name + '=' + value;
    if (run.repetition > 0) title += ", repetition " + std::to_string(run.repetition);
    return title + ']';
}

std::size_t to_number(const RunResult& run, std::size_t index) {
    std::size_t number = 1;
    for (auto i = index; i > 0 && run.steps[i - 1].phase == run.steps[index].phase; --i) ++number;
    return number;
}

std::string to_step_title(const RunResult& run, std::size_t index) {
    const auto& step = run.steps[index];
    auto title = std::string(to_name(step.phase)) + ' ' + std::to_string(to_number(run, index)) + ", " + step.name;
    const bool told = step.subject == step.name || step.subject.ends_with('/' + step.name);
    if (!told) title += " (" + step.subject + ')';
    if (step.repetition > 0) title += ", repetition " + std::to_string(step.repetition);
    if (step.tries > 1) title += ", " + std::to_string(step.tries) + " tries";
    return title;
}

std::string to_first_problem(const RunResult& run) {
    if (run.problem) return run.problem->message();
    for (const auto& step : run.steps) {
        if (auto problem = first_problem_of(step); !problem.empty()) return problem;
    }
    if (run.expected_failure && run.verdict() == Verdict::failed)
        return "passed, and was expected to fail: " + *run.expected_failure;
    return {};
}

std::string to_size(const scenario::Sent& sent) {
    return to_size(sent.body.size()) + (sent.body_masked ? kAsMasked : "");
}

std::string to_size(const scenario::Received& received) {
    return to_size(received.body.size()) + (received.body_masked ? kAsMasked : "");
}

std::string to_event_size(const StepResult& step, std::size_t index) {
    return to_size(step.events[index].size()) + (step.masked_events.contains(index) ? kAsMasked : "");
}

std::string to_milliseconds(std::chrono::microseconds duration) {
    return std::to_string((duration.count() + 500) / 1000) + " ms";
}

std::string to_seconds(std::chrono::microseconds duration) {
    char text[32];
    std::snprintf(text, sizeof text, "%.3f", static_cast<double>(duration.count()) / 1e6);
    return text;
}

std::string to_printable(std::string_view text) {
    return source::to_printable(text);
}

source::Problem to_printable(const source::Problem& problem) {
    return source::Problem(problem.code(), to_printable(problem.message()), to_printable(problem.file()),
                           problem.position())
        .with_extent(problem.extent())
        .with_hint(to_printable(problem.hint()))
        .with_note(to_printable(problem.note()));
}

bool is_plain_text(std::string_view text) {
    while (!text.empty()) {
        const auto character = source::decode_character(text);
        if (character.code == source::kNotUtf8 ||
            (source::is_obeyed_by_terminals(character.code) && character.code != U'\r'))
            return false;
        text.remove_prefix(character.width);
    }
    return true;
}

std::string cut(std::string_view text, std::size_t most) {
    if (text.size() <= most) return std::string(text);
    auto end = most;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;  // Not inside a character.
    return std::string(text.substr(0, end)) + "… (" + std::to_string(text.size() - end) + " more bytes)";
}

}  // namespace understudy::report
