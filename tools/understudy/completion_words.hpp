#pragma once

#include "tools/understudy/command_spec.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace understudy::cli {

/// What completions say of an option.
struct CompletionWords {
    std::vector<std::string> names;    ///< With their dashes, the short ones too; none for an argument.
    bool takes_value = false;          ///< A word behind it.
    bool repeats = false;              ///< It may be given more than once.
    std::vector<std::string> choices;  ///< Of that word, where they are known.
    bool is_file = false;              ///< That word names a file, or begins a command; no choices then.
    std::string help;                  ///< One line; of what the help leaves out, what the word is called.
};

CompletionWords to_completion_words(const OptionSpec& option);

/// What a command does, without how it is called.
std::string short_summary(const CommandSpec& command);

}  // namespace understudy::cli
