#include "tools/report/events.hpp"

#include "emulator/http/base64.hpp"
#include "emulator/source/utc_time.hpp"
#include "tools/report/curl.hpp"
#include "tools/report/json.hpp"
#include "tools/report/text.hpp"

#include <cstdint>

namespace understudy::report {

using scenario::RunResult;
using scenario::StepResult;

namespace {

std::uint64_t to_whole(std::chrono::microseconds duration) {
    return static_cast<std::uint64_t>(duration.count() > 0 ? duration.count() : 0);
}

// Milliseconds with their thousandths.
std::string to_duration(std::chrono::microseconds duration) {
    const auto thousandths = std::to_string(to_whole(duration) % 1000);
    return std::to_string(to_whole(duration) / 1000) + '.' + std::string(3 - thousandths.size(), '0') + thousandths;
}

std::string to_id(const RunResult& run) {
    return run.document.name() + ": " + to_title(run);
}

JsonObject to_event(std::string_view event, const RunResult& run, unsigned attempt) {
    return JsonObject().text("event", event).text("run", to_id(run)).number("attempt", attempt);
}

std::string to_pairs(const std::vector<std::pair<std::string, std::string>>& pairs) {
    JsonObject object;
    for (const auto& [name, value] : pairs) object.text(name, value);
    return object.str();
}

// Header lines: a name may occur more than once.
std::string to_lines(const std::vector<std::pair<std::string, std::string>>& headers) {
    std::vector<std::string> lines;
    for (const auto& [name, value] : headers) lines.push_back('[' + to_json(name) + ',' + to_json(value) + ']');
    return to_json_list(lines);
}

void add_body(JsonObject& object, const std::string& body) {
    if (is_plain_text(body))
        object.text("body", body);
    else
        object.text("body_base64", http::to_base64(body));
}

void add_place(JsonObject& object, const source::Problem& problem) {
    object.text("message", problem.message());
    if (problem.position().line == 0) return;
    object.text("file", problem.file())
        .number("line", problem.position().line)
        .number("column", problem.position().column);
}

std::string to_problem(const source::Problem& problem) {
    JsonObject object;
    add_place(object, problem);
    if (!problem.hint().empty()) object.text("hint", problem.hint());
    if (!problem.note().empty()) object.text("note", problem.note());
    return object.str();
}

std::string to_problems(const source::Problems& problems) {
    std::vector<std::string> items;
    for (const auto& problem : problems) items.push_back(to_problem(problem));
    return to_json_list(items);
}

std::string to_differences(const StepResult& step) {
    std::vector<std::string> items;
    for (const auto& difference : step.differences) {
        JsonObject object;
        object.text("path", difference.path).text("expected", difference.expected).text("actual", difference.actual);
        add_place(object, difference.where);
        items.push_back(object.str());
    }
    return to_json_list(items);
}

std::string to_request(const scenario::Sent& sent) {
    JsonObject object;
    object.text("method", sent.method).text("url", sent.base_url + sent.target).raw("headers", to_lines(sent.headers));
    add_body(object, sent.body);
    if (sent.masked) object.raw("masked", "true");
    return object.str();
}

std::string to_reply(const scenario::Received& received) {
    JsonObject object;
    object.number("status", static_cast<std::uint64_t>(received.http_status))
        .raw("headers", to_lines(received.headers));
    add_body(object, received.body);
    object.text("code", wire::to_name(received.status.code()));
    if (!received.status.message().empty()) object.text("message", received.status.message());
    if (!received.response.empty()) object.text("response", received.response);
    if (!received.undecodable.empty()) object.text("undecodable", received.undecodable);
    if (received.undecodable_at) object.number("undecodable_at", *received.undecodable_at);
    return object.str();
}

void add_function(JsonObject& object, const StepResult& step) {
    object.raw("log", to_json(step.log)).raw("events", to_json(step.events));
    if (!step.captures.empty()) object.raw("captures", to_pairs(step.captures));
    if (!step.hints.empty()) object.raw("hints", to_json(step.hints));
    constexpr std::size_t kMostCurlBytes = 64 << 10;
    if (step.sent) object.text("curl", to_curl(step, kMostCurlBytes).command);
}

}  // namespace

std::string EventStream::on_begin(const RunResult& begun) {
    const auto id = to_id(begun);
    told_[id] = {};
    auto event = to_event("run_started", begun, ++attempts_[id]);
    event.text("time", source::to_utc_time(begun.began))
        .text("file", begun.document.name())
        .number("line", begun.position.line)
        .text("scenario", begun.scenario)
        .text("front", begun.door)
        .raw("labels", to_pairs(begun.labels))
        .raw("tags", to_json(begun.tags));
    return event.str() + '\n';
}

/// Repetitions follow the first of them, so that their places lead to its number.
unsigned EventStream::to_number(Told& told, const StepResult& step) {
    auto& number = told.numbers[{step.position.line, step.position.column}];
    if (step.repetition == 0 || number == 0) number = ++told.steps;
    return number;
}

std::string EventStream::on_step(const RunResult& begun, const StepResult& step) {
    const auto id = to_id(begun);
    auto event = to_event("step", begun, attempts_[id]);
    event.number("number", to_number(told_[id], step))
        .text("phase", to_name(step.phase))
        .text("name", step.name)
        .text("subject", step.subject)
        .number("line", step.position.line)
        .text("verdict", to_name(step.verdict()))
        .raw("duration_ms", to_duration(step.duration))
        .number("tries", step.tries)
        .number("repetition", step.repetition)
        .text("request", to_printable(step.request));
    if (!step.expected.empty()) event.text("expected", step.expected);
    if (step.sent) event.raw("sent", to_request(*step.sent));
    if (step.received) event.raw("received", to_reply(*step.received));
    event.raw("differences", to_differences(step));
    if (step.problem) event.raw("problem", to_problem(*step.problem));
    add_function(event, step);
    return event.str() + '\n';
}

std::string EventStream::on_result(const RunResult& run) {
    auto event = to_event("run_finished", run, static_cast<unsigned>(run.earlier.size() + 1));
    event.text("verdict", to_name(to_outcome(run))).raw("duration_ms", to_duration(run.duration));
    if (const auto problem = to_first_problem(run); !problem.empty()) event.text("message", problem);
    if (run.problem) event.raw("problem", to_problem(*run.problem));
    if (!run.further_problems.empty()) event.raw("further_problems", to_problems(run.further_problems));
    if (run.expected_failure) event.text("expected_failure", *run.expected_failure);
    return event.str() + '\n';
}

std::string render_load_problem(const scenario::LoadProblem& problem) {
    return JsonObject().text("event", "load_problem").raw("problem", to_problem(problem.problem)).str() + '\n';
}

std::string render_summary_event(const Summary& summary, int exit_code) {
    const auto& tally = summary.tally;
    return JsonObject()
               .text("event", "summary")
               .number("runs", tally.runs())
               .number("files", summary.scenarios)
               .number("passed", tally.passed)
               .number("failed", tally.failed)
               .number("could_not_run", tally.could_not_run)
               .number("flaky", tally.flaky)
               .number("expected_failures", tally.expected_failures)
               .number("updated", tally.updated)
               .number("not_run", tally.not_run)
               .raw("duration_ms", to_duration(summary.duration))
               .number("exit_code", static_cast<std::uint64_t>(exit_code))
               .str() +
           '\n';
}

}  // namespace understudy::report
