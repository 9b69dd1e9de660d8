#include "handler/logquery/seek.hpp"

namespace understudy::logquery {

std::optional<MessageStart> find_message(BlockReader& blocks, std::uint64_t from, std::uint64_t end) {
    // A line begins at `from` where the byte before it ends one.
    std::uint64_t line = from == 0 ? 0 : blocks.skip_line(from - 1, end);
    while (line < end) {
        const std::string_view start = blocks.bytes(line, kTimeLookahead);
        if (start.empty()) return std::nullopt;
        if (const auto time = parse_time(start)) return MessageStart{line, *time};
        line = blocks.skip_line(line, end);
    }
    return std::nullopt;
}

std::optional<MessageStart> find_first_at(BlockReader& blocks, TimeOfDay time) {
    if (time <= TimeOfDay(0)) return find_message(blocks, 0, blocks.size());
    // Messages that begin before `low` are earlier than `time`; `found` is the first one at or behind `high`, and all
    // of those are at `time` or later.
    std::uint64_t low = 0, high = blocks.size();
    std::optional<MessageStart> found;
    while (high - low > BlockReader::kSmallestBlock) {
        const std::uint64_t middle = low + (high - low) / 2;
        const std::optional<MessageStart> next = find_message(blocks, middle, high);
        if (next && next->time < time) {
            low = next->offset + 1;
        } else {
            high = middle;
            if (next) found = next;
        }
    }
    while (const std::optional<MessageStart> next = find_message(blocks, low, high)) {
        if (next->time >= time) return next;
        low = next->offset + 1;
    }
    return found;
}

}  // namespace understudy::logquery
