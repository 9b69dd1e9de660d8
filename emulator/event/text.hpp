#pragma once

#include <string>
#include <string_view>

namespace understudy::event {

/// ASCII letters in lower case, all else as it is.
std::string to_lower(std::string_view text);
char to_lower(char c);

/// Without spaces and tabs at either end.
std::string_view trim(std::string_view text);

/// Whether `left` sorts before `right`, ASCII letters without case.
bool sorts_before(std::string_view left, std::string_view right);

}  // namespace understudy::event
