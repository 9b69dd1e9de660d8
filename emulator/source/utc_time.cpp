#include "emulator/source/utc_time.hpp"

namespace understudy::source {
namespace {

void append_padded(std::string& out, long long number, std::size_t width) {
    const std::string digits = std::to_string(number);
    if (digits.size() < width) out.append(width - digits.size(), '0');
    out += digits;
}

}  // namespace

void append_date(std::string& out, std::chrono::sys_days day, char separator) {
    const std::chrono::year_month_day date(day);
    append_padded(out, int{date.year()}, 4);
    out += separator;
    append_padded(out, unsigned{date.month()}, 2);
    out += separator;
    append_padded(out, unsigned{date.day()}, 2);
}

void append_utc_time(std::string& out, std::chrono::sys_time<std::chrono::milliseconds> time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::hh_mm_ss clock(time - day);
    append_date(out, day, '-');
    out += 'T';
    append_padded(out, clock.hours().count(), 2);
    out += ':';
    append_padded(out, clock.minutes().count(), 2);
    out += ':';
    append_padded(out, clock.seconds().count(), 2);
    out += '.';
    append_padded(out, clock.subseconds().count(), 3);
    out += 'Z';
}

std::string to_utc_time(std::chrono::sys_time<std::chrono::milliseconds> time) {
    std::string text;
    append_utc_time(text, time);
    return text;
}

void append_utc_time(std::string& out, std::chrono::system_clock::time_point time) {
    append_utc_time(out, std::chrono::floor<std::chrono::milliseconds>(time));
}

std::string to_utc_time(std::chrono::system_clock::time_point time) {
    return to_utc_time(std::chrono::floor<std::chrono::milliseconds>(time));
}

}  // namespace understudy::source
