#include "tools/convert/time_text.hpp"

#include <charconv>
#include <chrono>
#include <system_error>

namespace understudy::convert {
namespace {

constexpr std::int64_t kEarliest = -62'135'596'800;  // 0001-01-01T00:00:00Z
constexpr std::int64_t kLatest = 253'402'300'799;    // 9999-12-31T23:59:59Z
constexpr std::int64_t kLongest = 315'576'000'000;   // ten thousand years, as duration.proto says

bool take(std::string_view& text, char expected) {
    if (!text.starts_with(expected)) return false;
    text.remove_prefix(1);
    return true;
}

/// Digits only, `least` to `most` of them.
std::optional<std::int64_t> take_number(std::string_view& text, std::size_t least, std::size_t most) {
    std::size_t count = 0;
    while (count < text.size() && count < most && text[count] >= '0' && text[count] <= '9') ++count;
    if (count < least) return std::nullopt;
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + count, number);
    text.remove_prefix(count);
    return number;
}

std::optional<std::int64_t> take_two_digits(std::string_view& text, char before, std::int64_t most) {
    if (!take(text, before)) return std::nullopt;
    const auto number = take_number(text, 2, 2);
    return number && *number <= most ? number : std::nullopt;
}

/// `.5` as 500,000,000; 0 where there is no point.
std::optional<std::int32_t> take_nanos(std::string_view& text) {
    if (!take(text, '.')) return 0;
    const std::size_t before = text.size();
    auto nanos = take_number(text, 1, 9);
    if (!nanos) return std::nullopt;
    for (std::size_t digits = before - text.size(); digits < 9; ++digits) *nanos *= 10;
    return static_cast<std::int32_t>(*nanos);
}

/// Days from 1970-01-01 to a date that exists.
std::optional<std::int64_t> take_date(std::string_view& text) {
    const auto year = take_number(text, 4, 4);
    const auto month = year ? take_two_digits(text, '-', 12) : std::nullopt;
    const auto day = month ? take_two_digits(text, '-', 31) : std::nullopt;
    if (!day) return std::nullopt;
    const std::chrono::year_month_day date(std::chrono::year(static_cast<int>(*year)),
                                           std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day)));
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days(date).time_since_epoch().count();
}

/// `Z`, or `+hh:mm` and `-hh:mm` in seconds.
std::optional<std::int64_t> take_offset(std::string_view& text) {
    if (take(text, 'Z')) return 0;
    const bool west = text.starts_with('-');
    const auto hours = take_two_digits(text, west ? '-' : '+', 23);
    const auto minutes = hours ? take_two_digits(text, ':', 59) : std::nullopt;
    if (!minutes) return std::nullopt;
    return (*hours * 3600 + *minutes * 60) * (west ? -1 : 1);
}

}  // namespace

std::optional<SecondsAndNanos> parse_timestamp(std::string_view text) {
    const auto days = take_date(text);
    const auto hours = days ? take_two_digits(text, 'T', 23) : std::nullopt;
    const auto minutes = hours ? take_two_digits(text, ':', 59) : std::nullopt;
    const auto seconds = minutes ? take_two_digits(text, ':', 59) : std::nullopt;
    const auto nanos = seconds ? take_nanos(text) : std::nullopt;
    const auto offset = nanos ? take_offset(text) : std::nullopt;
    if (!offset || !text.empty()) return std::nullopt;
    const std::int64_t total = *days * 86400 + *hours * 3600 + *minutes * 60 + *seconds - *offset;
    if (total < kEarliest || total > kLatest) return std::nullopt;
    return SecondsAndNanos{total, *nanos};
}

std::optional<SecondsAndNanos> parse_duration(std::string_view text) {
    const std::int32_t sign = take(text, '-') ? -1 : 1;
    const auto seconds = take_number(text, 1, 12);
    const auto nanos = seconds ? take_nanos(text) : std::nullopt;
    if (!nanos || text != "s") return std::nullopt;
    const bool too_long = *seconds > kLongest || (*seconds == kLongest && *nanos > 0);
    if (too_long) return std::nullopt;
    return SecondsAndNanos{sign * *seconds, sign * *nanos};
}

}  // namespace understudy::convert
