#include "emulator/event/time_text.hpp"

#include "emulator/source/utc_time.hpp"

#include <array>
#include <string_view>

namespace understudy::event {
namespace {

constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
constexpr std::string_view kWeekdays = "SunMonTueWedThuFriSat";

void append_digits(std::string& out, unsigned number, int width) {
    std::array<char, 10> digits;
    for (int i = width; i-- > 0; number /= 10)
        digits[static_cast<std::size_t>(i)] = static_cast<char>('0' + number % 10);
    out.append(digits.data(), static_cast<std::size_t>(width));
}

/// A moment taken apart, in UTC.
struct Civil {
    explicit Civil(std::chrono::system_clock::time_point time)
        : day(std::chrono::floor<std::chrono::days>(time)),
          date(day),
          clock(std::chrono::floor<std::chrono::seconds>(time - day)) {}

    void append_date(std::string& out, char separator) const {
        append_digits(out, static_cast<unsigned>(date.day()), 2);
        out.push_back(separator);
        out.append(kMonths.substr((static_cast<unsigned>(date.month()) - 1) * 3, 3)).push_back(separator);
        append_digits(out, static_cast<unsigned>(static_cast<int>(date.year())), 4);
    }
    void append_clock(std::string& out) const {
        append_digits(out, static_cast<unsigned>(clock.hours().count()), 2);
        out.push_back(':');
        append_digits(out, static_cast<unsigned>(clock.minutes().count()), 2);
        out.push_back(':');
        append_digits(out, static_cast<unsigned>(clock.seconds().count()), 2);
    }

    std::chrono::sys_days day;
    std::chrono::year_month_day date;
    std::chrono::hh_mm_ss<std::chrono::seconds> clock;
};

}  // namespace

std::string to_log_time(std::chrono::system_clock::time_point time) {
    const Civil civil(time);
    std::string text;
    civil.append_date(text, '/');
    text.push_back(':');
    civil.append_clock(text);
    return text += " +0000";
}

std::string to_http_date(std::chrono::system_clock::time_point time) {
    const Civil civil(time);
    std::string text(kWeekdays.substr(std::chrono::weekday(civil.day).c_encoding() * 3, 3));
    text += ", ";
    civil.append_date(text, ' ');
    text.push_back(' ');
    civil.append_clock(text);
    return text += " GMT";
}

std::string to_timestamp(std::chrono::system_clock::time_point time) {
    return source::to_utc_time(time);
}

std::int64_t to_epoch_milliseconds(std::chrono::system_clock::time_point time) {
    return std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

}  // namespace understudy::event
