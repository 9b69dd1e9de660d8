#pragma once

#include <chrono>
#include <string>

namespace understudy::source {

/// Appends `2026-01-13T09:05:02.043Z`: RFC 3339, to the millisecond.
void append_utc_time(std::string& out, std::chrono::sys_time<std::chrono::milliseconds> time);
std::string to_utc_time(std::chrono::sys_time<std::chrono::milliseconds> time);

/// The same to the microsecond: `2026-01-13T09:05:02.043125Z`.
void append_utc_time(std::string& out, std::chrono::sys_time<std::chrono::microseconds> time);

/// To the millisecond, of a finer time: cut off.
void append_utc_time(std::string& out, std::chrono::system_clock::time_point time);
std::string to_utc_time(std::chrono::system_clock::time_point time);

/// Appends `2026-01-13`, with that separator.
void append_date(std::string& out, std::chrono::sys_days day, char separator);

}  // namespace understudy::source
