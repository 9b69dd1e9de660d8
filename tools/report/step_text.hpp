#pragma once

#include "emulator/source/diagnostic.hpp"
#include "tools/scenario/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::report {

/// A step of a run for people: its title, what differs with the line that expected it, both sides, the bytes where
/// they are no message, hints, the function's log and a line that repeats the call.
std::string render_step(const scenario::RunResult& run, std::size_t index, source::Colour colour);

/// The emulator's advice among the lines of a log, and the other lines.
std::vector<std::string> advice_in(const std::vector<std::string>& log);
std::vector<std::string> lines_of(const std::vector<std::string>& log);

/// `application/json` of a reply's Content-Type; empty where it has none.
std::string_view content_type_of(const scenario::Received& received);

}  // namespace understudy::report
