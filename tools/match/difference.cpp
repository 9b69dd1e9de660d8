#include "tools/match/difference.hpp"

#include <ostream>
#include <utility>

namespace understudy::match {

Difference make_difference(std::string path, std::string expected, std::string actual,
                           std::optional<source::Node> node) {
    auto sentence = (path.empty() ? "" : path + ": ") + "expected " + expected + ", got " + actual;
    auto where = node ? node->problem(source::ProblemCode::invalid, std::move(sentence))
                      : source::Problem(source::ProblemCode::invalid, std::move(sentence));
    return {std::move(path), std::move(expected), std::move(actual), std::move(where)};
}

Difference with_prefix(Difference difference, const std::string& prefix) {
    const bool dot = !difference.path.empty() && !difference.path.starts_with('[');
    const auto& where = difference.where;
    auto path = prefix + (dot ? "." : "") + difference.path;
    source::Problem moved(where.code(), path + ": expected " + difference.expected + ", got " + difference.actual,
                          where.file(), where.position());
    return {std::move(path), std::move(difference.expected), std::move(difference.actual),
            std::move(moved).with_extent(where.extent())};
}

std::ostream& operator<<(std::ostream& out, const Difference& difference) {
    return out << difference.where;
}

}  // namespace understudy::match
