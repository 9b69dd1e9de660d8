#pragma once

#include "handler/logquery/byte_source.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>

namespace understudy::logquery {

/// Reads a source through one block of memory, wherever the reader goes next: small blocks after a jump, larger ones
/// while it goes straight on.
/// Lifetime: the source must outlive the reader.
class BlockReader {
  public:
    static constexpr std::size_t kSmallestBlock = std::size_t{4} << 10;
    static constexpr std::size_t kLargestBlock = std::size_t{64} << 10;

    explicit BlockReader(const ByteSource& source) : source_(source), size_(source.size()) {}
    BlockReader(const BlockReader&) = delete;
    BlockReader& operator=(const BlockReader&) = delete;

    /// Where the bytes end. A source that fails, or became shorter, ends where that was noticed.
    std::uint64_t size() const { return size_; }
    /// Why the source failed, if it did.
    std::error_code error() const { return error_; }

    /// The bytes from `offset` on that are at hand: at least `least` of them, up to `kSmallestBlock`, unless the end
    /// comes first. Valid until the next call of any method.
    std::string_view bytes(std::uint64_t offset, std::size_t least);
    /// The offset behind the first LF in [offset, end); `end` where there is none.
    std::uint64_t skip_line(std::uint64_t offset, std::uint64_t end);

  private:
    void load(std::uint64_t offset);

    const ByteSource& source_;
    std::uint64_t size_;
    std::error_code error_;
    std::string block_;
    std::uint64_t block_offset_ = 0;
    std::size_t block_size_ = 0;
    std::size_t next_block_size_ = kSmallestBlock;
};

}  // namespace understudy::logquery
