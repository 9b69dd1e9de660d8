#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace understudy::rpc {

/// Appends `text` as a JSON string, quotes included. Takes no memory besides what `out` takes.
void append_json_string(std::string& out, std::string_view text);

/// How many bytes `append_json_string` appends.
std::size_t json_string_size(std::string_view text);

}  // namespace understudy::rpc
