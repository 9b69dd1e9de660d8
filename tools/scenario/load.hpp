#pragma once

#include "emulator/source/problem.hpp"
#include "tools/scenario/descriptors.hpp"
#include "tools/scenario/load_problem.hpp"
#include "tools/scenario/scenario.hpp"

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::scenario {

/// What became of a set of scenario files. Where there are problems, nothing should be run.
struct Loaded {
    std::vector<Scenario> scenarios;
    std::vector<LoadProblem> problems;
    std::vector<Scenario> unusable;  ///< One of each file with problems, as far as it was read: not to be run.
};

/// The files that paths stand for, in order: a file for itself; a folder for its `*.yaml`, `*.yml` and `*.json` files,
/// sorted, those of its subfolders included but for subfolders named `failing` and `included`, and but for what
/// `understudy test --json` and `--durations` and `understudy schema` have written. One that is named twice stands
/// where it was named first. Errors: not_found for a path that does not exist, and where there is no file at all;
/// unreadable.
source::Result<std::vector<std::string>> find_scenario_files(std::span<const std::string> paths);

/// What scenarios are given from outside.
struct LoadSettings {
    std::vector<std::pair<std::string, std::string>> variables;             ///< Of `--var`: names, and values as JSON.
    std::shared_ptr<const std::map<std::string, std::string>> environment;  ///< What `${env.NAME}` finds.
};

/// Reads scenario files, and the schemas that they name, each schema once. A file with a matrix or rows becomes several
/// scenarios. A problem of what several of them use is there once, and says how many files it concerns.
/// Tested by: LoadedSchema.WhatIsWrongWithItIsToldOnceForAllFiles
Loaded load_scenarios(std::span<const std::string> files, const LoadSettings& settings);

/// Reads one file from a text, adding to `loaded`. `file` is what problems call it, and relative paths in it begin at
/// that file's folder.
void load_scenario(std::string_view text, const std::string& file, const LoadSettings& settings,
                   DescriptorCache& schemas, Loaded& loaded);

}  // namespace understudy::scenario
