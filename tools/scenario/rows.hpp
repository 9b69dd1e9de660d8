#pragma once

#include "emulator/source/problem.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::scenario {

/// One row of data: names with values as JSON.
using Row = std::vector<std::pair<std::string, std::string>>;

/// CSV as RFC 4180 has it, with a line of names first; a value that looks like a number or a boolean is one, JSON that
/// begins with `{` or `[` is what it says, its commas and quotes included, another value is a text. Errors: malformed,
/// at its line: a quote that nothing closes, a row with more or fewer values than names.
source::Result<std::vector<Row>> parse_csv(std::string_view text, const std::string& name);

/// An object of JSON on each line; empty lines are left out. Errors: malformed, at its line.
source::Result<std::vector<Row>> parse_json_lines(std::string_view text, const std::string& name);

/// Where the value of a row, counted from 1, stands in a file that could be read; column 0 where only its line is
/// known, as for a name that the row has not. nullopt: there is no such row.
std::optional<source::Position> find_row_cell(std::string_view text, const std::string& file, std::size_t row,
                                              std::string_view name);

}  // namespace understudy::scenario
