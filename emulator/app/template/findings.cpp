#include "emulator/app/template/findings.hpp"

#include "emulator/source/suggestion.hpp"

#include <algorithm>
#include <tuple>

namespace understudy::app::templates {
namespace {

/// More than anyone reads; a broken file must not fill the memory with complaints.
constexpr std::size_t kMostProblems = 1'000;
constexpr std::size_t kMostNotices = 10'000;

/// What is told once: a place, or words that have none.
std::pair<std::string, std::string> to_key(const source::Problem& problem) {
    return {source::render_place(problem), problem.position().line != 0 ? std::string() : problem.message()};
}

std::vector<source::Problem> sort_by_line(std::vector<source::Problem> problems, const std::string& main_file) {
    std::ranges::stable_sort(problems, {}, [&main_file](const source::Problem& problem) {
        return std::tuple(problem.file() != main_file, problem.file(), problem.position().line,
                          problem.position().column);
    });
    return problems;
}

}  // namespace

bool Findings::has_room() const {
    return !gave_up_ && problems_.size() < kMostProblems;
}

bool Findings::is_new(const source::Problem& problem) const {
    return has_room() && !failed_.contains(to_key(problem));
}

void Findings::fail(source::Problem problem) {
    if (!is_new(problem)) return;
    gave_up_ = problem.code() == source::ProblemCode::too_large;
    failed_.insert(to_key(problem));
    problems_.push_back(std::move(problem));
}

void Findings::fail(const source::Node& node, std::string message) {
    fail(node.problem(source::ProblemCode::invalid, std::move(message)));
}

void Findings::fail(const Value& value, std::string message, const std::optional<source::Node>& otherwise) {
    if (value.is_unknown()) return;
    const auto& place = value.node ? value.node : otherwise;
    if (place) fail(*place, std::move(message));
}

bool Findings::has_wrong_key(const Value& map) const {
    return std::ranges::any_of(map.members, [this](const Entry& entry) {
        return entry.node && failed_.contains(to_key(entry.node->problem(source::ProblemCode::invalid, "")));
    });
}

void Findings::fail_required(const Value& map, std::string_view key, std::string message,
                             const source::Node& otherwise) {
    const Value& member = map.get(key);
    if (member.present()) return fail(member, std::move(message), otherwise);
    source::Problem problem = otherwise.problem(source::ProblemCode::invalid, std::move(message));
    if (has_wrong_key(map) || !has_room()) return;
    // Several members may be missing at one place: each is told once.
    if (failed_.emplace(source::render_place(problem), key).second) problems_.push_back(std::move(problem));
}

void Findings::fail_unknown(const source::Node& node, std::string_view word, std::string message,
                            const std::vector<std::string_view>& candidates) {
    source::Problem problem = node.problem(source::ProblemCode::invalid, std::move(message));
    if (is_new(problem)) fail(std::move(problem).with_hint(source::render_suggestion(word, candidates)));
}

void Findings::note(source::Problem notice) {
    if (notices_.size() >= kMostNotices || !noted_.insert(to_key(notice)).second) return;
    notices_.push_back(std::move(notice));
}

void Findings::note(const source::Node& node, std::string message) {
    note(node.problem(source::ProblemCode::unsupported, std::move(message)));
}

void Findings::compile_later(const source::Node& node, Expression expression) {
    if (expressions_.size() >= kMostNotices) return;
    expression.place = node.problem(source::ProblemCode::unsupported, "");
    expressions_.push_back(std::move(expression));
}

void Findings::compile_token_pattern(const Value& expression, const std::string& pattern) {
    if (expression.node) compile_later(*expression.node, {.of = Expression::Of::token, .pattern = pattern});
}

source::Problems Findings::sorted_problems(const std::string& main_file) const {
    return sort_by_line(problems_, main_file);
}

std::vector<source::Problem> Findings::sorted_notices(const std::string& main_file) const {
    return sort_by_line(notices_, main_file);
}

void note_overridden(const source::Document& document, Findings& findings) {
    for (const auto& [key, by] : document.overridden()) {
        const std::string again = source::render_place(by.problem(source::ProblemCode::none, {}));
        findings.note(key.problem(
            source::ProblemCode::invalid,
            "the key '" + std::string(key.text()) + "' is given again at " + again + ", and AWS takes the last"));
    }
}

}  // namespace understudy::app::templates
