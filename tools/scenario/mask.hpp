#pragma once

#include "tools/scenario/result.hpp"
#include "tools/scenario/scenario.hpp"

#include <string>
#include <vector>

namespace understudy::scenario {

/// Puts `***` in the place of each secret, in a text; whichever of its characters are escapes of JSON or URLs there.
std::string mask(std::string text, const std::vector<std::string>& secrets);

/// The same in a file that is quoted: as many stars as characters, so that what stands behind keeps its column.
std::string mask_source(std::string text, const std::vector<std::string>& secrets);

/// The same in what a problem says.
source::Problem mask(const source::Problem& problem, const std::vector<std::string>& secrets);

/// The values of these variables, and the parts of those that are mappings and lists, in each spelling that an output
/// may have: as they are, as JSON, in URLs, in hexadecimal and as base64, and each line of those that have several; the
/// longest first.
std::vector<std::string> to_secret_texts(const std::vector<std::string>& names, const Variables& variables);

/// Masks the values of the scenario's secrets wherever they stand in a result, in each of those spellings, and those
/// that steps captured. In the scenario files that diagnostics quote, stars stand in the place of each character.
void mask_secrets(const Scenario& scenario, RunResult& result);

}  // namespace understudy::scenario
