#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace understudy::scenario {

/// What a REPORT line tells, by the names of InvocationExpectation in proto/understudy/v1/scenario.proto; texts in
/// quotes, as JSON. `init_ms` and `error_type` only where the line has them. nullopt for another line.
std::optional<std::map<std::string, std::string>> parse_report_line(std::string_view line);

}  // namespace understudy::scenario
