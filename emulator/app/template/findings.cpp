#include "emulator/app/template/findings.hpp"

#include "emulator/source/suggestion.hpp"

#include <algorithm>
#include <tuple>

namespace understudy::app::templates {
namespace {

/// More than anyone reads; a broken file must not fill the memory with complaints.
constexpr std::size_t kMostProblems = 100;
constexpr std::size_t kMostNotices = 10'000;

}  // namespace

void Findings::fail(source::Problem problem) {
    if (problems_.size() < kMostProblems) problems_.push_back(std::move(problem));
}

void Findings::fail(const source::Node& node, std::string message) {
    fail(node.problem(source::ProblemCode::invalid, std::move(message)));
}

void Findings::fail_unknown(const source::Node& node, std::string_view word, std::string message,
                            const std::vector<std::string_view>& candidates) {
    if (failed()) return;
    fail(node.problem(source::ProblemCode::invalid, std::move(message))
             .with_hint(source::render_suggestion(word, candidates)));
}

void Findings::note(source::Problem notice) {
    std::string place = source::render_place(notice);
    const bool placed = notice.position().line != 0;
    if (notices_.size() >= kMostNotices) return;
    if (!noted_.emplace(std::move(place), placed ? std::string() : notice.message()).second) return;
    notices_.push_back(std::move(notice));
}

void Findings::note(const source::Node& node, std::string message) {
    note(node.problem(source::ProblemCode::unsupported, std::move(message)));
}

void Findings::defer(const source::Node& node, const std::string& api_id, const std::string& model,
                     const std::string& pattern) {
    if (expressions_.size() >= kMostNotices) return;
    expressions_.push_back({.api_id = api_id,
                            .model = model,
                            .pattern = pattern,
                            .place = node.problem(source::ProblemCode::unsupported, "")});
}

std::vector<source::Problem> Findings::sorted_notices(const std::string& main_file) const {
    std::vector<source::Problem> sorted = notices_;
    std::ranges::stable_sort(sorted, {}, [&main_file](const source::Problem& notice) {
        return std::tuple(notice.file() != main_file, notice.file(), notice.position().line, notice.position().column);
    });
    return sorted;
}

}  // namespace understudy::app::templates
