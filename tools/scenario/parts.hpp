#pragma once

#include "emulator/source/document.hpp"
#include "emulator/source/problem.hpp"
#include "tools/scenario/rows.hpp"
#include "tools/scenario/scenario.hpp"
#include "tools/scenario/variables.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::scenario {

/// A file that belongs to a scenario: its own, or an included one.
struct Part {
    source::Document document;
    std::string folder;  ///< Where its relative paths begin.

    /// The value of a key at its top; nullopt where there is none, or null.
    std::optional<source::Node> find(std::string_view key) const;
};

/// The problem of a file that could not be read, with what to do about one that is too large.
source::Problem with_remedy_of_size(const source::Problem& problem);

/// The scenario's own file last, behind what it includes, in order and each file once. Problems: files that cannot be
/// read, or include themselves.
std::vector<Part> read_parts(const source::Document& document, const std::string& folder,
                             std::vector<source::Problem>& problems);

/// How a value of the matrix is told: a text without its quotes, as JSON, each cut where it is long, or all of it.
enum class LabelForm : std::uint8_t { plain, quoted, whole };

/// One of the runs that a file asks for.
struct Variant {
    Row values;                                               ///< Of its row and its cell of the matrix.
    std::vector<std::pair<std::string, std::string>> labels;  ///< What reports call it by.
    std::size_t row = 0;                                      ///< Of its data, from 1; 0: it has none.
    /// Of the names of the matrix: the first in which no two of its values look alike.
    std::map<std::string, LabelForm, std::less<>> forms = {};
    std::set<std::string, std::less<>> fixed = {};  ///< Names of the matrix that have another value from outside.
};

/// What reports call a value that the matrix has for a name; its text where it is no plain value.
std::string to_label(source::Node value, std::string_view name, const Variant& variant);

/// The rows and the matrix of a scenario's own file, each combination once; one without values where it has neither. A
/// name of the matrix that is one of `fixed` has that value alone.
std::vector<Variant> read_variants(const Part& own, const Variables& variables, const Row& fixed,
                                   std::vector<source::Problem>& problems);

/// Gives values to the names of `vars`, in order, but for those in `fixed`. Of a name that several parts have the last
/// one's value counts, for what the others make of it too. Those that only the run can give one are announced, and
/// returned in an order in which they can be made.
std::vector<RunVariable> read_variables(const std::vector<Part>& parts, const Row& fixed, Variables& variables,
                                        std::vector<source::Problem>& problems);

/// Announces the names that steps capture.
void announce_captures(const std::vector<Part>& parts, Variables& variables);

}  // namespace understudy::scenario
