#include "emulator/gateway/access/policy_date.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>
#include <system_error>

namespace understudy::access {
namespace {

using std::chrono::milliseconds;
using Moment = std::chrono::sys_time<milliseconds>;

/// Reads a date from its front. What does not fit leaves it failed.
class DateText {
  public:
    explicit DateText(std::string_view text) : rest_(text) {}

    bool ended() const { return rest_.empty(); }
    bool failed() const { return failed_; }

    bool take(char c) {
        const bool there = rest_.starts_with(c);
        if (there) rest_.remove_prefix(1);
        return there;
    }
    void require(char c) {
        if (!take(c)) failed_ = true;
    }
    /// So many digits, a number in a range.
    int number(std::size_t digits, int least, int most) {
        int value = 0;
        const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + std::min(digits, rest_.size()), value);
        const bool whole = error == std::errc() && static_cast<std::size_t>(end - rest_.data()) == digits;
        if (!whole || value < least || value > most) {
            failed_ = true;
            return least;
        }
        rest_.remove_prefix(digits);
        return value;
    }
    /// The digits behind a decimal point, the first three of them.
    milliseconds fraction() {
        milliseconds value{0};
        int worth = 100;
        const std::size_t size = std::min(rest_.find_first_not_of("0123456789"), rest_.size());
        if (size == 0) failed_ = true;
        for (const char digit : rest_.substr(0, size)) {
            value += milliseconds((digit - '0') * worth);
            worth /= 10;
        }
        rest_.remove_prefix(size);
        return value;
    }
    /// `Z`, `+01:00`: what has to be taken off for UTC.
    std::chrono::minutes zone() {
        if (take('Z')) return std::chrono::minutes(0);
        const bool ahead = take('+');
        if (!ahead) require('-');
        const std::chrono::hours hours(number(2, 0, 23));
        require(':');
        const std::chrono::minutes offset = hours + std::chrono::minutes(number(2, 0, 59));
        return ahead ? offset : -offset;
    }

  private:
    std::string_view rest_;
    bool failed_ = false;
};

std::chrono::year_month_day take_day(DateText& text) {
    const std::chrono::year year(text.number(4, 1, 9999));
    std::chrono::month month(1);
    std::chrono::day day(1);
    if (text.take('-')) month = std::chrono::month(static_cast<unsigned>(text.number(2, 1, 12)));
    if (text.take('-')) day = std::chrono::day(static_cast<unsigned>(text.number(2, 1, 31)));
    return {year, month, day};
}

milliseconds take_time_of_day(DateText& text) {
    milliseconds time = std::chrono::hours(text.number(2, 0, 23));
    text.require(':');
    time += std::chrono::minutes(text.number(2, 0, 59));
    if (text.take(':')) time += std::chrono::seconds(text.number(2, 0, 59));
    if (text.take('.')) time += text.fraction();
    return time - text.zone();
}

std::optional<Moment> parse_seconds(std::string_view text) {
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error != std::errc() || end != text.data() + text.size() || text.size() <= 4) return std::nullopt;
    // Beyond that milliseconds do not hold it: as far away is as good.
    constexpr std::int64_t kFarthest = std::numeric_limits<std::int64_t>::max() / 1000;
    return Moment(std::chrono::seconds(std::clamp(seconds, -kFarthest, kFarthest)));
}

}  // namespace

std::optional<Moment> parse_policy_date(std::string_view text) {
    constexpr std::size_t kLongest = 40;
    if (text.size() > kLongest) return std::nullopt;
    if (const auto seconds = parse_seconds(text)) return seconds;
    DateText date(text);
    const auto day = take_day(date);
    const milliseconds time = date.take('T') ? take_time_of_day(date) : milliseconds(0);
    if (date.failed() || !date.ended() || !day.ok()) return std::nullopt;
    return std::chrono::sys_days(day) + time;
}

}  // namespace understudy::access
