#pragma once

#include "emulator/record/exchange.hpp"
#include "tools/replay/promote_rules.hpp"

#include <string>
#include <vector>

namespace understudy::replay {

/// A path as a file in the folder names it; absolute ones, and empty ones, stay.
std::string to_path_from(const std::string& folder, const std::string& path);

/// Rules whose paths begin at the folder in which the scenario will lie, as paths of scenarios do; they begin at the
/// current one before. Tested by: Promote.PathsBeginAtTheScenariosFolder
PromoteRules rules_in(const std::string& folder, PromoteRules rules);

/// Where a scenario's function runs.
struct WorkingDirectory {
    std::string path;     ///< Absolute; empty: not known.
    std::string written;  ///< As the scenario has it; empty: it is the scenario's own folder.
};
/// The folder where a recorded function ran, else the current one, where its variables, or words of the command, name
/// something in it: a path from there on, or what is there. Else the scenario's own. `recorded`: null where the
/// recording does not tell.
WorkingDirectory choose_directory(const record::Function* recorded, const PromoteRules& rules);

/// The command, whose arguments that are paths name what they named from the current folder on.
std::vector<std::string> to_command_in(const WorkingDirectory& directory, const PromoteRules& rules);

}  // namespace understudy::replay
