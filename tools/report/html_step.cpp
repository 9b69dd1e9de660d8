#include "emulator/source/diagnostic.hpp"
#include "tools/report/curl.hpp"
#include "tools/report/hex_dump.hpp"
#include "tools/report/html_parts.hpp"
#include "tools/report/junit.hpp"
#include "tools/report/line_diff.hpp"
#include "tools/report/step_text.hpp"
#include "tools/report/text.hpp"

namespace understudy::report {

using scenario::RunResult;
using scenario::StepResult;
using scenario::Verdict;

namespace {

constexpr std::size_t kMostHex = 4'096;
constexpr std::size_t kMostBody = 64 << 10;  // Of a command to copy.
constexpr std::size_t kMostDiagnostics = 50;

std::string pre(std::string_view text, std::string_view kind) {
    return "<pre class=\"" + std::string(kind) + "\" tabindex=\"0\">" + to_html(text) + "</pre>";
}

// One thing that happened, on the step's line of time.
std::string render_moment(std::string_view kind, std::string_view title, std::string_view about,
                          std::string_view content) {
    auto text = "<li class=\"" + std::string(kind) + "\"><h4>" + std::string(title);
    if (!about.empty()) text += " <small>" + to_html(about) + "</small>";
    return text + "</h4>" + std::string(content) + "</li>";
}

std::string render_header_lines(const std::vector<std::pair<std::string, std::string>>& headers) {
    if (headers.empty()) return {};
    std::string lines;
    for (const auto& [name, value] : headers) lines += name + ": " + value + '\n';
    return "<details class=\"more\"><summary>" + std::to_string(headers.size()) + " header " +
           (headers.size() == 1 ? "line" : "lines") + "</summary>" + pre(lines, "") + "</details>";
}

bool is_json(std::string_view text) {
    return text.starts_with('{') || text.starts_with('[');
}

std::string render_content(std::string_view text, std::optional<std::size_t> mark) {
    if (text.empty()) return {};
    if (mark || !is_plain_text(text)) return pre(render_hex_dump(text, mark, kMostHex), "hex");
    return pre(is_json(text) ? to_pretty(text) : std::string(text), "");
}

std::string render_sent(const StepResult& step) {
    if (!step.sent)
        return step.request.empty() ? "" : render_moment("sent", "Request", "", render_content(step.request, {}));
    const auto& sent = *step.sent;
    const auto shown = step.request.empty() ? std::string_view(sent.body) : std::string_view(step.request);
    return render_moment("sent", "Request", sent.method + ' ' + sent.target + ", " + to_size(sent),
                         render_header_lines(sent.headers) + render_content(shown, {}));
}

std::string render_events(const StepResult& step) {
    std::string text;
    for (std::size_t i = 0; i < step.events.size(); ++i)
        text += render_moment("event", "Event", "as the function received it",
                              "<details class=\"more\"><summary>" + to_event_size(step, i) + "</summary>" +
                                  pre(to_pretty(step.events[i]), "") + "</details>");
    return text;
}

std::string render_log(const StepResult& step) {
    std::string lines;
    for (const auto& line : lines_of(step.log)) lines += line + '\n';
    return lines.empty() ? "" : render_moment("log", "Log", "", pre(lines, "log"));
}

std::string render_received(const StepResult& step) {
    if (!step.received) return {};
    const auto& received = *step.received;
    auto about = "HTTP " + std::to_string(received.http_status);
    if (const auto type = content_type_of(received); !type.empty()) about += ' ' + std::string(type);
    about += ", " + to_size(received) + ", " + to_milliseconds(step.duration);
    const bool readable = received.undecodable.empty();
    const auto content = readable && !received.response.empty() ? render_content(received.response, {})
                         : readable                             ? render_content(received.body, {})
                                    : pre(render_hex_dump(received.message.empty() ? received.body : received.message,
                                                          received.undecodable_at, kMostHex),
                                          "hex");
    return render_moment("received", "Response", about, render_header_lines(received.headers) + content);
}

std::string render_diff(const StepResult& step) {
    if (step.expected.empty() || !step.received || !step.received->undecodable.empty()) return {};
    const auto& received = *step.received;
    const auto& actual = received.response.empty() ? received.body : received.response;
    if (!is_json(actual) || !is_plain_text(actual)) return {};
    std::string lines;
    for (const auto& [side, text] : to_line_diff(to_pretty(step.expected), to_pretty(actual), step.differences)) {
        constexpr const char* kTags[] = {"<span>", "<del>", "<ins>", "<i>"};
        constexpr const char* kEnds[] = {"</span>", "</del>", "</ins>", "</i>"};
        constexpr const char* kMarks[] = {"  ", "- ", "+ ", "~ "};
        const auto index = static_cast<std::size_t>(side);
        lines += std::string(kTags[index]) + kMarks[index] + to_html(text) + kEnds[index] + '\n';
        if (lines.size() > kLongestPart) break;
    }
    return "<p class=\"legend\"><del>- expected</del> <ins>+ received</ins> <i>~ as asked, in other words</i></p>"
           "<pre class=\"diff\" tabindex=\"0\">" +
           lines + "</pre>";
}

std::string render_diagnostic_of(const RunResult& run, const source::Problem& problem) {
    return pre(source::render_diagnostic(to_printable(problem), run.text_of(problem.file()), source::Colour::none),
               "diagnostic");
}

std::string render_compared(const RunResult& run, const StepResult& step) {
    std::string text;
    if (step.problem) text += render_diagnostic_of(run, *step.problem);
    const auto shown = std::min(step.differences.size(), kMostDiagnostics);
    for (std::size_t i = 0; i < shown; ++i) text += render_diagnostic_of(run, step.differences[i].where);
    if (const auto more = step.differences.size() - shown) text += "<p>and " + std::to_string(more) + " more</p>";
    if (!step.differences.empty()) text += render_diff(step);
    auto hints = step.hints;
    for (auto& advice : advice_in(step.log)) hints.push_back(std::move(advice));
    for (const auto& hint : hints) text += "<p class=\"hint\">" + to_html(hint) + "</p>";
    if (text.empty()) return {};
    const auto count = step.differences.size();
    const auto about =
        step.problem ? std::string() : std::to_string(count) + (count == 1 ? " difference" : " differences");
    return render_moment(step.verdict() == Verdict::passed ? "compared" : "compared bad",
                         step.problem ? "Problem" : "Compared", about, text);
}

std::string render_captures(const StepResult& step) {
    std::string lines;
    for (const auto& [name, json] : step.captures) lines += name + " = " + json + '\n';
    return lines.empty() ? "" : render_moment("captured", "Captured", "", pre(lines, ""));
}

std::string render_repeat_moment(const StepResult& step) {
    if (!step.sent) return {};
    const auto line = to_curl(step, kMostBody);
    return render_moment("repeat", "Repeat", line.note, pre(line.command, "command"));
}

}  // namespace

namespace {

// What went wrong, before how it came to that.
std::string render_why(const StepResult& step) {
    constexpr std::size_t kMost = 5;
    std::string text;
    if (step.problem) text += "<p class=\"why\">" + to_html(cut(step.problem->message(), 400)) + "</p>";
    const auto shown = std::min(step.differences.size(), kMost);
    for (std::size_t i = 0; i < shown; ++i)
        text += "<p class=\"why\">" + to_html(cut(step.differences[i].where.message(), 400)) + "</p>";
    if (const auto more = step.differences.size() - shown; more > 0)
        text += "<p class=\"why\">and " + std::to_string(more) + " more</p>";
    return text;
}

}  // namespace

std::string to_html(std::string_view text) {
    return to_xml(cut(text, kLongestPart));
}

std::string render_step_element(const RunResult& run, std::size_t index) {
    const auto& step = run.steps[index];
    const auto verdict = std::string(to_name(step.verdict()));
    const bool open = step.verdict() != Verdict::passed;
    return "<details class=\"step " + verdict + '"' + (open ? " open" : "") + "><summary><span class=\"mark\"></span>" +
           "<span class=\"name\">" + to_html(to_step_title(run, index)) + "</span><span class=\"time\">" +
           to_milliseconds(step.duration) + "</span></summary>" + render_why(step) + "<ol class=\"line\">" +
           render_sent(step) + render_events(step) + render_log(step) + render_received(step) +
           render_compared(run, step) + render_captures(step) + render_repeat_moment(step) + "</ol></details>\n";
}

}  // namespace understudy::report
