#include "tools/scenario/mask.hpp"

#include "emulator/http/base64.hpp"
#include "emulator/source/text.hpp"
#include "proto/wire/metadata.hpp"
#include "proto/wire/protocol.hpp"
#include "tools/scenario/escaped_text.hpp"
#include "tools/scenario/secret_parts.hpp"
#include "tools/scenario/secret_spellings.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <utility>

namespace understudy::scenario {

namespace {

constexpr std::string_view kMask = "***";

class Masking {
  public:
    explicit Masking(std::vector<std::string> secrets) : secrets_(std::move(secrets)) {}

    void apply(std::string& text) const { text = mask(std::move(text), secrets_); }
    void apply_to_lines(std::vector<std::string>& lines) const;
    void apply(std::vector<std::string>& texts) const {
        for (auto& text : texts) apply(text);
    }
    void apply(source::Problem& problem) const { problem = mask(problem, secrets_); }
    void apply(std::optional<source::Problem>& problem) const {
        if (problem) apply(*problem);
    }
    void apply(std::vector<std::pair<std::string, std::string>>& pairs) const {
        for (auto& [name, value] : pairs) {
            apply(name);
            apply(value);
        }
    }
    void apply_to_events(StepResult& step) const;
    void apply(Sent& sent) const;
    void hide_packed(Sent& sent) const;
    void hide_packed(StepResult& step) const;
    bool hide_in(wire::Status& status) const;
    void apply(Received& received) const;
    void apply(StepResult& step) const;
    void apply(RunResult& run) const;

  private:
    // Where a document holds a secret, reports show this text in its place.
    void hide_in(const source::Document& document, RunResult& run) const;

    std::vector<std::string> secrets_;
};

// How long a body is that holds a secret tells how long the secret is.
void hide_length(std::vector<std::pair<std::string, std::string>>& headers) {
    for (auto& [name, value] : headers) {
        if (wire::same_name(name, "Content-Length")) value = kMask;
    }
}

// The same where an event has the request's headers.
void hide_length(std::string& event) {
    static const re2::RE2 length(R"re((?i)("content-length"\s*:\s*\[?\s*")\d+)re");
    re2::RE2::GlobalReplace(&event, length, "\\1***");
}

// What cannot be masked where it stands is left out whole.
void Masking::hide_packed(Sent& sent) const {
    const auto packed = sent.packed;
    apply(sent.packed);
    if (packed == sent.packed) return;
    if (!sent.body.empty()) sent.body = kMask;
    if (const auto query = sent.target.find('?'); query != std::string::npos)
        sent.target.replace(query + 1, std::string::npos, kMask);
}

// What was compressed stands in the event again: in base64, or as a parameter of the query.
void Masking::hide_packed(StepResult& step) const {
    const Sent& sent = *step.sent;
    if (mask(sent.packed, secrets_) == sent.packed) return;
    std::vector<std::string> packed;
    if (!sent.body.empty()) packed.push_back(http::to_base64(sent.body));
    std::string_view query = sent.target;
    query.remove_prefix(std::min(query.find('?'), query.size()));
    while (!query.empty()) {
        const auto end = std::min(query.find('&'), query.size());
        const auto value = query.substr(std::min(query.find('=') + 1, end), end - std::min(query.find('=') + 1, end));
        constexpr std::size_t kShortestPacked = 16;  // Those of the protocol itself are shorter.
        if (value.size() >= kShortestPacked) packed.emplace_back(value);
        query.remove_prefix(std::min(end + 1, query.size()));
    }
    for (auto& event : step.events) event = mask(std::move(event), packed);
}

void Masking::apply_to_events(StepResult& step) const {
    const auto events = step.events;
    if (step.sent) hide_packed(step);
    for (std::size_t i = 0; i < events.size(); ++i) {
        apply(step.events[i]);
        if (step.events[i] == events[i]) continue;
        hide_length(step.events[i]);
        step.masked_events.insert(i);
    }
}

// Whether it held a secret. Details are left out where they did: they are no text.
bool Masking::hide_in(wire::Status& status) const {
    auto details = status.details();
    for (auto& detail : details) {
        if (mask(detail.value, secrets_) != detail.value) detail.value.clear();
    }
    wire::Status masked(status.code(), mask(status.message(), secrets_), std::move(details));
    const bool held = masked != status;
    status = std::move(masked);
    return held;
}

// Messages and trailers of an enveloped body need not be readable in it, and may still be read from it: it is left out
// where they held a secret. So is another body that holds one in a way that was not found.
void Masking::apply(Received& received) const {
    const auto body = received.body;
    const auto message = received.message;
    const auto response = received.response;
    const auto trailers = received.trailers;
    for (auto* text : {&received.body, &received.message, &received.response, &received.undecodable}) apply(*text);
    apply(received.headers);
    apply(received.trailers);
    const bool held = hide_in(received.status) || message != received.message || response != received.response ||
                      trailers != received.trailers;
    const auto* type = wire::find_value(received.headers, "Content-Type");
    const auto dialect = type == nullptr ? std::nullopt : wire::parse_dialect(*type);
    const bool enveloped = dialect && wire::has_envelopes(dialect->protocol);
    if (held && !body.empty() && (enveloped || body == received.body)) received.body = kMask;
    received.body_masked = received.body_masked || body != received.body;
    if (received.body_masked) hide_length(received.headers);
}

void Masking::apply(Sent& sent) const {
    const auto body = sent.body;
    const auto headers = sent.headers;
    const auto target = sent.target;
    for (auto* text : {&sent.base_url, &sent.target, &sent.body}) apply(*text);
    apply(sent.headers);
    hide_packed(sent);
    sent.masked = sent.masked || body != sent.body || headers != sent.headers || target != sent.target;
    sent.body_masked = sent.body_masked || body != sent.body;
    if (sent.body_masked) hide_length(sent.headers);
}

void Masking::apply(StepResult& step) const {
    for (auto* text : {&step.name, &step.subject, &step.request, &step.expected}) apply(*text);
    apply_to_events(step);
    if (step.sent) apply(*step.sent);
    for (auto& difference : step.differences) {
        apply(difference.expected);
        apply(difference.actual);
        apply(difference.where);
    }
    for (auto& snapshot : step.snapshots) {
        snapshot.secret = std::ranges::any_of(
            snapshot.edits, [&](const source::TextEdit& edit) { return mask(edit.text, secrets_) != edit.text; });
        if (snapshot.secret) snapshot.edits.clear();
    }
    apply(step.hints);
    apply_to_lines(step.log);
    for (auto& [name, json] : step.captures) apply(json);
    apply(step.problem);
    if (step.received) apply(*step.received);
}

void Masking::hide_in(const source::Document& document, RunResult& run) const {
    auto text = mask_source(document.text(), secrets_);
    if (text != document.text()) run.texts.emplace_back(document.name(), std::move(text));
}

void Masking::apply(RunResult& run) const {
    apply(run.scenario);
    apply(run.door);
    apply(run.labels);
    apply(run.tags);
    apply(run.problem);
    for (auto& problem : run.further_problems) apply(problem);
    if (run.expected_failure) apply(*run.expected_failure);
    for (auto& step : run.steps) apply(step);
    for (auto& [name, text] : run.texts) text = mask_source(std::move(text), secrets_);
    hide_in(run.document, run);
    for (const auto& document : run.included) hide_in(document, run);
}

// A secret of several lines is one in a log's lines, too.
void Masking::apply_to_lines(std::vector<std::string>& lines) const {
    std::string text;
    for (const auto& line : lines) text.append(line).append(1, '\n');
    const auto masked = mask(text, secrets_);
    if (masked == text) return;
    lines.clear();
    std::string_view rest = masked;
    while (!rest.empty()) {
        const auto end = std::min(rest.find('\n'), rest.size());
        lines.emplace_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
}

void add_secret(std::vector<std::string>& secrets, std::string_view json) {
    for (auto& text : to_secret_parts(json)) {
        for (auto& spelling : to_spellings(std::move(text))) secrets.push_back(std::move(spelling));
    }
}

// Replacing a part of a longer one would leave the rest of that.
void sort_by_length(std::vector<std::string>& secrets) {
    std::sort(secrets.begin(), secrets.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
}

}  // namespace

std::string mask(std::string text, const std::vector<std::string>& secrets) {
    for (const auto& secret : secrets) {
        for (auto at = text.find(secret); !secret.empty() && at != std::string::npos; at = text.find(secret, at)) {
            text.replace(at, secret.size(), kMask);
            at += kMask.size();
        }
    }
    const auto escaped = find_escaped(text, secrets);
    for (auto one = escaped.rbegin(); one != escaped.rend(); ++one)
        text.replace(one->begin, one->end - one->begin, kMask);
    return text;
}

std::string mask_source(std::string text, const std::vector<std::string>& secrets) {
    for (const auto& secret : secrets) {
        const auto stars = source::count_characters(secret);
        for (auto at = text.find(secret); !secret.empty() && at != std::string::npos; at = text.find(secret, at)) {
            text.replace(at, secret.size(), stars, '*');
            at += stars;
        }
    }
    const auto escaped = find_escaped(text, secrets);
    for (auto one = escaped.rbegin(); one != escaped.rend(); ++one) {
        const auto stars = source::count_characters(std::string_view(text).substr(one->begin, one->end - one->begin));
        text.replace(one->begin, one->end - one->begin, stars, '*');
    }
    return text;
}

source::Problem mask(const source::Problem& problem, const std::vector<std::string>& secrets) {
    return source::Problem(problem.code(), mask(problem.message(), secrets), problem.file(), problem.position())
        .with_extent(problem.extent())
        .with_hint(mask(problem.hint(), secrets))
        .with_note(mask(problem.note(), secrets));
}

std::vector<std::string> to_secret_texts(const std::vector<std::string>& names, const Variables& variables) {
    std::vector<std::string> secrets;
    for (const auto& name : names) {
        if (const auto value = variables.find(name)) add_secret(secrets, *value);
    }
    sort_by_length(secrets);
    return secrets;
}

void mask_secrets(const Scenario& scenario, RunResult& result) {
    auto secrets = to_secret_texts(scenario.secrets, scenario.variables);
    // A name may be captured more than once, and a retried step may have had another value.
    for (const auto& step : result.steps) {
        for (const auto& [name, json] : step.captures) {
            if (std::find(scenario.secrets.begin(), scenario.secrets.end(), name) != scenario.secrets.end())
                add_secret(secrets, json);
        }
    }
    if (secrets.empty()) return;
    sort_by_length(secrets);
    Masking(std::move(secrets)).apply(result);
}

}  // namespace understudy::scenario
