#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <system_error>

namespace understudy::logquery {

/// Bytes that can be read from anywhere: a file, or a test's text.
class ByteSource {
  public:
    virtual ~ByteSource() = default;

    virtual std::uint64_t size() const = 0;
    /// Reads up to `into.size()` bytes at `offset` and says how many; fewer only at the end, or with an error.
    virtual std::size_t read(std::uint64_t offset, std::span<char> into, std::error_code& error) const = 0;
};

}  // namespace understudy::logquery
