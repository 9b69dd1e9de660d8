#pragma once

#include <string>
#include <string_view>

namespace understudy::source {

/// `text` between single quotes, as shells read it.
std::string quote_for_shell(std::string_view text);

/// The same; without quotes where no character has a meaning to a shell.
std::string to_shell_word(std::string_view text);

}  // namespace understudy::source
