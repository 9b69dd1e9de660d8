#pragma once

#include "tools/scenario/load.hpp"

#include <string>
#include <vector>

namespace understudy::scenario {

/// A scenario of the tests' Shop: the text of a file in `schema_folder()` with these steps (YAML, indented by two), and
/// further lines of its application, if any.
std::string shop_scenario(const std::string& steps);
std::string shop_scenario(const std::string& steps, const std::string& application_lines);

/// What reading such a text gives; the file is called `shop.yaml`.
Loaded load_text(const std::string& text);
Loaded load_text(const std::string& text, const std::string& file);

/// The same where it must be without problems.
Scenario load_good(const std::string& text);

/// The problems of a text, as `line:column message (hint)`.
std::vector<std::string> problems_of(const std::string& text);

}  // namespace understudy::scenario
