#pragma once

#include <string>
#include <string_view>

namespace understudy::event {

/// ASCII letters in lower case, all else as it is.
std::string to_lower(std::string_view text);
constexpr char to_lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
/// The reverse.
constexpr char to_upper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

/// A header name as `X-My-Header`.
std::string canonical_name(std::string_view name);

/// Without spaces and tabs at either end.
std::string_view trim(std::string_view text);

/// Whether `left` sorts before `right`, ASCII letters without case.
bool sorts_before(std::string_view left, std::string_view right);

}  // namespace understudy::event
