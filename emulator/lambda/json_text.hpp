#pragma once

#include <string>
#include <string_view>

namespace understudy::lambda {

/// Appends `text` as a JSON string, escaped as Go's encoder does by default: `<`, `>`, `&`, U+2028 and U+2029 become
/// `\u003c` and so on, and bytes that are not UTF-8 become `\ufffd`.
void append_json_string(std::string& out, std::string_view text);

/// Whether `text` is one complete JSON value, whatever its depth.
bool is_json(std::string_view text);

}  // namespace understudy::lambda
