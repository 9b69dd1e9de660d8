#pragma once

#include "emulator/record/exchange.hpp"

#include <string>

namespace understudy::record {

/// Appends one line of a recording, its LF included: a `Line` of proto/understudy/v1/recording.proto in protobuf's JSON
/// mapping. Fields that have their default are left out. Bytes that are UTF-8 without controls but tabs and line ends
/// stand as text, others as base64.
void append_line(std::string& out, const Session& session);
void append_line(std::string& out, const Exchange& exchange);

}  // namespace understudy::record
