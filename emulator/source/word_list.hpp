#pragma once

#include <span>
#include <string>
#include <string_view>

namespace understudy::source {

/// Words as a sentence has them: `auto, always or never`. `last_joint`: `or`, `and`. Tested by:
/// WordList.ReadsAsASentence
std::string render_list(std::span<const std::string_view> words, std::string_view last_joint);

}  // namespace understudy::source
