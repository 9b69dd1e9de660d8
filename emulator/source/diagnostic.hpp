#pragma once

#include "emulator/source/problem.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace understudy::source {

/// Whether a text for people is coloured, with the escapes that terminals know.
enum class Colour : std::uint8_t { none, ansi };

/// A problem for people, ending in a line break: what, where, the line with a caret under the problem's extent and its
/// hint, and its note. `text` is the text the problem's position counts in.
///
///     error: unknown key 'fronst' in a scenario
///       --> scenarios/a.yaml:3:3
///        |
///      3 |   fronst: [http]
///        |   ^^^^^^ did you mean 'fronts'?
///        = note: a scenario has the keys name, fronts, steps
///
/// A problem without a position is shown without the lines between. A long line is cut around the caret.
std::string render_diagnostic(const Problem& problem, std::string_view text, Colour colour);

/// Problems for people, the first 20 of them, with an empty line between two; where there are several, the last line
/// says how many. `text_of` gives the text of a file, empty where it is not known.
std::string render_diagnostics(const Problems& problems,
                               const std::function<std::string_view(const std::string& file)>& text_of, Colour colour);

}  // namespace understudy::source
