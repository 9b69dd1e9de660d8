#pragma once

#include <string>
#include <vector>

namespace understudy::replay {

/// A path to a header or trailer, of a response or of the reply behind it, with the name in lower case: that is what
/// compared values are called by. Other paths stay as they are.
/// Tested by: CompareReplies.PathsNameHeadersWhateverTheirCase
std::vector<std::string> to_header_steps(std::vector<std::string> steps);
/// The same of a path as a text: `headers.ETag` is `headers.etag`.
std::string to_header_path(const std::string& path);

}  // namespace understudy::replay
