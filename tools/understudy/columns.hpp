#pragma once

#include <cstddef>
#include <string>

namespace understudy::cli {

/// A text with spaces behind it, at least one: `width` columns where it is shorter. Tested by: Banner.*
std::string padded(std::string text, std::size_t width);

}  // namespace understudy::cli
