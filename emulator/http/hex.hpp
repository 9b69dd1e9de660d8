#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace understudy::http {

/// Appends the last `digits` hexadecimal digits of a number, lower case. Preconditions: at most 16.
void append_hex(std::string& out, std::uint64_t value, unsigned digits);

/// Two lower-case digits for each byte.
std::string to_hex(std::string_view bytes);

}  // namespace understudy::http
