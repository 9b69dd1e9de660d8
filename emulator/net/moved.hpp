#pragma once

#include <cstddef>
#include <cstdint>

namespace understudy::net {

/// What became of a read or a write that does not block.
struct Moved {
    enum class Status : std::uint8_t {
        moved,        ///< `size` bytes were read or written; never 0.
        would_block,  ///< Nothing can be moved now.
        ended,        ///< The peer has closed its end; reads only.
        broken,       ///< Reset or otherwise unusable.
    };
    Status status = Status::would_block;
    std::size_t size = 0;
};

}  // namespace understudy::net
