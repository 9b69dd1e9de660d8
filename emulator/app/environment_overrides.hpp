#pragma once

#include "emulator/app/function.hpp"
#include "emulator/source/problem.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace understudy::app {

/// A variable that a file of the user's sets.
struct VariableOverride {
    std::string name;
    std::string value;
    std::string file;  ///< The text's name, and the place in it.
    source::Position position;
};

/// What SAM's `--env-vars` file sets.
struct EnvironmentOverrides {
    struct ForFunction {
        std::string function;  ///< Its logical id or its name.
        source::Position position;
        std::vector<VariableOverride> variables;
    };
    std::string file;                          ///< The text's name.
    std::vector<VariableOverride> everywhere;  ///< The member `Parameters`.
    std::vector<ForFunction> functions;        ///< Every other member, in order.
};

/// Reads SAM's JSON: `{"Function": {"NAME": "value"}, "Parameters": {"NAME": "value"}}`. Values are texts, numbers,
/// booleans, or null for an empty text; a number keeps its spelling. `name` is what problems call the text.
/// Errors: those of `source::parse_document`; invalid for another shape, each with its place.
source::Result<EnvironmentOverrides> parse_environment_overrides(std::string_view text, std::string_view name);

/// Gives functions the values of an `--env-vars` file, the function's own members after `Parameters`. As in SAM, only
/// variables that the function declares get a value; a function is named by its logical id or its name.
/// Rule: aws/aws-sam-cli samcli/local/lambdafn/env_vars.py, samcli/commands/local/lib/local_lambda.py
/// Tested by: EnvironmentOverrides.OnlyWhatAFunctionDeclaresGetsAValue
/// Tells what had no effect: a function that does not exist, a variable that no function in question declares.
std::vector<source::Problem> apply_overrides(const EnvironmentOverrides& overrides, std::vector<Function>& functions);

}  // namespace understudy::app
