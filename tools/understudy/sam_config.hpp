#pragma once

#include "emulator/source/problem.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::cli {

/// What SAM CLI's configuration file says of a local run; what it does not say is empty.
struct SamConfig {
    std::string template_file;
    std::string env_vars;  ///< A file.
    std::string region;
    std::vector<std::pair<std::string, std::string>> parameters;
    std::optional<int> port;
    /// Parameters of a local run that have no effect here, each with what stands for it.
    source::Problems unused = {};
};

/// Reads SAM CLI's configuration: the tables `global.parameters`, `local_start_api.parameters` and, for what neither
/// says, `deploy.parameters`' overrides, of one configuration environment (`default`). `name` is what problems call the
/// text, and its extension says the format.
/// Errors: those of `parse_config`. invalid: a value of another type than SAM CLI takes.
source::Result<SamConfig> read_sam_config(std::string_view text, const std::string& name, std::string_view environment);

/// The words of a command line with `--parameter-overrides` before each word of several behind one, as SAM takes them:
/// `--parameter-overrides A=1 B=2`.
std::vector<std::string> spread_overrides(const std::vector<std::string>& words);

/// Takes `K=V` or `ParameterKey=K,ParameterValue=V` words apart, as SAM's `--parameter-overrides` has them; a value may
/// be quoted. Errors: invalid, with the word.
source::Result<std::vector<std::pair<std::string, std::string>>> parse_parameter_overrides(std::string_view words);

/// A word that this takes apart into just these two, whatever the value holds.
std::string to_parameter_override(const std::string& name, std::string_view value);

}  // namespace understudy::cli
