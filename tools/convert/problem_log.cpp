#include "tools/convert/problem_log.hpp"

#include "tools/convert/scalar.hpp"
#include "tools/convert/well_known.hpp"

#include <algorithm>
#include <utility>

namespace understudy::convert {

using source::Node;
using source::Problem;
using source::ProblemCode;
using source::Result;

namespace {

/// More problems than anybody reads.
constexpr std::size_t kMostProblems = 100;

}  // namespace

void ProblemLog::add(Problem problem) {
    if (problems_.size() < kMostProblems) problems_.push_back(std::move(problem));
}

void ProblemLog::refuse(Node node, Problem problem, std::string_view type) {
    if (node.is_mapping() && !node.members().empty()) {
        const auto key = to_map_key_text(node.members().front().key);
        if (!key) return add(key.error());  // a matcher in the place of a value
    }
    const std::string place = path_.text().empty() ? "expected " : path_.text() + " is ";
    add(std::move(problem).with_note(place + std::string(type)));
}

void ProblemLog::refuse_shape(Node node, std::string_view shape, std::string hint, std::string_view type) {
    Problem problem = node.problem(ProblemCode::invalid, quote(node) + " is not " + std::string(shape));
    refuse(node, std::move(problem).with_hint(std::move(hint)), type);
}

void ProblemLog::check(Node node, const Result<void>& result, std::string_view type) {
    if (!result) refuse(node, result.error(), type);
}

std::vector<Problem> ProblemLog::take() && {
    std::stable_sort(problems_.begin(), problems_.end(), [](const Problem& a, const Problem& b) {
        return std::pair(a.position().line, a.position().column) < std::pair(b.position().line, b.position().column);
    });
    return std::move(problems_);
}

}  // namespace understudy::convert
