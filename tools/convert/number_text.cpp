#include "tools/convert/number_text.hpp"

#include <algorithm>
#include <charconv>
#include <system_error>

namespace understudy::convert {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

std::string_view take_digits(std::string_view& text) {
    const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
    const std::string_view digits = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    text.remove_prefix(digits.size());
    return digits;
}

}  // namespace

std::optional<Decimal> parse_decimal(std::string_view text) {
    Decimal decimal;
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
        decimal.negative = text.front() == '-';
        text.remove_prefix(1);
    }
    const std::string_view whole = take_digits(text);
    if (whole.empty() || (whole.size() > 1 && whole.front() == '0')) return std::nullopt;
    decimal.digits = whole;
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        const std::string_view fraction = take_digits(text);
        if (fraction.empty()) return std::nullopt;
        decimal.digits += fraction;
        decimal.exponent = -static_cast<std::int64_t>(fraction.size());
    }
    if (text.starts_with('e') || text.starts_with('E')) {
        text.remove_prefix(1);
        if (text.starts_with('+')) {
            text.remove_prefix(1);
            if (text.starts_with('-')) return std::nullopt;
        }
        std::int32_t exponent = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), exponent);
        if (error != std::errc()) return std::nullopt;
        decimal.exponent += exponent;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    }
    if (!text.empty()) return std::nullopt;
    decimal.digits.erase(0, decimal.digits.find_first_not_of('0'));
    return decimal;
}

std::optional<std::string> whole_digits(Decimal decimal) {
    if (decimal.digits.empty()) return "0";
    while (decimal.exponent < 0 && decimal.digits.ends_with('0')) {
        decimal.digits.pop_back();
        ++decimal.exponent;
    }
    if (decimal.exponent < 0) return std::nullopt;
    constexpr std::int64_t kMostDigits = 20;  // of a uint64
    decimal.digits.append(static_cast<std::size_t>(std::min(decimal.exponent, kMostDigits)), '0');
    return decimal.digits;
}

}  // namespace understudy::convert
