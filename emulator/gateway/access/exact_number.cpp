#include "emulator/gateway/access/exact_number.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>

namespace understudy::access {
namespace {

/// `digits` times ten to the power of `exponent`.
struct Decimal {
    bool negative = false;
    std::string digits;  ///< Without zeros in front; empty: 0.
    std::int64_t exponent = 0;
};

/// Java knows no exponents beyond.
constexpr std::int64_t kMostExponent = INT32_MAX;

std::int64_t read_exponent(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    std::int64_t exponent = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), exponent);
    if (read.ec == std::errc::result_out_of_range) return text.starts_with('-') ? -kMostExponent : kMostExponent;
    return std::clamp(exponent, -kMostExponent, kMostExponent);
}

Decimal read_decimal(std::string_view text) {
    Decimal decimal;
    decimal.negative = text.starts_with('-');
    if (decimal.negative) text.remove_prefix(1);
    if (const auto mark = text.find_first_of("eE"); mark != std::string_view::npos) {
        decimal.exponent = read_exponent(text.substr(mark + 1));
        text = text.substr(0, mark);
    }
    const auto point = text.find('.');
    decimal.digits = text.substr(0, point);
    if (point != std::string_view::npos) {
        decimal.digits += text.substr(point + 1);
        decimal.exponent -= static_cast<std::int64_t>(text.size() - point - 1);
    }
    decimal.digits.erase(0, std::min(decimal.digits.find_first_not_of('0'), decimal.digits.size()));
    return decimal;
}

/// The same value without zeros at the end.
Decimal stripped(Decimal decimal) {
    while (decimal.digits.ends_with('0')) {
        decimal.digits.pop_back();
        ++decimal.exponent;
    }
    if (decimal.digits.empty()) return {};
    return decimal;
}

std::int64_t magnitude(const Decimal& decimal) {
    return decimal.exponent + static_cast<std::int64_t>(decimal.digits.size());
}

int compare_sizes(const Decimal& left, const Decimal& right) {
    if (left.digits.empty() || right.digits.empty()) return int{right.digits.empty()} - int{left.digits.empty()};
    if (magnitude(left) != magnitude(right)) return magnitude(left) < magnitude(right) ? -1 : 1;
    return left.digits.compare(right.digits);
}

/// What is left of `number` over `divisor`, both on the scale of the finer one, the digits taken one by one; of more
/// zeros behind them only whether anything is: a divisor of 18 digits has fewer factors of 2 and 5 than are tried.
std::uint64_t remainder(const Decimal& number, std::int64_t zeros, std::uint64_t divisor) {
    constexpr std::int64_t kEnoughZeros = 60;
    std::uint64_t rest = 0;
    for (const char digit : number.digits) rest = (rest * 10 + static_cast<std::uint64_t>(digit - '0')) % divisor;
    for (zeros = std::min(zeros, kEnoughZeros); zeros > 0 && rest != 0; --zeros) rest = rest * 10 % divisor;
    return rest;
}

std::string print_fraction(const std::string& digits, std::int64_t scale) {
    const auto fraction = static_cast<std::size_t>(scale);
    const std::string padded = std::string(fraction >= digits.size() ? fraction + 1 - digits.size() : 0, '0') + digits;
    return padded.substr(0, padded.size() - fraction) + '.' + padded.substr(padded.size() - fraction);
}

std::string print_power(const std::string& digits, std::int64_t power) {
    std::string text = digits.substr(0, 1);
    if (digits.size() > 1) text += '.' + digits.substr(1);
    return text + 'E' + (power < 0 ? "" : "+") + std::to_string(power);
}

}  // namespace

int compare_numbers(std::string_view left, std::string_view right) {
    const Decimal a = stripped(read_decimal(left));
    const Decimal b = stripped(read_decimal(right));
    if (a.negative != b.negative) return a.negative ? -1 : 1;
    return a.negative ? compare_sizes(b, a) : compare_sizes(a, b);
}

bool is_multiple(std::string_view number, std::string_view divisor) {
    const Decimal a = stripped(read_decimal(number));
    const Decimal b = stripped(read_decimal(divisor));
    if (b.digits.empty()) return false;
    if (a.digits.empty()) return true;
    const std::int64_t zeros = a.exponent - b.exponent;
    // `rest * 10` has to fit, and so has the divisor on the number's finer scale.
    constexpr std::size_t kMostDigits = 18;
    const std::int64_t shift = std::max<std::int64_t>(-zeros, 0);
    if (magnitude(a) < b.exponent) return false;
    if (b.digits.size() + static_cast<std::size_t>(shift) > kMostDigits) {
        return std::fmod(std::strtold(std::string(number).c_str(), nullptr),
                         std::strtold(std::string(divisor).c_str(), nullptr)) == 0;
    }
    const std::string scaled = b.digits + std::string(static_cast<std::size_t>(shift), '0');
    return remainder(a, zeros, std::stoull(scaled)) == 0;
}

std::string canonical_number(std::string_view text) {
    const Decimal decimal = stripped(read_decimal(text));
    return (decimal.negative ? "-" : "") + decimal.digits + 'e' + std::to_string(decimal.exponent);
}

bool is_written_whole(std::string_view text) {
    return text.find_first_of(".eE") == std::string_view::npos;
}

std::string print_number(std::string_view text) {
    if (is_written_whole(text)) return std::string(text);
    Decimal decimal = read_decimal(text);
    if (decimal.digits.empty()) decimal = {.negative = false, .digits = "0", .exponent = decimal.exponent};
    const std::int64_t power = magnitude(decimal) - 1;
    const std::string sign = decimal.negative ? "-" : "";
    if (decimal.exponent == 0) return sign + decimal.digits;
    if (decimal.exponent > 0 || power < -6) return sign + print_power(decimal.digits, power);
    return sign + print_fraction(decimal.digits, -decimal.exponent);
}

std::string print_bound(std::string_view text) {
    const Decimal decimal = stripped(read_decimal(text));
    constexpr std::int64_t kMostDigits = 18;
    if (decimal.exponent < 0 || magnitude(decimal) > kMostDigits) return print_number(text);
    if (decimal.digits.empty()) return "0";
    return (decimal.negative ? "-" : "") + decimal.digits +
           std::string(static_cast<std::size_t>(decimal.exponent), '0');
}

}  // namespace understudy::access
