#pragma once

#include "emulator/record/exchange.hpp"
#include "emulator/record/json_cursor.hpp"

namespace understudy::record {

/// Reads the session that stands next. Errors: the cursor fails.
void read_session(JsonCursor& json, Session& session);

}  // namespace understudy::record
