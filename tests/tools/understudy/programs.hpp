#pragma once

#include "tests/tools/understudy/running_program.hpp"

#include <gtest/gtest.h>

#include <string>

namespace understudy::programs_test {

inline const std::string kHandler = UNDERSTUDY_PROGRAM_DIR "/scripted_handler";

}  // namespace understudy::programs_test
