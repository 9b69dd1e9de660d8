#include "tools/report/tap.hpp"

#include "emulator/source/diagnostic.hpp"
#include "tools/report/curl.hpp"
#include "tools/report/json.hpp"
#include "tools/report/text.hpp"

namespace understudy::report {

using scenario::RunResult;
using scenario::StepResult;
using scenario::Verdict;

namespace {

constexpr std::size_t kMostShownBody = 1'000;

// A description: what begins a directive or an escape is escaped, and it is one line.
std::string escape(std::string_view text) {
    std::string out;
    for (const char c : to_printable(text)) {
        if (c == '#' || c == '\\') out += '\\';
        out += c == '\n' || c == '\t' ? ' ' : c;
    }
    return out;
}

std::string comment(std::string_view text) {
    std::string out = "# ";
    for (const char c : to_printable(text)) {
        out += c;
        if (c == '\n') out += "# ";
    }
    return out + '\n';
}

// A line of YAML: JSON's strings are YAML's.
std::string entry(const char* indent, std::string_view name, std::string_view value) {
    return std::string(indent).append(name) + ": " + std::string(value) + '\n';
}

std::string render_place(const char* indent, const source::Problem& problem) {
    if (problem.position().line == 0) return {};
    return entry(indent, "at",
                 JsonObject()
                     .text("file", problem.file())
                     .number("line", problem.position().line)
                     .number("column", problem.position().column)
                     .str());
}

std::string render_differences(const StepResult& step) {
    std::string text;
    for (const auto& difference : step.differences) {
        text += "        - path: " + to_json(difference.path) + '\n';
        text += entry("          ", "wanted", to_json(difference.expected));
        text += entry("          ", "found", to_json(difference.actual));
        text += render_place("          ", difference.where);
    }
    return text.empty() ? text : "      differences:\n" + text;
}

std::string render_list(std::string_view name, const std::vector<std::string>& lines) {
    if (lines.empty()) return {};
    auto text = "      " + std::string(name) + ":\n";
    for (const auto& line : lines) text += "        - " + to_json(line) + '\n';
    return text;
}

std::string render_step(const RunResult& run, std::size_t index) {
    const auto& step = run.steps[index];
    auto text = "    - step: " + to_json(to_step_title(run, index)) + '\n';
    text += entry("      ", "verdict", to_name(step.verdict()));
    text += entry("      ", "duration_ms", std::to_string(step.duration.count() / 1000));
    if (step.verdict() == Verdict::passed) return text;
    if (step.problem) {
        text += entry("      ", "message", to_json(step.problem->message()));
        text += render_place("      ", *step.problem);
    }
    text += render_differences(step);
    if (!step.request.empty()) text += entry("      ", "request", to_json(step.request));
    if (!step.expected.empty()) text += entry("      ", "expected", to_json(step.expected));
    if (step.received) {
        const auto& received = *step.received;
        text += entry("      ", "http_status", std::to_string(received.http_status));
        text += entry("      ", "received",
                      to_json(to_printable(received.response.empty() ? received.body : received.response)));
    }
    text += render_list("hints", step.hints) + render_list("log", step.log);
    return step.sent ? text + entry("      ", "repeat", to_json(to_curl(step, kMostShownBody).command)) : text;
}

std::string_view to_severity(Outcome outcome) {
    switch (outcome) {
        case Outcome::failed:
            return "fail";
        case Outcome::could_not_run:
            return "error";
        case Outcome::expected_failure:
            return "todo";
        default:
            return "comment";
    }
}

std::string render_diagnostics(const RunResult& run, Outcome outcome) {
    auto text = std::string("  ---\n");
    if (const auto problem = to_first_problem(run); !problem.empty()) text += entry("  ", "message", to_json(problem));
    text += entry("  ", "severity", to_severity(outcome));
    text += entry("  ", "file", to_json(run.document.name()));
    text += entry("  ", "duration_ms", std::to_string(run.duration.count() / 1000));
    if (!run.earlier.empty()) {
        text += entry("  ", "attempts", std::to_string(run.earlier.size() + 1));
        text += "  earlier:\n";
        for (const auto& attempt : run.earlier) text += "    - " + to_json(to_first_problem(attempt)) + '\n';
    }
    if (outcome == Outcome::flaky) text += entry("  ", "flaky", "true");
    if (outcome == Outcome::updated) text += entry("  ", "updated", "true");
    if (run.problem) text += render_place("  ", *run.problem);
    if (run.verdict() != Verdict::passed && !run.steps.empty()) {
        text += "  steps:\n";
        for (std::size_t i = 0; i < run.steps.size(); ++i) text += render_step(run, i);
    }
    return text + "  ...\n";
}

}  // namespace

std::string render_tap_point(const RunResult& run, std::size_t number) {
    const auto outcome = to_outcome(run);
    const bool ok = run.verdict() == Verdict::passed && outcome != Outcome::expected_failure;
    auto text = std::string(ok ? "ok " : "not ok ") + std::to_string(number) + " - " + escape(to_title(run));
    if (outcome == Outcome::expected_failure) text += " # TODO " + escape(*run.expected_failure);
    return text + '\n' + render_diagnostics(run, outcome);
}

std::string render_tap_end(const Summary& summary) {
    return "1.." + std::to_string(summary.tally.runs()) + '\n' +
           comment(to_count_text(summary) + ": " + to_outcome_text(summary.tally));
}

std::string render_tap_bail_out(std::span<const scenario::LoadProblem> problems) {
    std::string text(kTapHead);
    for (const auto& [problem, source_text] : problems)
        text += comment(source::render_diagnostic(problem, source_text, source::Colour::none));
    return text + "Bail out! " + std::to_string(problems.size()) + (problems.size() == 1 ? " problem" : " problems") +
           " in scenario files\n";
}

}  // namespace understudy::report
