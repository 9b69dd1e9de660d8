#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace understudy::logquery {

/// A day of the calendar, UTC.
using Day = std::chrono::sys_days;

/// The day of a log file, by its name without folder: `LogFileGenerator.2026-01-05.log`. nullopt: no log file's name;
/// the days are those of a Timestamp, years 0001 to 9999.
std::optional<Day> parse_file_name(std::string_view name);

/// The name of the file that holds a day's messages.
/// Preconditions: a day of the years 0001 to 9999.
std::string to_file_name(Day day);

}  // namespace understudy::logquery
