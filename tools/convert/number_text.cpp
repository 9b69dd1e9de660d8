#include "tools/convert/number_text.hpp"

#include <algorithm>
#include <charconv>
#include <system_error>
#include <type_traits>

namespace understudy::convert {
namespace {

/// Beyond any number that a type holds, and far from where an int64 ends.
constexpr std::int64_t kLargestExponent = std::int64_t{1} << 60;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

std::string_view take_digits(std::string_view& text) {
    const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
    const std::string_view digits = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    text.remove_prefix(digits.size());
    return digits;
}

/// What follows an `e`. False where that is no whole number.
bool take_exponent(std::string_view& text, Decimal& decimal) {
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+')) text.remove_prefix(1);
    const std::string_view digits = take_digits(text);
    if (digits.empty()) return false;
    std::int64_t exponent = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
    decimal.exact = read.ec == std::errc() && exponent <= kLargestExponent;
    if (!decimal.exact) exponent = kLargestExponent;
    decimal.exponent += negative ? -exponent : exponent;
    return true;
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
        if (!take_exponent(text, decimal)) return std::nullopt;
    }
    if (!text.empty()) return std::nullopt;
    decimal.digits.erase(0, decimal.digits.find_first_not_of('0'));
    return decimal;
}

std::string to_json_number(std::string_view plain) {
    const bool negative = plain.starts_with('-');
    std::string_view rest = plain.substr(negative || plain.starts_with('+') ? 1 : 0);
    const std::string_view whole = take_digits(rest);
    std::string number = negative ? "-" : "";
    number += whole.empty() ? "0" : whole;
    std::string_view fraction;
    if (rest.starts_with('.')) {
        rest.remove_prefix(1);
        fraction = take_digits(rest);
        if (!fraction.empty()) number.append(1, '.').append(fraction);
    }
    const bool ends_there = rest.empty() || rest.front() == 'e' || rest.front() == 'E';
    number += rest;
    const bool is_number = !(whole.empty() && fraction.empty()) && ends_there && parse_decimal(number);
    return is_number ? number : std::string(plain);
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

template <class T>
NumberFit read_whole(std::string_view text, T& number) {
    const auto decimal = parse_decimal(text);
    const auto digits = decimal ? whole_digits(*decimal) : std::nullopt;
    if (!digits) return NumberFit::no_number;
    const bool below_zero = decimal->negative && *digits != "0";
    if (below_zero && std::is_unsigned_v<T>) return NumberFit::out_of_range;
    const std::string whole = (below_zero ? "-" : "") + *digits;
    const auto read = std::from_chars(whole.data(), whole.data() + whole.size(), number);
    return read.ec == std::errc() ? NumberFit::fits : NumberFit::out_of_range;
}

template <class T>
NumberFit read_floating(std::string_view text, T& number) {
    const auto decimal = parse_decimal(text);
    if (!decimal) return NumberFit::no_number;
    if (text.starts_with('+')) text.remove_prefix(1);
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec == std::errc()) return NumberFit::fits;
    const bool large = static_cast<std::int64_t>(decimal->digits.size()) + decimal->exponent > 0;
    if (large && !decimal->digits.empty()) return NumberFit::out_of_range;
    number = decimal->negative ? -T{0} : T{0};
    return NumberFit::fits;
}

template NumberFit read_whole(std::string_view, std::int32_t&);
template NumberFit read_whole(std::string_view, std::int64_t&);
template NumberFit read_whole(std::string_view, std::uint32_t&);
template NumberFit read_whole(std::string_view, std::uint64_t&);
template NumberFit read_floating(std::string_view, float&);
template NumberFit read_floating(std::string_view, double&);

}  // namespace understudy::convert
