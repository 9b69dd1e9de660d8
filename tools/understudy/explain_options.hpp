#pragma once

#include "tools/understudy/explain.hpp"

#include <string>
#include <vector>

namespace understudy::cli {

/// The words of `explain` as they are read.
struct ExplainWords {
    ExplainOptions options;
    std::vector<std::string> headers;
    std::vector<std::string> fronts;
    std::string output = "text";
    std::string profile = "aws";
    bool streaming = false;
};

/// What is wrong with a word, or nothing.
std::string check_header(const std::string& word);

/// Puts the checked words together.
ExplainOptions to_explain_options(const ExplainWords& words);

}  // namespace understudy::cli
