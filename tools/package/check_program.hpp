#pragma once

#include "tools/package/check.hpp"

#include <optional>
#include <vector>

namespace understudy::package {

/// What keeps a program of the package from running, and the libraries that it brings along.
void check_program(const Package& package, const RuntimeImage& image, const PackageFile& program,
                   std::optional<Machine> machine, std::vector<Finding>& findings);

}  // namespace understudy::package
