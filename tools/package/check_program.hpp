#pragma once

#include "tools/package/check.hpp"

#include <optional>
#include <vector>

namespace understudy::package {

/// What keeps the package's `bootstrap` from running, and the libraries that it brings along.
/// Preconditions: there is one.
void check_program(const Package& package, const RuntimeImage& image, std::optional<Machine> machine,
                   std::vector<Finding>& findings);

}  // namespace understudy::package
