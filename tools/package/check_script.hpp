#pragma once

#include "tools/package/check.hpp"

#include <vector>

namespace understudy::package {

/// What keeps a script from running: its interpreter, its line ends.
/// Preconditions: it begins with `#!`.
void check_script(const Package& package, const RuntimeImage& image, const PackageFile& script,
                  std::vector<Finding>& findings);

}  // namespace understudy::package
