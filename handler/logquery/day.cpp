#include "handler/logquery/day.hpp"

#include <charconv>

namespace understudy::logquery {
namespace {

constexpr std::string_view kPrefix = "LogFileGenerator.";
constexpr std::string_view kSuffix = ".log";

/// The number of a text that holds digits only.
std::optional<unsigned> parse_number(std::string_view digits) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return value;
}

std::string to_padded(unsigned value, std::size_t width) {
    const std::string digits = std::to_string(value);
    return std::string(width - digits.size(), '0') + digits;
}

}  // namespace

std::optional<Day> parse_file_name(std::string_view name) {
    if (name.size() != kPrefix.size() + 10 + kSuffix.size()) return std::nullopt;
    if (!name.starts_with(kPrefix) || !name.ends_with(kSuffix)) return std::nullopt;
    const std::string_view date = name.substr(kPrefix.size(), 10);
    if (date[4] != '-' || date[7] != '-') return std::nullopt;
    const auto year = parse_number(date.substr(0, 4)), month = parse_number(date.substr(5, 2)),
               day = parse_number(date.substr(8, 2));
    if (!year || !month || !day || *year == 0) return std::nullopt;
    const std::chrono::year_month_day calendar(std::chrono::year(static_cast<int>(*year)), std::chrono::month(*month),
                                               std::chrono::day(*day));
    if (!calendar.ok()) return std::nullopt;
    return Day(calendar);
}

std::string to_file_name(Day day) {
    const std::chrono::year_month_day calendar(day);
    std::string name(kPrefix);
    name += to_padded(static_cast<unsigned>(static_cast<int>(calendar.year())), 4);
    name += '-' + to_padded(static_cast<unsigned>(calendar.month()), 2);
    name += '-' + to_padded(static_cast<unsigned>(calendar.day()), 2);
    name += kSuffix;
    return name;
}

}  // namespace understudy::logquery
