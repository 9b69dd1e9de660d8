#include "tools/report/junit.hpp"

#include "emulator/source/diagnostic.hpp"
#include "emulator/source/printable.hpp"
#include "emulator/source/text.hpp"
#include "emulator/source/utc_time.hpp"
#include "tools/report/human.hpp"
#include "tools/report/text.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace understudy::report {

using scenario::LoadProblem;
using scenario::RunResult;
using scenario::Verdict;

namespace {

constexpr std::string_view kHead = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

enum class Blanks : std::uint8_t { kept, coded };

std::string escape(std::string_view text, Blanks blanks) {
    std::string out;
    const auto printable = to_printable(text);
    std::string_view rest = printable;
    while (!rest.empty()) {
        const auto character = source::decode_character(rest);
        switch (character.code) {
            case U'<':
                out += "&lt;";
                break;
            case U'>':
                out += "&gt;";
                break;
            case U'&':
                out += "&amp;";
                break;
            case U'"':
                out += "&quot;";
                break;
            case U'\n':
                out += blanks == Blanks::coded ? "&#10;" : "\n";
                break;
            case U'\t':
                out += blanks == Blanks::coded ? "&#9;" : "\t";
                break;
            case 0xFFFE:
            case 0xFFFF:
                out += "\xEF\xBF\xBD";
                break;
            default:
                out += rest.substr(0, character.width);
        }
        rest.remove_prefix(character.width);
    }
    return out;
}

std::string attribute(const char* name, std::string_view value) {
    return std::string(" ") + name + "=\"" + to_xml_attribute(value) + '"';
}

std::string count(const char* name, std::size_t number) {
    return attribute(name, std::to_string(number));
}

std::string property(std::string_view name, std::string_view value) {
    return "        <property" + attribute("name", name) + attribute("value", value) + "/>\n";
}

std::string render_properties(const RunResult& run) {
    auto text = property("front", run.door);
    for (const auto& [name, value] : run.labels) text += property(name, value);
    for (const auto& tag : run.tags) text += property("tag", tag);
    if (!run.earlier.empty()) text += property("attempts", std::to_string(run.earlier.size() + 1));
    if (run.updated) text += property("updated", "true");
    return "      <properties>\n" + text + "      </properties>\n";
}

// The steps with their times, and what the functions wrote.
std::string render_output(const RunResult& run) {
    std::string text;
    for (std::size_t i = 0; i < run.steps.size(); ++i) {
        const auto& step = run.steps[i];
        text += source::to_printable_line(to_step_title(run, i)) + ", " + std::string(to_name(step.verdict())) + ", " +
                to_milliseconds(step.duration) + '\n';
        for (const auto& line : step.log) text += "    " + line + '\n';
    }
    return text;
}

std::string_view type_of(const RunResult& run) {
    return run.verdict() == Verdict::could_not_run ? "CouldNotRun" : "ExpectationFailed";
}

std::string opening(const char* tag, const RunResult& run) {
    return std::string("      <") + tag + attribute("message", to_first_problem(run)) +
           attribute("type", type_of(run)) + '>';
}

std::string render_ending(const RunResult& run) {
    const char* tag = run.verdict() == Verdict::could_not_run ? "error" : "failure";
    return opening(tag, run) + to_xml(render_failure(run, source::Colour::none)) + "</" + tag + ">\n";
}

std::string render_attempt(const RunResult& attempt, const char* tag) {
    return opening(tag, attempt) + "\n        <stackTrace>" + to_xml(render_failure(attempt, source::Colour::none)) +
           "</stackTrace>\n        <system-out>" + to_xml(render_output(attempt)) + "</system-out>\n      </" + tag +
           ">\n";
}

std::string render_case(const RunResult& run) {
    const auto outcome = to_outcome(run);
    const auto& file = run.document.name();
    auto text = "    <testcase" + attribute("name", to_title(run)) + attribute("classname", file) +
                attribute("file", file) + count("line", run.position.line) +
                attribute("time", to_seconds(run.duration)) + ">\n" + render_properties(run);
    if (outcome == Outcome::expected_failure)
        text += "      <skipped" + attribute("message", "failed, as expected: " + *run.expected_failure) + "/>\n";
    if (run.verdict() != Verdict::passed) text += render_ending(run);
    for (const auto& attempt : run.earlier) {
        if (outcome == Outcome::flaky) text += render_attempt(attempt, "flakyFailure");
        if (run.verdict() != Verdict::passed) text += render_attempt(attempt, "rerunFailure");
    }
    if (run.verdict() != Verdict::passed) text += "      <system-out>" + to_xml(render_output(run)) + "</system-out>\n";
    return text + "    </testcase>\n";
}

std::string render_counts(const Summary& summary) {
    const auto& tally = summary.tally;
    return count("tests", tally.runs()) + count("failures", tally.failed) + count("errors", tally.could_not_run) +
           count("skipped", tally.expected_failures) + attribute("time", to_seconds(summary.duration));
}

std::string render_suite(const std::string& file, const std::vector<const RunResult*>& runs) {
    Summary summary;
    std::string cases;
    auto began = runs.front()->began;
    for (const auto* run : runs) {
        summary.tally.add(*run);
        summary.duration += run->duration;
        began = std::min(began, run->began);
        cases += render_case(*run);
    }
    return "  <testsuite" + attribute("name", file) + render_counts(summary) +
           attribute("timestamp", source::to_utc_time(began).substr(0, 19)) + attribute("file", file) + ">\n" + cases +
           "  </testsuite>\n";
}

}  // namespace

std::string to_xml(std::string_view text) {
    return escape(text, Blanks::kept);
}

std::string to_xml_attribute(std::string_view text) {
    return escape(text, Blanks::coded);
}

std::string render_junit(std::span<const RunResult> runs, const Summary& summary) {
    std::vector<std::pair<std::string, std::vector<const RunResult*>>> suites;  // In the order of their first runs.
    for (const auto& run : runs) {
        const auto suite = std::find_if(suites.begin(), suites.end(),
                                        [&](const auto& known) { return known.first == run.document.name(); });
        auto& members = suite == suites.end() ? suites.emplace_back(run.document.name(), 0).second : suite->second;
        members.push_back(&run);
    }
    auto text =
        std::string(kHead) + "<testsuites" + attribute("name", "understudy test") + render_counts(summary) + ">\n";
    for (const auto& [file, members] : suites) text += render_suite(file, members);
    return text + "</testsuites>\n";
}

std::string render_junit(std::span<const LoadProblem> problems) {
    Summary summary;
    summary.tally.could_not_run = problems.size();
    auto text = std::string(kHead) + "<testsuites" + attribute("name", "understudy test") + render_counts(summary) +
                ">\n  <testsuite" + attribute("name", "understudy test") + render_counts(summary) + ">\n";
    for (const auto& load : problems) {
        const auto& problem = load.problem;
        text += "    <testcase" + attribute("name", source::render_place(problem)) +
                attribute("classname", problem.file()) + attribute("file", problem.file()) +
                count("line", problem.position().line) + attribute("time", "0") + ">\n      <error" +
                attribute("message", problem.message()) + attribute("type", "Unreadable") + '>' +
                to_xml(source::render_diagnostic(problem, load.text, source::Colour::none)) +
                "</error>\n    </testcase>\n";
    }
    return text + "  </testsuite>\n</testsuites>\n";
}

}  // namespace understudy::report
