#pragma once

#include <string>
#include <string_view>

namespace understudy::record {

/// Whether a variable's name says that its value is a secret: it has `SECRET`, `TOKEN`, `KEY` or the like in it, or
/// `PASS`, `PWD`, `CREDS`, `JWT` or the like as one of its words. `PWD` alone is a folder.
bool speaks_of_secrets(std::string_view name);

/// Takes out a value whose name says that it is a secret; of another one, what stands before the host in a URL, but for
/// a name before its colon, and the values of parameters that have such names: `Server=db;Password=[redacted]`; so of
/// members where it is JSON.
void redact_variable(std::string_view name, std::string& value);

}  // namespace understudy::record
