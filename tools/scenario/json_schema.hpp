#pragma once

#include <string>
#include <string_view>

namespace understudy::scenario {

/// The JSON Schema (draft 7, which editors read) of scenario files: keys under the names of scenario.proto and their
/// JSON names, its comments as descriptions, matchers where they may stand. What is written `${…}` passes everywhere.
std::string render_json_schema();

/// The text of understudy/v1/scenario.proto.
std::string_view scenario_proto();

}  // namespace understudy::scenario
