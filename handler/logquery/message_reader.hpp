#pragma once

#include "handler/logquery/block_reader.hpp"
#include "handler/logquery/log_line.hpp"
#include "handler/logquery/seek.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace understudy::logquery {

/// A message as it stands in its file, whatever bytes it holds.
struct Message {
    /// Where its first line begins.
    std::uint64_t offset = 0;
    /// The first line's parts; its text goes on with the lines that continue it, joined by LF.
    LogLine parts;
};

/// Reads the messages of a file one after another, from the first that find_message or find_first_at gave.
/// Lifetime: the blocks must outlive the reader.
class MessageReader {
  public:
    /// The most bytes that are kept of one message, whole characters; the rest is passed over.
    static constexpr std::size_t kLongestMessage = std::size_t{2} << 20;

    MessageReader(BlockReader& blocks, std::optional<MessageStart> start) : blocks_(blocks), next_(start) {}

    /// Where the next message begins; nullopt: there is none.
    const std::optional<MessageStart>& next() const { return next_; }
    /// The next message, valid until the next call.
    /// Preconditions: next() is not nullopt.
    Message read();

  private:
    std::uint64_t append_line(std::uint64_t offset);

    BlockReader& blocks_;
    std::optional<MessageStart> next_;
    std::string text_;
};

}  // namespace understudy::logquery
