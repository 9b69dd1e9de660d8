#pragma once

#include <string_view>

namespace understudy::package {

/// The recorder's program, which this program carries with it: of the machine that this one was built for.
std::string_view embedded_recorder();

}  // namespace understudy::package
