#pragma once

#include "emulator/source/problem.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::init {

/// What a new project calls its things.
struct ProjectNames {
    std::string function;  ///< `hello-fn`
    std::string package;   ///< Of its messages: `hello_fn`.
    std::string service;   ///< `HelloFn`

    friend bool operator==(const ProjectNames&, const ProjectNames&) = default;
};

/// The names that follow from a folder's: letters, digits, `-` and `_` stay, what else there is becomes `-`.
/// Errors: invalid where there is no letter to begin with.
source::Result<ProjectNames> to_names(std::string_view folder);

/// A file of a project, its path below the project's folder.
struct ProjectFile {
    std::string path;
    std::string text;
};

/// The languages that there are projects for.
std::span<const std::string_view> languages();

/// A working function in that language, with its messages and its scenario.
/// Preconditions: `language` is one of `languages()`.
std::vector<ProjectFile> make_project(std::string_view language, const ProjectNames& names);

}  // namespace understudy::init
