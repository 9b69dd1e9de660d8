#pragma once

#include "tools/replay/compare.hpp"

namespace understudy::replay {

/// Cuts the long values of each difference to what is around the place where the two part, for people to read. Behind
/// `mask_secrets`: a cut may take away the name by which a secret is known.
/// Tested by: Shortening.*
void shorten(Compared& compared);

}  // namespace understudy::replay
