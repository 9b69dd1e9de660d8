#include "emulator/record/instant.hpp"

#include "emulator/source/utc_time.hpp"

#include <charconv>
#include <cstdint>

namespace understudy::record {
namespace {

std::optional<unsigned> parse_digits(std::string_view text, std::size_t begin, std::size_t count) {
    if (text.size() < begin + count) return std::nullopt;
    unsigned value = 0;
    const char* first = text.data() + begin;
    const auto [end, error] = std::from_chars(first, first + count, value);
    if (error != std::errc() || end != first + count) return std::nullopt;
    return value;
}

/// `Z` or `+01:00`, in minutes to the east.
std::optional<int> parse_zone(std::string_view text) {
    if (text == "Z" || text == "z") return 0;
    const auto hours = parse_digits(text, 1, 2), minutes = parse_digits(text, 4, 2);
    if (!hours || !minutes || text.size() != 6 || text[3] != ':' || (text[0] != '+' && text[0] != '-') || *hours > 23 ||
        *minutes > 59)
        return std::nullopt;
    const int offset = static_cast<int>(*hours * 60 + *minutes);
    return text[0] == '-' ? -offset : offset;
}

}  // namespace

std::optional<std::chrono::microseconds> parse_instant(std::string_view text) {
    const auto year = parse_digits(text, 0, 4), month = parse_digits(text, 5, 2), day = parse_digits(text, 8, 2);
    const auto hour = parse_digits(text, 11, 2), minute = parse_digits(text, 14, 2), second = parse_digits(text, 17, 2);
    if (!year || !month || !day || !hour || !minute || !second || text[4] != '-' || text[7] != '-' ||
        (text[10] != 'T' && text[10] != 't') || text[13] != ':' || text[16] != ':')
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)), std::chrono::month(*month),
                                           std::chrono::day(*day)};
    if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
    std::size_t at = 19;
    std::int64_t fraction = 0, unit = 1'000'000;
    if (at < text.size() && text[at] == '.') {
        for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
            unit /= 10;
            fraction += unit * (text[at] - '0');
        }
    }
    const auto zone = parse_zone(text.substr(at));
    if (!zone) return std::nullopt;
    return std::chrono::sys_days(date).time_since_epoch() + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
           std::chrono::seconds(*second) - std::chrono::minutes(*zone) + std::chrono::microseconds(fraction);
}

std::string to_instant_text(std::chrono::microseconds instant) {
    return source::to_utc_time(
        std::chrono::floor<std::chrono::milliseconds>(std::chrono::sys_time<std::chrono::microseconds>(instant)));
}

}  // namespace understudy::record
