#pragma once

#include <string>
#include <vector>

namespace understudy::scenario {

/// Each spelling of a secret that an output may have, and those of its lines where it has several: as they are, as
/// JSON, in URLs, in hexadecimal and as base64.
std::vector<std::string> to_spellings(std::string secret);

}  // namespace understudy::scenario
