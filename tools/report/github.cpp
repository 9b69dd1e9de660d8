#include "tools/report/github.hpp"

#include "emulator/source/diagnostic.hpp"
#include "tools/report/human.hpp"
#include "tools/report/junit.hpp"
#include "tools/report/text.hpp"

#include <algorithm>

namespace understudy::report {

using scenario::RunResult;
using scenario::StepResult;
using scenario::Verdict;

namespace {

constexpr std::size_t kMostDifferences = 10;

// A message: what ends a line, and the escape itself.
std::string escape_data(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '%')
            out += "%25";
        else if (c == '\r')
            out += "%0D";
        else if (c == '\n')
            out += "%0A";
        else
            out += c;
    }
    return out;
}

// A property: also what ends it.
std::string escape_property(std::string_view text) {
    std::string out;
    for (const char c : escape_data(text)) {
        if (c == ':')
            out += "%3A";
        else if (c == ',')
            out += "%2C";
        else
            out += c;
    }
    return out;
}

struct Place {
    std::string file;
    source::Position position;
};

std::string render_command(const char* command, const Place& place, std::string_view title, std::string_view message,
                           const NameFile& name_file) {
    auto text = std::string("::") + command + " file=" + escape_property(name_file(place.file));
    if (place.position.line > 0)
        text += ",line=" + std::to_string(place.position.line) + ",col=" + std::to_string(place.position.column);
    return text + ",title=" + escape_property(to_printable(title)) + "::" + escape_data(to_printable(message)) + '\n';
}

std::string messages_of(const StepResult& step) {
    if (step.problem) return step.problem->message();
    std::string text;
    const auto shown = std::min(step.differences.size(), kMostDifferences);
    for (std::size_t i = 0; i < shown; ++i) text += (text.empty() ? "" : "\n") + step.differences[i].where.message();
    if (const auto more = step.differences.size() - shown; more > 0) text += "\nand " + std::to_string(more) + " more";
    return text;
}

// The line that expected otherwise, or else the step's.
Place place_of(const RunResult& run, const StepResult& step) {
    if (step.problem && step.problem->position().line > 0) return {step.problem->file(), step.problem->position()};
    for (const auto& difference : step.differences) {
        if (difference.where.position().line > 0) return {difference.where.file(), difference.where.position()};
    }
    return {run.document.name(), step.position};
}

// In a table's cell, and as text that is no markup.
std::string to_cell(std::string_view text) {
    std::string out;
    for (const char c : to_printable(text)) {
        if (c == '<')
            out += "&lt;";
        else if (c == '&')
            out += "&amp;";
        else if (c == '\n')
            out += ' ';
        else if (std::string_view("\\|`*_[]>~@#").find(c) != std::string_view::npos)
            out.append(1, '\\').append(1, c);
        else
            out += c;
    }
    return out;
}

std::string to_line(std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

// A fence that no line of the text ends.
std::string render_block(const std::string& text) {
    std::string fence = "```";
    while (text.find(fence) != std::string::npos) fence += '`';
    return fence + "text\n" + text + fence + '\n';
}

std::string_view to_mark(Outcome outcome) {
    switch (outcome) {
        case Outcome::failed:
            return "❌ failed";
        case Outcome::could_not_run:
            return "💥 could not run";
        case Outcome::flaky:
            return "⚠️ flaky";
        default:
            return "✅ passed";
    }
}

}  // namespace

std::string render_annotations(const RunResult& run, const NameFile& name_file) {
    const auto title = to_title(run);
    const Place own{run.document.name(), run.position};
    if (to_outcome(run) == Outcome::flaky)
        return render_command("warning", own, title,
                              "flaky: passed at attempt " + std::to_string(run.earlier.size() + 1) +
                                  "; before: " + to_first_problem(run.earlier.front()),
                              name_file);
    if (run.verdict() == Verdict::passed) return {};
    std::string text;
    if (run.problem) text += render_command("error", own, title, run.problem->message(), name_file);
    for (std::size_t i = 0; i < run.steps.size(); ++i) {
        const auto& step = run.steps[i];
        if (step.verdict() == Verdict::passed) continue;
        text += render_command("error", place_of(run, step), title + ": " + to_step_title(run, i), messages_of(step),
                               name_file);
    }
    return text.empty() ? render_command("error", own, title, to_first_problem(run), name_file) : text;
}

std::string render_annotations(std::span<const scenario::LoadProblem> problems, const NameFile& name_file) {
    std::string text;
    for (const auto& [problem, source_text] : problems) {
        const auto hint = problem.hint().empty() ? "" : " (" + problem.hint() + ')';
        text += render_command("error", {problem.file(), problem.position()}, "unreadable scenario",
                               problem.message() + hint, name_file);
    }
    return text;
}

std::string render_markdown(std::span<const RunResult> runs, const Summary& summary) {
    auto text = std::string("### understudy test: ") + to_outcome_text(summary.tally) + "\n\n" +
                to_count_text(summary) + ", " + to_seconds(summary.duration) + " s\n\n";
    if (std::none_of(runs.begin(), runs.end(), is_remarkable)) return text;
    std::string details;
    text += "| run | verdict | why |\n|---|---|---|\n";
    for (const auto& run : runs) {
        if (!is_remarkable(run)) continue;
        const auto outcome = to_outcome(run);
        const auto& told = outcome == Outcome::flaky ? run.earlier.front() : run;
        auto line = "| " + to_cell(to_title(run)) + " | " + std::string(to_mark(outcome)) + " | " +
                    to_cell(cut(to_first_problem(told), 500)) + " |\n";
        auto block = "\n<details><summary>" + to_xml(to_line(to_title(run))) + "</summary>\n\n" +
                     render_block(render_failure(told, source::Colour::none)) + "\n</details>\n";
        if (text.size() + details.size() + line.size() + block.size() > kLongestSummary) {
            details += "\nThe rest does not fit here.\n";
            break;
        }
        text += line;
        details += block;
    }
    return text + details;
}

std::string render_markdown(std::span<const scenario::LoadProblem> problems) {
    const auto text = render_load_problems(problems, source::Colour::none);
    return "### understudy test: scenario files could not be read\n\n" +
           render_block(cut(text, kLongestSummary / 2) + '\n');
}

}  // namespace understudy::report
