#pragma once

#include "emulator/source/document.hpp"

#include <string>

namespace understudy::convert {

/// YAML as the JSON that it stands for, on one line: keys in their order, numbers with the digits they were written
/// with, `$$x` as the key `$x`. What YAML can say and JSON cannot (`0x1F`, `+1`, `.inf`) becomes the nearest: a decimal
/// number, or a text. Errors: invalid for a key that is a matcher's.
source::Result<std::string> to_json(source::Node node);

}  // namespace understudy::convert
