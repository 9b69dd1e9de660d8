#pragma once

#include <cstddef>
#include <string_view>

namespace understudy::test {

/// How often a text holds these words.
inline std::size_t count_of(std::string_view text, std::string_view words) {
    std::size_t count = 0;
    for (auto at = text.find(words); at != std::string_view::npos; at = text.find(words, at + 1)) ++count;
    return count;
}

}  // namespace understudy::test
