#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::bench {

/// What a user typed.
struct Options {
    bool help = false;
    bool quick = false;             ///< Fewer rounds, no log of 1 GB.
    bool strict = false;            ///< A missed goal is an error.
    bool build = false;             ///< Also time a clean build.
    std::string source;             ///< The source tree; empty: the one that the program was built from.
    std::vector<std::string> only;  ///< Names of rows; empty: all.
    std::string problem;            ///< What is wrong with the arguments; empty where nothing is.
};

extern const std::string_view kUsage;

/// Whether the names of rows exist is not looked at.
Options parse_options(std::span<const std::string> arguments);

}  // namespace understudy::bench
