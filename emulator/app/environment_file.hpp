#pragma once

#include "emulator/app/environment_overrides.hpp"
#include "emulator/app/function.hpp"
#include "emulator/source/problem.hpp"

#include <string_view>
#include <vector>

namespace understudy::app {

/// Reads an environment file: a line is empty, a comment (`# …`) or `NAME=value`, perhaps after `export`. A value in
/// single quotes is taken as it is; in double quotes `\n`, `\r`, `\t`, `\"`, `\\` and `\$` are resolved; both may go
/// over lines. A value without quotes ends at the line's end or at ` #`, without the blanks around it. Nothing is
/// expanded; of equal names the last counts. `name` is what problems call the text. Errors: malformed, with the place.
source::Result<std::vector<VariableOverride>> parse_environment_file(std::string_view text, std::string_view name);

/// Sets variables in every function, declared or not.
void apply_environment_file(const std::vector<VariableOverride>& variables, std::vector<Function>& functions);

}  // namespace understudy::app
