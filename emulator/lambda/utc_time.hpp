#pragma once

#include <chrono>
#include <string>

namespace understudy::lambda {

/// Appends `2026/01/13`.
void append_date_path(std::string& out, std::chrono::system_clock::time_point time);

}  // namespace understudy::lambda
