#pragma once

#include "tools/loggen/random.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace understudy::loggen {

/// Appends `HH:mm:ss.SSS [thread] LEVEL logger - `, the level padded to five letters as logback's `%-5level` does.
void append_head(std::string& out, std::chrono::milliseconds time_of_day, std::string_view thread,
                 std::string_view level, std::string_view logger);

/// Appends a message without its line end: the shares of levels, the lengths, the characters and the instances of the
/// pattern are those of LogFileGenerator (github.com/0x1DOCD00D/LogFileGenerator, application.conf):
/// - 1 % ERROR, 19 % WARN, 10 % DEBUG, 70 % INFO;
/// - 10 to 50 characters of ASCII 32 to 126;
/// - in 7 % of the messages, somewhere, `([a-c][e-g][0-3]|[A-Z][5-9][f-w]){5,15}`.
void append_message(std::string& out, std::chrono::milliseconds time_of_day, Random& random);

}  // namespace understudy::loggen
