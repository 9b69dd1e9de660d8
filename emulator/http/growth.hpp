#pragma once

#include <cstddef>
#include <functional>
#include <string>

namespace understudy::http {

/// Appends what `write(to)` writes to `to`: as many bytes as it returns, `size` at most. Where the standard library can
/// (C++23), nothing is zeroed before it is written, which a body of megabytes would feel.
void append_written(std::string& text, std::size_t size, const std::function<std::size_t(char* to)>& write);

}  // namespace understudy::http
