#include "tools/report/html.hpp"

#include "emulator/source/diagnostic.hpp"
#include "emulator/source/utc_time.hpp"
#include "tools/report/html_parts.hpp"
#include "tools/report/human.hpp"
#include "tools/report/text.hpp"

#include <algorithm>
#include <array>

namespace understudy::report {

using scenario::RunResult;
using scenario::Verdict;

namespace {

// What may be shown alone, in the order of its buttons. The identifiers are the style sheet's.
struct Filter {
    std::string_view id;
    std::string_view label;
    std::size_t scenario::Tally::*count;
};
constexpr std::array kFilters{
    Filter{"failed", "failed", &scenario::Tally::failed},
    Filter{"could_not_run", "could not run", &scenario::Tally::could_not_run},
    Filter{"flaky", "flaky", &scenario::Tally::flaky},
    Filter{"expected_failure", "failed as expected", &scenario::Tally::expected_failures},
    Filter{"updated", "updated", &scenario::Tally::updated},
    Filter{"passed", "passed", &scenario::Tally::passed},
};

std::string render_head(std::string_view title) {
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
           "<meta name=\"color-scheme\" content=\"light dark\">\n<title>" +
           to_html(title) + "</title>\n<style>\n" + std::string(style_sheet()) + "</style>\n</head>\n<body>\n";
}

std::string to_day_and_time(std::chrono::system_clock::time_point time) {
    const auto text = source::to_utc_time(time);
    return text.substr(0, 10) + ' ' + text.substr(11, 8) + " UTC";
}

std::string count_bad(const scenario::Tally& tally) {
    std::string text;
    if (tally.failed > 0) text = std::to_string(tally.failed) + " failed";
    if (tally.could_not_run > 0)
        text += (text.empty() ? "" : ", ") + std::to_string(tally.could_not_run) + " could not run";
    return text;
}

std::string render_filters(const scenario::Tally& tally) {
    std::string inputs = "<input type=\"radio\" name=\"shown\" id=\"show-all\" checked>\n";
    std::string labels = "<label for=\"show-all\">all <b>" + std::to_string(tally.runs()) + "</b></label>";
    for (const auto& [id, label, count] : kFilters) {
        if (tally.*count == 0) continue;
        const std::string name(id);
        inputs += "<input type=\"radio\" name=\"shown\" id=\"show-" + name + "\">\n";
        labels += "<label for=\"show-" + name + "\" class=\"" + name + "\">" + std::string(label) + " <b>" +
                  std::to_string(tally.*count) + "</b></label>";
    }
    return inputs + "<nav aria-label=\"verdicts\">" + labels + "</nav>\n";
}

// How long each step took of the run, as a bar of parts.
std::string render_bar(const RunResult& run) {
    const auto total = std::max<std::int64_t>(run.duration.count(), 1);
    if (run.steps.empty()) return {};
    std::string parts;
    for (const auto& step : run.steps) {
        const auto share = std::clamp<std::int64_t>(step.duration.count() * 1000 / total, 1, 1000);
        parts += "<i class=\"" + std::string(to_name(step.verdict())) + "\" style=\"flex:" + std::to_string(share) +
                 " 0 2px\" title=\"" + to_html(step.name) + ", " + to_milliseconds(step.duration) + "\"></i>";
    }
    std::int64_t sent = 0;
    for (const auto& step : run.steps) sent += step.duration.count();
    const auto rest = std::max<std::int64_t>(total - sent, 0) * 1000 / total;
    return "<div class=\"bar\" aria-hidden=\"true\"><i class=\"rest\" style=\"flex:" + std::to_string(rest) +
           " 0 0px\" title=\"start and stop\"></i>" + parts + "</div>";
}

std::string render_body(const RunResult& run) {
    std::string text = render_bar(run);
    if (run.expected_failure)
        text += "<p class=\"note\">" +
                to_html((run.failed_as_expected() ? "failed, as expected: " : "expected to fail: ") +
                        *run.expected_failure) +
                "</p>";
    if (run.problem)
        text += "<pre class=\"diagnostic\" tabindex=\"0\">" + to_html(render_problems(run, source::Colour::none)) +
                "</pre>";
    for (std::size_t i = 0; i < run.steps.size(); ++i) text += render_step_element(run, i);
    for (std::size_t i = 0; i < run.earlier.size(); ++i)
        text += "<details class=\"attempt\"><summary>attempt " + std::to_string(i + 1) + ": " +
                to_html(cut(to_first_problem(run.earlier[i]), 200)) + "</summary>" + render_body(run.earlier[i]) +
                "</details>";
    return text;
}

std::string render_chips(const RunResult& run) {
    auto text = "<span class=\"chip\">" + to_html(run.door) + "</span>";
    for (const auto& [name, value] : run.labels)
        text += "<span class=\"chip\">" + to_html(name) + '=' + to_html(value) + "</span>";
    for (const auto& tag : run.tags) text += "<span class=\"chip tag\">" + to_html(tag) + "</span>";
    if (run.repetition > 0) text += "<span class=\"chip\">repetition " + std::to_string(run.repetition) + "</span>";
    return text;
}

std::string render_run_element(const RunResult& run) {
    const auto outcome = to_outcome(run);
    const bool open = run.verdict() != Verdict::passed;
    const auto name = std::string(to_name(outcome));
    auto place = run.document.name();
    if (run.position.line > 0) place += ':' + std::to_string(run.position.line);
    auto text = "<details class=\"run " + name + '"' + (open ? " open" : "") +
                "><summary><span class=\"mark\" title=\"" + name + "\"></span><span class=\"name\">" +
                to_html(run.scenario) + "</span><span class=\"chips\">" + render_chips(run) +
                "</span><span class=\"time\">" + to_milliseconds(run.duration) + "</span><span class=\"file\">" +
                to_html(place) + "</span>";
    const auto problem = to_first_problem(outcome == Outcome::flaky ? run.earlier.front() : run);
    if (!problem.empty() && outcome != Outcome::expected_failure)
        text += "<span class=\"why\">" + to_html(cut(problem, 300)) + "</span>";
    return text + "</summary><div class=\"body\">" + render_body(run) + "</div></details>\n";
}

}  // namespace

std::string render_html(std::span<const RunResult> runs, const Summary& summary) {
    const auto outcome = to_outcome_text(summary.tally);
    auto text = render_head("understudy test: " + outcome);
    text += std::string("<header class=\"") + (summary.tally.all_passed() ? "good" : "bad") +
            "\"><p class=\"program\">understudy test</p><h1>" +
            to_html(summary.tally.all_passed() ? outcome : count_bad(summary.tally)) + "</h1><p>" +
            to_html(to_count_text(summary)) + ", " + to_seconds(summary.duration) + " s";
    if (!runs.empty()) text += ", " + to_day_and_time(runs.front().began);
    text += "</p></header>\n" + render_filters(summary.tally) + "<main>\n";
    // What is to be looked at first stands first.
    for (const bool remarkable : {true, false}) {
        for (const auto& run : runs) text += is_remarkable(run) == remarkable ? render_run_element(run) : "";
    }
    return text + "</main>\n</body>\n</html>\n";
}

std::string render_html(std::span<const scenario::LoadProblem> problems) {
    auto text = render_head("understudy test: scenario files could not be read");
    text +=
        "<header class=\"bad\"><p class=\"program\">understudy test</p><h1>Scenario files could not be "
        "read</h1></header>\n<main>\n";
    for (const auto& [problem, source_text] : problems)
        text += "<pre class=\"diagnostic\" tabindex=\"0\">" +
                to_html(source::render_diagnostic(to_printable(problem), source_text, source::Colour::none)) +
                "</pre>\n";
    return text + "</main>\n</body>\n</html>\n";
}

}  // namespace understudy::report
