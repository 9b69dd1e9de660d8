#pragma once

#include <climits>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::recorder {

/// The longest log line, its LF included: what a pipe takes whole, whatever else is written into it at the same time,
/// and without a wait.
inline constexpr std::size_t kLongestLogLine = PIPE_BUF;

/// Log lines `UNDERSTUDY <name> <part>/<parts> <piece>`, LF included, whose pieces joined are `line`. Parts count from
/// 1; no piece cuts a character of UTF-8, or begins or ends in a blank that a log could lose. Preconditions: `name`
/// holds no blank and is shorter than 200 bytes; `line` holds no LF; `longest` is at least 300.
std::vector<std::string> to_log_lines(std::string_view name, std::string_view line,
                                      std::size_t longest = kLongestLogLine);

}  // namespace understudy::recorder
