#pragma once

#include "emulator/record/exchange.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

namespace understudy::record {

/// Why a line is none of a recording.
struct Unreadable {
    std::string reason;
    std::size_t column = 0;  ///< In bytes, from 1; 0: the line as a whole.

    friend bool operator==(const Unreadable&, const Unreadable&) = default;
};

/// Reads one line of a recording, without its LF, as `append_line` or protobuf's own JSON printer writes it: names in
/// either spelling (`start_line`, `startLine`), 64-bit numbers also as texts. Fields that this version does not know
/// are skipped.
std::variant<Session, Exchange, Unreadable> read_line(std::string_view line);

}  // namespace understudy::record
