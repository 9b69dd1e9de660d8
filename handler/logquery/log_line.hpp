#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

namespace understudy::logquery {

/// How long after midnight, UTC: what a log line says of its time.
using TimeOfDay = std::chrono::milliseconds;

/// Bytes of a line that decide whether it begins with a time: `HH:mm:ss.SSS` and the one behind.
constexpr std::size_t kTimeLookahead = 13;

/// The time that `line` begins with. A digit more, or a value no clock shows, makes it another kind of text.
std::optional<TimeOfDay> parse_time(std::string_view line);

/// The parts of a message's first line, as they stand in it.
struct LogLine {
    TimeOfDay time{};
    std::string_view thread;
    std::string_view level;
    std::string_view logger;
    /// What is left behind the parts above; it ends where the line ends, also when it is empty.
    std::string_view text;
};

/// Reads `HH:mm:ss.SSS [thread] LEVEL [logger] - text`, without line end; the level may be padded, the logger bare or
/// absent. A line that leaves this form after its time keeps the rest as text, from the first part that does not fit.
/// nullopt: the line does not begin with a time, so it continues the message before it.
std::optional<LogLine> parse_log_line(std::string_view line);

}  // namespace understudy::logquery
