#include "emulator/source/utc_time.hpp"

#include <array>

namespace understudy::source {
namespace {

void append_padded(std::string& out, long long number, std::size_t width) {
    const std::string digits = std::to_string(number);
    if (digits.size() < width) out.append(width - digits.size(), '0');
    out += digits;
}

void put_padded(char* to, long long number, int width) {
    for (int i = width; i-- > 0; number /= 10) to[i] = static_cast<char>('0' + number % 10);
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

// Every exchange of a recording has one, so it is written in one piece.
void append_utc_time(std::string& out, std::chrono::sys_time<std::chrono::microseconds> time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);
    std::array<char, 27> text{"0000-00-00T00:00:00.000000"};
    text.back() = 'Z';
    put_padded(&text[0], int{date.year()}, 4);
    put_padded(&text[5], unsigned{date.month()}, 2);
    put_padded(&text[8], unsigned{date.day()}, 2);
    put_padded(&text[11], clock.hours().count(), 2);
    put_padded(&text[14], clock.minutes().count(), 2);
    put_padded(&text[17], clock.seconds().count(), 2);
    put_padded(&text[20], clock.subseconds().count(), 6);
    out.append(text.data(), text.size());
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
