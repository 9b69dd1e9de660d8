#include "tools/report/step_text.hpp"

#include "emulator/http/headers.hpp"
#include "emulator/source/printable.hpp"
#include "tools/report/curl.hpp"
#include "tools/report/hex_dump.hpp"
#include "tools/report/text.hpp"

#include <algorithm>

namespace understudy::report {

using scenario::Received;
using scenario::RunResult;
using scenario::StepResult;
using source::Colour;

namespace {

constexpr std::size_t kMostDiagnosed = 10;    // Of one step; a long list that is off by one has no end otherwise.
constexpr std::size_t kLongestValue = 2'000;  // Characters of a message or a line of the log.
constexpr std::size_t kMostHexBytes = 128;
constexpr std::size_t kMostLogLines = 50;
constexpr std::size_t kMostCurlBytes = 1'000;
constexpr std::size_t kLabelWidth = 10;
constexpr std::string_view kAdvice = "advice: ";

std::string label(std::string_view name) {
    std::string text(name);
    text.resize(std::max(text.size(), kLabelWidth), ' ');
    return text;
}

// A value under its name; further lines of it stand below its first.
std::string row(std::string_view name, std::string_view value) {
    const auto printable = to_printable(cut(value, kLongestValue));
    auto text = label(name);
    for (const char c : printable) {
        text += c;
        if (c == '\n') text += label("");
    }
    return text + '\n';
}

std::string dump(std::string_view name, std::string_view bytes, std::optional<std::size_t> mark) {
    auto lines = render_hex_dump(bytes, mark, kMostHexBytes);
    lines.pop_back();
    return row(name, lines);
}

std::string render_reply(const Received& received) {
    std::string type(content_type_of(received));
    if (!type.empty()) type = ' ' + type + ',';
    auto text = row("reply", "HTTP " + std::to_string(received.http_status) + type + ' ' + to_size(received));
    if (!received.response.empty()) return text + row("received", received.response);
    if (received.undecodable.empty() && is_plain_text(received.body)) return text + row("received", received.body);
    const auto& bytes = received.message.empty() ? received.body : received.message;
    return text + dump("bytes", bytes, received.undecodable_at);
}

std::string render_request(const StepResult& step) {
    if (step.request.empty()) return {};
    if (is_plain_text(step.request)) return row("request", step.request);
    return dump("request", step.request, std::nullopt);
}

std::string render_log(const std::vector<std::string>& all) {
    const auto log = lines_of(all);
    std::string text;
    const auto skipped = log.size() - std::min(log.size(), kMostLogLines);
    if (skipped) text += row("log", "(" + std::to_string(skipped) + " lines before these)");
    for (std::size_t i = skipped; i < log.size(); ++i) text += row(i == 0 ? "log" : "", log[i]);
    return text;
}

std::string render_differences(const StepResult& step, const RunResult& run, Colour colour) {
    std::string text;
    const auto shown = std::min(step.differences.size(), kMostDiagnosed);
    for (std::size_t i = 0; i < shown; ++i) {
        const auto& where = step.differences[i].where;
        text += source::render_diagnostic(to_printable(where), run.text_of(where.file()), colour) + '\n';
    }
    if (const auto more = step.differences.size() - shown) text += "and " + std::to_string(more) + " more\n\n";
    return text;
}

std::string render_hints(const StepResult& step) {
    std::string text;
    for (const auto& hint : step.hints) text += row("hint", hint);
    for (const auto& advice : advice_in(step.log)) text += row("hint", advice);
    return text;
}

std::string render_repeat(const StepResult& step) {
    if (!step.sent) return {};
    const auto line = to_curl(step, kMostCurlBytes);
    // Not cut: a part of a command is another command.
    auto text = std::string("repeat    ") + to_printable(line.command) + '\n';
    return line.note.empty() ? text : text + row("", '(' + line.note + ')');
}

}  // namespace

std::vector<std::string> advice_in(const std::vector<std::string>& log) {
    std::vector<std::string> advice;
    for (const auto& line : log) {
        if (line.starts_with(kAdvice)) advice.push_back(line.substr(kAdvice.size()));
    }
    return advice;
}

std::vector<std::string> lines_of(const std::vector<std::string>& log) {
    std::vector<std::string> lines;
    for (const auto& line : log) {
        if (line.starts_with(kAdvice)) continue;
        std::size_t begin = 0;  // A carriage return at the very end ends no line: it is shown as what it is.
        for (std::size_t end; (end = line.find('\r', begin)) < line.size() - 1; begin = end + 1)
            lines.push_back(line.substr(begin, end - begin));
        lines.push_back(line.substr(begin));
    }
    return lines;
}

std::string_view content_type_of(const Received& received) {
    for (const auto& [name, value] : received.headers) {
        if (http::same_name(name, "content-type")) return value;
    }
    return {};
}

std::string render_step(const RunResult& run, std::size_t index, Colour colour) {
    const auto& step = run.steps[index];
    auto text = source::to_printable_line(to_step_title(run, index)) + ", " + to_milliseconds(step.duration) + "\n\n";
    if (step.problem)
        text +=
            source::render_diagnostic(to_printable(*step.problem), run.text_of(step.problem->file()), colour) + '\n';
    text += render_differences(step, run, colour) + render_request(step);
    if (!step.expected.empty()) text += row("expected", step.expected);
    if (step.received) text += render_reply(*step.received);
    const bool about_event = std::any_of(step.differences.begin(), step.differences.end(),
                                         [](const auto& difference) { return difference.path.starts_with("event"); });
    for (const auto& event : step.events) text += about_event ? row("event", event) : "";
    return text + render_hints(step) + render_log(step.log) + render_repeat(step) + '\n';
}

}  // namespace understudy::report
