#pragma once

#include "emulator/source/document.hpp"
#include "emulator/source/problem.hpp"

#include <iosfwd>
#include <optional>
#include <string>

namespace understudy::match {

/// What stands in a difference for a value that is not there. No JSON text is that.
inline constexpr char kAbsent[] = "absent";

/// One thing that is not as it was expected, and the place that expected it.
struct Difference {
    std::string path;       ///< `messages[2].level`, `counts["a"]`, or empty for the value as a whole.
    std::string expected;   ///< As JSON, `kAbsent`, or what a matcher asks for: `a text that matches /^a/`.
    std::string actual;     ///< As JSON, or `kAbsent`.
    source::Problem where;  ///< Says it in a sentence; without a position where nothing written expected it.

    friend bool operator==(const Difference&, const Difference&) = default;
};

/// Makes the sentence that reports show: `found: expected true, got false`.
Difference make_difference(std::string path, std::string expected, std::string actual,
                           std::optional<source::Node> node);

/// The same as a part of something: `response` and `found` become `response.found`.
Difference with_prefix(Difference difference, const std::string& prefix);

std::ostream& operator<<(std::ostream& out, const Difference& difference);

}  // namespace understudy::match
