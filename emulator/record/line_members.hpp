#pragma once

#include "emulator/record/json_cursor.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::record {

/// Whether a member is called by a field's name in either spelling: `start_line` or `startLine`. Preconditions: the
/// field has a name.
bool is_called(std::string_view member, std::string_view field);

/// Values that several messages of the format have. Errors: the cursor fails.
void read_instant(JsonCursor& json, std::chrono::microseconds& value);
void read_texts(JsonCursor& json, std::vector<std::string>& texts);

}  // namespace understudy::record
