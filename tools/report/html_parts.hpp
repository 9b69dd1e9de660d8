#pragma once

#include "tools/scenario/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace understudy::report {

/// Text as it may stand in a page, between tags and in attributes; what cannot be shown is `\x1b`. At most
/// `kLongestPart` bytes of it.
inline constexpr std::size_t kLongestPart = 200'000;
std::string to_html(std::string_view text);

/// The element of a step of a run.
std::string render_step_element(const scenario::RunResult& run, std::size_t index);

/// The page's style sheet.
std::string_view style_sheet();

}  // namespace understudy::report
