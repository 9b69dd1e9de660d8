#pragma once

#include "tools/match/difference.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::report {

/// JSON on several lines, two blanks a level. What is no JSON, as the words of matchers are not, is taken as it is.
std::string to_pretty(std::string_view json);

/// What a line of a diff is.
enum class Side : std::uint8_t {
    both,
    expected,  ///< Expected, and not there.
    received,  ///< There, and not expected.
    met,       ///< Not the text that is expected, and as it should be: a matcher is met, or nothing was asked.
};

struct DiffLine {
    Side side = Side::both;
    std::string text;

    friend bool operator==(const DiffLine&, const DiffLine&) = default;
};

/// Both sides of a comparison, line by line: texts as `to_pretty` writes them, and what was found to differ. Where
/// both are long and have little in common, all of one stands before all of the other.
std::vector<DiffLine> to_line_diff(std::string_view expected, std::string_view received,
                                   std::span<const match::Difference> differences);

}  // namespace understudy::report
