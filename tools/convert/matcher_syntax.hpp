#pragma once

#include "emulator/source/document.hpp"

#include <string>
#include <string_view>

namespace understudy::convert {

/// The key that stands among a mapping's own and names paths that are not compared.
inline constexpr std::string_view kIgnoreKey = "$ignore";

/// Whether a value says what another must be like, rather than what it is: a mapping whose first key begins with `$`,
/// but not with `$$`; or plain `$any`, `$present`, `$absent` or `$update`, short for `{ $any: true }`.
bool is_matcher(source::Node node);

/// Whether a matcher is met where there is nothing: `$absent`, `$any`.
bool is_met_by_nothing(source::Node matcher);

/// Whether a key is a matcher's: `$x`, but not `$$x`.
bool is_matcher_key(std::string_view key);

/// How a text is written so that nothing in it is a variable: `$${` for each `${`.
std::string escape_variables(std::string_view text);
/// How a key is written so that it is neither a matcher nor holds a variable: `$$x` for `$x`.
std::string escape_key(std::string_view key);

}  // namespace understudy::convert
