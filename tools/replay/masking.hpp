#pragma once

#include "tools/replay/compare.hpp"

#include <string>

namespace understudy::replay {

/// Takes out of what people are shown what recordings redact by default: archives of browsers hold it. A secret that is
/// another one than before counts as equal.
/// Tested by: Masking.*
void mask_secrets(Compared& compared);
/// The same of a text with a URL in it.
std::string mask_secrets(std::string text);

}  // namespace understudy::replay
