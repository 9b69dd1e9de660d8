#pragma once

#include <string_view>

namespace understudy::record {

/// What a line of the packaged recorder begins with in a function's log:
/// `UNDERSTUDY <name> <part>/<parts> <piece of a line of a recording>`.
inline constexpr std::string_view kLogMark = "UNDERSTUDY ";

}  // namespace understudy::record
