#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace understudy::convert {

/// A decimal number in parts: its value is ±digits × 10^exponent, without a zero at the begin of the digits.
struct Decimal {
    bool negative = false;
    std::string digits;
    std::int64_t exponent = 0;
    bool exact = true;  ///< False where the exponent that is written is further from 0 than `exponent` is.
};

/// `[+-]digits[.digits][e[+-]digits]`, no zero before other digits: JSON's numbers, and YAML's `+1`.
/// Source: RFC 8259, 6, which sets no bound to exponents  Tested by: NumberText.AnExponentMayBeAsLargeAsOneLikes
std::optional<Decimal> parse_decimal(std::string_view text);

/// A plain number of YAML as JSON spells it: `.5` is `0.5`, `-5.` is `-5` and `+1` is `1`; other text as it is.
/// Source: YAML 1.2.2, 10.3.2  Tested by: NumberText.ANumberOfYamlIsSpelledAsJsonHasIt
std::string to_json_number(std::string_view plain);

/// The digits of a decimal that is whole, without sign and exponent: exact, and at least 20 of them where it is too
/// large for every integer type.
std::optional<std::string> whole_digits(Decimal decimal);

/// How a text is taken as a number of a type.
enum class NumberFit : std::uint8_t { fits, no_number, out_of_range };

/// Reads a decimal that is whole, `1.0` and `1e3` too, as a std::int32_t, std::int64_t, std::uint32_t or std::uint64_t.
/// Where it does not fit, `number` is unspecified; a decimal that is not whole is no number.
/// Tested by: NumberText.AWholeNumberFitsItsTypeOrDoesNot
template <class T>
NumberFit read_whole(std::string_view text, T& number);
/// The same for a float or a double: too large is out of range, too small is 0.
/// Tested by: NumberText.AFloatingNumberThatIsTooSmallIsZero
template <class T>
NumberFit read_floating(std::string_view text, T& number);

}  // namespace understudy::convert
