#pragma once

#include "handler/logquery/block_reader.hpp"
#include "handler/logquery/log_line.hpp"

#include <cstdint>
#include <optional>

namespace understudy::logquery {

/// Where a message begins, and its time.
struct MessageStart {
    std::uint64_t offset = 0;
    TimeOfDay time{};

    friend bool operator==(const MessageStart&, const MessageStart&) = default;
};

/// The first message that begins in [from, end), from any byte of the file on.
std::optional<MessageStart> find_message(BlockReader& blocks, std::uint64_t from, std::uint64_t end);

/// The first message at `time` or later, by binary search over the offsets: about log2(size / 4 KiB) blocks are read,
/// plus what lies between a place that was tried and the next message behind it.
/// Preconditions: times never go back.
std::optional<MessageStart> find_first_at(BlockReader& blocks, TimeOfDay time);

}  // namespace understudy::logquery
