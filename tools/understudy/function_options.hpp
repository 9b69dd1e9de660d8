#pragma once

#include "tools/understudy/command_spec.hpp"
#include "tools/understudy/command_words.hpp"

#include <vector>

namespace understudy::cli {

/// The options of every command that runs a function by its command. Adds the function to the application.
std::vector<OptionSpec> function_options(FunctionOptions& options, FunctionWords& words);

/// A check that is one of option_checks.hpp.
template <class Check>
WordCheck to_check(Check check) {
    return [check](const std::string& word) { return check(word); };
}

}  // namespace understudy::cli
