#include "tools/loggen/arguments.hpp"

#include "emulator/source/utc_time.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdio>
#include <limits>

namespace understudy::loggen {
namespace {

/// Whether `text` has the form of `example`, in which each 0 stands for a digit.
bool has_form(std::string_view text, std::string_view example) {
    return std::equal(text.begin(), text.end(), example.begin(), example.end(), [](char character, char wanted) {
        return wanted == '0' ? character >= '0' && character <= '9' : character == wanted;
    });
}

int to_number(std::string_view digits) {
    int value = 0;
    for (const char digit : digits) value = value * 10 + (digit - '0');
    return value;
}

/// How many bytes a unit stands for: none, `B`, `KB`, `KiB` and so on.
std::optional<std::uint64_t> to_factor(std::string_view unit) {
    std::string letters(unit);
    for (char& letter : letters) letter = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
    if (letters.empty() || letters == "B") return 1;
    std::uint64_t decimal = 1, binary = 1;
    for (const char* prefix : {"K", "M", "G", "T"}) {
        decimal *= 1000;
        binary *= 1024;
        if (letters == prefix || letters == std::string(prefix) + "B") return decimal;
        if (letters == std::string(prefix) + "IB") return binary;
    }
    return std::nullopt;
}

}  // namespace

std::optional<LogTime> parse_start(std::string_view text) {
    const bool has_time = has_form(text, "0000-00-00T00:00:00Z") || has_form(text, "0000-00-00T00:00:00.000Z");
    if (!has_time && !has_form(text, "0000-00-00")) return std::nullopt;
    const std::chrono::year_month_day date(std::chrono::year(to_number(text.substr(0, 4))),
                                           std::chrono::month(static_cast<unsigned>(to_number(text.substr(5, 2)))),
                                           std::chrono::day(static_cast<unsigned>(to_number(text.substr(8, 2)))));
    if (!date.ok() || date.year() < std::chrono::year(1)) return std::nullopt;
    LogTime time = std::chrono::sys_days(date);
    if (!has_time) return time;
    const std::chrono::hours hours(to_number(text.substr(11, 2)));
    const std::chrono::minutes minutes(to_number(text.substr(14, 2)));
    const std::chrono::seconds seconds(to_number(text.substr(17, 2)));
    if (hours.count() > 23 || minutes.count() > 59 || seconds.count() > 59) return std::nullopt;
    time += hours + minutes + seconds;
    if (text.size() > 20) time += std::chrono::milliseconds(to_number(text.substr(20, 3)));
    return time;
}

std::optional<std::uint64_t> parse_count(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number == 0) return std::nullopt;
    return number;
}

std::optional<std::uint64_t> parse_size(std::string_view text) {
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    const std::optional<std::uint64_t> number = parse_count(text.substr(0, digits));
    const std::optional<std::uint64_t> factor = to_factor(text.substr(digits));
    if (!number || !factor || *number > std::numeric_limits<std::uint64_t>::max() / *factor) return std::nullopt;
    return *number * *factor;
}

std::string to_text(LogTime time) {
    return source::to_utc_time(time);
}

}  // namespace understudy::loggen
