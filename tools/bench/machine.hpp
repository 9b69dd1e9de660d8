#pragma once

#include <string>

namespace understudy::bench {

/// Kernel, processor, compiler, sources: what the numbers hold for; several lines.
std::string describe_machine(const std::string& source);

}  // namespace understudy::bench
