#include "tools/report/human.hpp"

#include "emulator/source/printable.hpp"
#include "tools/report/step_text.hpp"
#include "tools/report/text.hpp"

#include <algorithm>
#include <cstdio>

namespace understudy::report {

using scenario::LoadProblem;
using scenario::RunResult;
using scenario::Verdict;
using source::Colour;

namespace {

enum class Style { good, odd, bad, dim };

std::string paint(std::string_view text, Style style, Colour colour) {
    if (colour == Colour::none) return std::string(text);
    constexpr const char* kCodes[] = {"\x1b[32m", "\x1b[33m", "\x1b[31m", "\x1b[2m"};
    return kCodes[static_cast<std::size_t>(style)] + std::string(text) + "\x1b[0m";
}

std::string indent(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        if (end > 0) out += "  ";
        out.append(text.substr(0, end)) += '\n';
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

std::string render_mark(Outcome outcome, Colour colour) {
    switch (outcome) {
        case Outcome::flaky:
            return paint("~", Style::odd, colour);
        case Outcome::updated:
            return paint("✎", Style::odd, colour);
        case Outcome::failed:
        case Outcome::could_not_run:
            return paint("✗", Style::bad, colour);
        default:
            return paint("✓", Style::good, colour);
    }
}

std::string render_unexpected(const RunResult& run, Colour colour) {
    const auto& place = run.expected_at;
    const auto told =
        source::Problem(source::ProblemCode::invalid, "passed, and was expected to fail: " + *run.expected_failure,
                        place.file(), place.position())
            .with_extent(place.extent());
    return source::render_diagnostic(to_printable(told), run.text_of(place.file()), colour);
}

/// `4: response, 7: headers.etag`
std::string to_updated_places(const RunResult& run) {
    std::string text;
    for (const auto& step : run.steps) {
        for (const auto& snapshot : step.snapshots) {
            if (snapshot.edits.empty()) continue;
            text += (text.empty() ? "" : ", ") + std::to_string(snapshot.position.line) + ": " + snapshot.path;
        }
    }
    return to_printable(text);
}

}  // namespace

std::string render_load_problems(std::span<const LoadProblem> problems, Colour colour) {
    std::string text;
    for (const auto& [problem, source_text] : problems)
        text += (text.empty() ? "" : "\n") + source::render_diagnostic(problem, source_text, colour);
    return text;
}

std::string render_problems(const RunResult& run, Colour colour) {
    if (!run.problem) return {};
    source::Problems problems{to_printable(*run.problem)};
    for (const auto& further : run.further_problems) problems.push_back(to_printable(further));
    return source::render_diagnostics(
        problems, [&run](const std::string& file) { return run.text_of(file); }, colour);
}

std::string render_failure(const RunResult& run, Colour colour) {
    std::string text = render_problems(run, colour);
    if (!text.empty()) text += '\n';
    for (std::size_t i = 0; i < run.steps.size(); ++i) {
        if (run.steps[i].verdict() != Verdict::passed) text += render_step(run, i, colour);
    }
    const bool unexpected = run.expected_failure && run.verdict() == Verdict::failed;
    if (unexpected) text += render_unexpected(run, colour) + '\n';
    return text;
}

std::string render_run(const RunResult& run, Colour colour) {
    const auto outcome = to_outcome(run);
    auto about = run.door;
    for (const auto& [name, value] : run.labels) about += "  " + name + '=' + value;
    if (run.repetition > 0) about += "  repetition " + std::to_string(run.repetition);
    const auto text =
        render_mark(outcome, colour) + ' ' + source::to_printable_line(run.scenario) + "  " +
        paint(source::to_printable_line(about) + "  " + to_milliseconds(run.duration), Style::dim, colour) + '\n';
    const auto attempts = std::to_string(run.earlier.size() + 1);
    switch (outcome) {
        case Outcome::passed:
            return text;
        case Outcome::expected_failure:
            return text + "  failed, as expected: " + source::to_printable_line(*run.expected_failure) + '\n';
        case Outcome::updated:
            return text + "  updated: " + to_updated_places(run) + '\n';
        case Outcome::flaky:
            return text + "  flaky: passed at attempt " + attempts + ", after this\n\n" +
                   indent(render_failure(run.earlier.back(), colour));
        default:
            return text + (run.earlier.empty() ? "" : "  the last of " + attempts + " attempts\n") + '\n' +
                   indent(render_failure(run, colour));
    }
}

}  // namespace understudy::report
