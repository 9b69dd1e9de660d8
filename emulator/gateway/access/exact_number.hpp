#pragma once

#include <string>
#include <string_view>

namespace understudy::access {

/// Numbers of JSON by their texts: none is rounded, as where Java's BigDecimal reads them.
/// Preconditions: the texts are numbers by JSON's grammar. Tested by: ExactNumber.ComparesAndDividesWithoutRounding

/// Less than 0 where `left` is less than `right`, 0 where they are equal (`1.0` and `1`), else more than 0.
int compare_numbers(std::string_view left, std::string_view right);

/// Whether `number` is a whole multiple of `divisor`; nothing is one of 0.
bool is_multiple(std::string_view number, std::string_view divisor);

/// One text for each value: equal numbers have equal ones.
std::string canonical_number(std::string_view text);

/// Whether it is written without a fraction and an exponent.
bool is_written_whole(std::string_view text);

/// As BigDecimal prints it: `1.50`, `1E+3`, and whole numbers as they are written.
/// Tested by: ExactNumber.IsPrintedAsJavaDoes
std::string print_number(std::string_view text);

/// The same of a keyword's number, which the validator reads as a whole one where it is one: `1.0` becomes `1`.
std::string print_bound(std::string_view text);

}  // namespace understudy::access
