#pragma once

#include "tools/understudy/command_words.hpp"
#include "tools/understudy/readable_command.hpp"
#include "tools/understudy/selection_options.hpp"

#include <string>
#include <vector>

namespace understudy::cli {

/// The words of `replay` as they are read.
struct ReplayWords {
    ReplayOptions options;
    FunctionWords function;
    SelectionWords selection;
    ApplicationFiles files;
    std::string template_file;
    std::string baseline;
    std::string candidate;
    std::string edge = "auto";
    std::string front = "recorded";
    bool streaming = false;
    std::string colour = "auto";
};

/// What is wrong with the words, or nothing. `command` is what stands behind `--`.
std::string finish_replay(ReplayWords& words, const IsGiven& is_given, const std::vector<std::string>& command);

}  // namespace understudy::cli
