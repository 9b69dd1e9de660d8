#pragma once

#include "emulator/http/message.hpp"
#include "tools/scenario/result.hpp"
#include "tools/scenario/scenario.hpp"

#include <string_view>

namespace understudy::scenario {

/// Whether a text names a value that can be captured.
bool is_capture_source(std::string_view source);

/// Where in the response it is; empty for all of it, and for what is elsewhere.
std::string_view response_path(std::string_view source);

/// Adds to `result` what the step captures of the reply; a value that is missing is a difference.
void capture_values(const Step& step, const Descriptors* descriptors, StepResult& result);

}  // namespace understudy::scenario
