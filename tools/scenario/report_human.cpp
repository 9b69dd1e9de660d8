#include "tools/scenario/report_human.hpp"

#include "tools/convert/json_text.hpp"
#include "tools/scenario/scenario.hpp"

#include <algorithm>
#include <string_view>

namespace understudy::scenario {

namespace {

using source::Colour;

constexpr std::size_t kMostDifferences = 10;  // Of one step; a long list that is off by one has no end otherwise.
constexpr std::size_t kLongestValue = 2'000;  // Characters of a message or a line of the log.
constexpr std::size_t kMostHexBytes = 64;
constexpr std::size_t kMostLogLines = 50;

enum class Style { good, bad, doubtful, dim };

std::string paint(std::string_view text, Style style, Colour colour) {
    if (colour == Colour::none) return std::string(text);
    constexpr const char* kCodes[] = {"\x1b[32m", "\x1b[31m", "\x1b[33m", "\x1b[2m"};
    return kCodes[static_cast<std::size_t>(style)] + std::string(text) + "\x1b[0m";
}

std::string cut(std::string_view text) {
    if (text.size() <= kLongestValue) return std::string(text);
    auto end = kLongestValue;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;  // Not inside a character.
    return std::string(text.substr(0, end)) + "… (" + std::to_string(text.size() - end) + " more bytes)";
}

std::string to_milliseconds(std::chrono::microseconds duration) {
    return std::to_string((duration.count() + 500) / 1000) + " ms";
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

std::string row(std::string_view name, std::string_view value) {
    std::string label(name);
    label.resize(std::max<std::size_t>(label.size(), 10), ' ');
    return label + cut(value) + '\n';
}

std::string render_body(const Received& received) {
    std::string type;
    for (const auto& [name, value] : received.headers) {
        if (type.empty() && (name == "content-type" || name == "Content-Type")) type = ' ' + value + ',';
    }
    auto text = row("reply", "HTTP " + std::to_string(received.http_status) + type + ' ' +
                                 std::to_string(received.body.size()) + " bytes");
    if (!received.response.empty()) return text + row("received", received.response);
    if (received.undecodable.empty()) return text + row("received", received.body);
    auto hex = convert::to_hex(std::string_view(received.body).substr(0, kMostHexBytes));
    for (std::size_t i = 2; i < hex.size(); i += 3) hex.insert(i, " ");
    return text + row("bytes", hex + (received.body.size() > kMostHexBytes ? " …" : ""));
}

std::string render_log(const std::vector<std::string>& log) {
    std::string text;
    const auto skipped = log.size() - std::min(log.size(), kMostLogLines);
    if (skipped) text += row("log", "(" + std::to_string(skipped) + " lines before these)");
    for (std::size_t i = skipped; i < log.size(); ++i) text += row(i == 0 ? "log" : "", log[i]);
    return text;
}

std::string render_differences(const StepResult& step, const RunResult& run, Colour colour) {
    std::string text;
    const auto shown = std::min(step.differences.size(), kMostDifferences);
    for (std::size_t i = 0; i < shown; ++i)
        text += source::render_diagnostic(step.differences[i].where, run.text_of(step.differences[i].where.file()),
                                          colour) +
                '\n';
    if (const auto more = step.differences.size() - shown) text += "and " + std::to_string(more) + " more\n\n";
    return text;
}

std::string render_step(const StepResult& step, const RunResult& run, std::size_t number, Colour colour) {
    constexpr const char* kPhases[] = {"setup", "step", "teardown"};
    std::string text =
        std::string(kPhases[static_cast<std::size_t>(step.phase)]) + ' ' + std::to_string(number) + ", " + step.name;
    const bool told = step.subject == step.name || step.subject.ends_with('/' + step.name);
    if (!told) text += " (" + step.subject + ')';
    if (step.repetition > 0) text += ", repetition " + std::to_string(step.repetition);
    if (step.tries > 1) text += ", " + std::to_string(step.tries) + " tries";
    text += ", " + to_milliseconds(step.duration) + "\n\n";
    if (step.problem)
        text += source::render_diagnostic(*step.problem, run.text_of(step.problem->file()), colour) + '\n';
    text += render_differences(step, run, colour);
    if (!step.request.empty()) text += row("request", step.request);
    if (!step.expected.empty()) text += row("expected", step.expected);
    if (step.received) text += render_body(*step.received);
    const bool about_event = std::any_of(step.differences.begin(), step.differences.end(),
                                         [](const auto& difference) { return difference.path.starts_with("event"); });
    for (const auto& event : step.events) text += about_event ? row("event", event) : "";
    for (const auto& hint : step.hints) text += row("hint", hint);
    return text + render_log(step.log) + '\n';
}

std::string render_failure(const RunResult& run, Colour colour) {
    std::string text;
    if (run.problem)
        text += indent(source::render_diagnostic(*run.problem, run.text_of(run.problem->file()), colour) + '\n');
    std::size_t number = 0;
    for (std::size_t i = 0; i < run.steps.size(); ++i) {
        number = i > 0 && run.steps[i].phase == run.steps[i - 1].phase ? number + 1 : 1;
        if (run.steps[i].verdict() != Verdict::passed) text += indent(render_step(run.steps[i], run, number, colour));
    }
    if (run.expected_failure && run.steps.size() > 0 && !run.problem)
        text += "  passed, and was expected to fail: " + *run.expected_failure + "\n\n";
    return text;
}

}  // namespace

std::string render_load_problems(std::span<const LoadProblem> problems, Colour colour) {
    std::string text;
    for (const auto& [problem, source_text] : problems)
        text += (text.empty() ? "" : "\n") + source::render_diagnostic(problem, source_text, colour);
    return text;
}

std::string render_run(const RunResult& run, Colour colour) {
    const bool passed = run.verdict() == Verdict::passed;
    auto about = run.door;
    for (const auto& [name, value] : run.labels) about += "  " + name + '=' + value;
    if (run.repetition > 0) about += "  repetition " + std::to_string(run.repetition);
    const auto mark = run.flaky() ? paint("~", Style::doubtful, colour)
                                  : paint(passed ? "✓" : "✗", passed ? Style::good : Style::bad, colour);
    auto text = mark + ' ' + run.scenario + "  " +
                paint(about + "  " + to_milliseconds(run.duration), Style::dim, colour) + '\n';
    if (run.flaky())
        return text + "  flaky: passed at attempt " + std::to_string(run.earlier.size() + 1) + ", after this\n\n" +
               render_failure(run.earlier.back(), colour);
    if (run.failed_as_expected()) return text + "  failed, as expected: " + *run.expected_failure + '\n';
    if (passed) return text;
    if (!run.earlier.empty()) text += "  the last of " + std::to_string(run.earlier.size() + 1) + " attempts\n";
    return text + '\n' + render_failure(run, colour);
}

}  // namespace understudy::scenario
