#pragma once

#include "tools/scenario/load.hpp"

#include <filesystem>
#include <set>

namespace understudy::cli {

using Paths = std::set<std::filesystem::path>;

/// The files that a scenario's runs depend on, absolute: its own and what it includes, rows, schemas, files that are
/// sent or copied, the program and those of its arguments that are files, a template and its code. Blocks: a template
/// is read.
Paths find_sources(const scenario::Scenario& scenario);

/// Those of all that was loaded. Of a file with problems they are what is known of it, and the files that texts in it
/// name. Blocks: each template is read once. Tested by: ReportFiles.WhatScenariosReadIsNotWrittenOver
Paths find_sources(const scenario::Loaded& loaded);

/// The files that are to blame for problems, so that mending one of them is noticed.
Paths find_sources(const std::vector<scenario::LoadProblem>& problems);

}  // namespace understudy::cli
