#pragma once

#include "emulator/record/exchange.hpp"

#include <string>
#include <string_view>
#include <variant>

namespace understudy::record {

/// Why a line is none of a recording.
struct Unreadable {
    std::string reason;
};

/// Reads one line of a recording, without its LF, as `append_line` or protobuf's own JSON printer writes it. Fields
/// that this version does not know are skipped.
std::variant<Session, Exchange, Unreadable> read_line(std::string_view line);

}  // namespace understudy::record
