#pragma once

#include "emulator/emulator.hpp"

#include <vector>

namespace understudy {

/// What cannot work is told before anything is started. Errors: invalid, with the name or the number in question.
source::Result<void> check_settings(const Settings& settings);
source::Result<void> check_functions(const std::vector<app::Function>& functions);

}  // namespace understudy
