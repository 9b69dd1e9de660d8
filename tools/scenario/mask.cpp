#include "tools/scenario/mask.hpp"

#include "emulator/http/base64.hpp"
#include "tools/convert/json_text.hpp"

#include <algorithm>
#include <utility>

namespace understudy::scenario {

namespace {

constexpr std::string_view kMask = "***";

class Masking {
  public:
    explicit Masking(std::vector<std::string> secrets) : secrets_(std::move(secrets)) {}

    void apply(std::string& text) const { text = mask(std::move(text), secrets_); }
    void apply(std::vector<std::string>& texts) const {
        for (auto& text : texts) apply(text);
    }
    void apply(source::Problem& problem) const { problem = mask(problem, secrets_); }
    void apply(std::optional<source::Problem>& problem) const {
        if (problem) apply(*problem);
    }
    void apply(StepResult& step) const;

  private:
    std::vector<std::string> secrets_;
};

void Masking::apply(StepResult& step) const {
    for (auto* text : {&step.name, &step.subject, &step.request, &step.expected}) apply(*text);
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
    for (auto* texts : {&step.hints, &step.log, &step.events}) apply(*texts);
    for (auto& [name, json] : step.captures) apply(json);
    apply(step.problem);
    if (!step.received) return;
    for (auto& [name, value] : step.received->headers) apply(value);
    for (auto* text : {&step.received->body, &step.received->response, &step.received->undecodable}) apply(*text);
    step.received->status = {step.received->status.code(), mask(step.received->status.message(), secrets_)};
}

// The text itself, as JSON writes it, and its base64 in each of the three positions that it can have in other bytes.
std::vector<std::string> to_spellings(const std::string& secret) {
    std::vector<std::string> spellings{secret};
    const auto quoted = convert::to_quoted_text(secret);
    spellings.push_back(quoted.substr(1, quoted.size() - 2));
    for (std::size_t shift = 0; shift < 3; ++shift) {
        std::string base64;
        http::append_base64(base64, std::string(shift, '\0') + secret);
        // Digits that also hold bits of what stands before and behind are left out.
        const std::size_t begin = shift == 0 ? 0 : shift + 1;
        const std::size_t end = (8 * (shift + secret.size())) / 6;
        if (end > begin + 3) spellings.push_back(base64.substr(begin, end - begin));
    }
    return spellings;
}

}  // namespace

std::string mask(std::string text, const std::vector<std::string>& secrets) {
    for (const auto& secret : secrets) {
        for (auto at = text.find(secret); !secret.empty() && at != std::string::npos; at = text.find(secret, at)) {
            text.replace(at, secret.size(), kMask);
            at += kMask.size();
        }
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
        const auto value = variables.find(name);
        if (!value) continue;
        for (auto& spelling : to_spellings(to_inserted_text(*value))) secrets.push_back(std::move(spelling));
    }
    std::sort(secrets.begin(), secrets.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
    return secrets;
}

void mask_secrets(const Scenario& scenario, RunResult& result) {
    auto secrets = to_secret_texts(scenario.secrets, scenario.variables);
    if (secrets.empty()) return;
    const Masking masking(std::move(secrets));
    masking.apply(result.problem);
    for (auto& [name, value] : result.labels) masking.apply(value);
    for (auto& step : result.steps) masking.apply(step);
}

}  // namespace understudy::scenario
