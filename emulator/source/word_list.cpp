#include "emulator/source/word_list.hpp"

#include <cstddef>

namespace understudy::source {

std::string render_list(std::span<const std::string_view> words, std::string_view last_joint) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0 && i + 1 < words.size()) text += ", ";
        if (i > 0 && i + 1 == words.size()) text.append(" ").append(last_joint).append(" ");
        text += words[i];
    }
    return text;
}

}  // namespace understudy::source
