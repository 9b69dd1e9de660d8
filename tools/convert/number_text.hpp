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
};

/// `[+-]digits[.digits][e[+-]digits]`, no zero before other digits: JSON's numbers, and YAML's `+1`.
std::optional<Decimal> parse_decimal(std::string_view text);

/// The digits of a decimal that is whole, without sign and exponent: exact, and at least 20 of them where it is too
/// large for every integer type.
std::optional<std::string> whole_digits(Decimal decimal);

}  // namespace understudy::convert
