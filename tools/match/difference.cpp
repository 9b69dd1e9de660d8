#include "tools/match/difference.hpp"

#include "tools/match/value.hpp"

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
    const bool bracket = difference.path.starts_with('[');
    const bool extension = bracket && is_extension_name(difference.path.substr(0, difference.path.find(']') + 1));
    const bool dot = !difference.path.empty() && (!bracket || extension);
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
