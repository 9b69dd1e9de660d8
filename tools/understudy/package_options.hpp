#pragma once

#include "tools/package/elf.hpp"

#include <optional>
#include <string>
#include <vector>

namespace understudy::cli {

/// The runtime that a function is to be started in.
struct RuntimeOptions {
    std::string runtime = "provided.al2023";
    std::optional<package::Machine> machine;  ///< None: what the program is built for.
};

/// `understudy check PATH`
struct CheckOptions {
    std::string path;  ///< A program, a folder or a zip file.
    RuntimeOptions runtime;
    bool json = false;
};

/// `understudy package PROGRAM [FILE…] -o ZIP`
struct PackageOptions {
    std::string program;  ///< A program or a folder; empty for a layer.
    std::vector<std::string> others;
    std::string zip;
    RuntimeOptions runtime;
    bool records = false;
    bool is_layer = false;
    std::string recorder;  ///< The recorder's file; empty: the one in this program.
};

}  // namespace understudy::cli
