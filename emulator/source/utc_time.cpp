#include "emulator/source/utc_time.hpp"

#include <array>

namespace understudy::source {
namespace {

constexpr std::size_t kDateLength = 10;
/// Of `2026-01-31T23:59:59.`
constexpr std::size_t kSecondsLength = 20;

void put_padded(char* to, long long number, int width) {
    for (int i = width; i-- > 0; number /= 10) to[i] = static_cast<char>('0' + number % 10);
}

void put_date(char* to, std::chrono::sys_days day, char separator) {
    const std::chrono::year_month_day date(day);
    put_padded(to, int{date.year()}, 4);
    to[4] = separator;
    put_padded(to + 5, unsigned{date.month()}, 2);
    to[7] = separator;
    put_padded(to + 8, unsigned{date.day()}, 2);
}

/// With `digits` of the second's parts.
template <class Part>
void append_time(std::string& out, std::chrono::sys_time<Part> time, int digits) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::hh_mm_ss clock(time - day);
    std::array<char, kSecondsLength + 7> text{"0000-00-00T00:00:00.000000"};
    put_date(text.data(), day, '-');
    put_padded(&text[11], clock.hours().count(), 2);
    put_padded(&text[14], clock.minutes().count(), 2);
    put_padded(&text[17], clock.seconds().count(), 2);
    put_padded(&text[kSecondsLength], clock.subseconds().count(), digits);
    text[kSecondsLength + static_cast<std::size_t>(digits)] = 'Z';
    out.append(text.data(), kSecondsLength + static_cast<std::size_t>(digits) + 1);
}

}  // namespace

void append_date(std::string& out, std::chrono::sys_days day, char separator) {
    std::array<char, kDateLength> text;
    put_date(text.data(), day, separator);
    out.append(text.data(), text.size());
}

void append_utc_time(std::string& out, std::chrono::sys_time<std::chrono::milliseconds> time) {
    append_time(out, time, 3);
}

void append_utc_time(std::string& out, std::chrono::sys_time<std::chrono::microseconds> time) {
    append_time(out, time, 6);
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
