#pragma once

#include <cstddef>
#include <cstring>

#ifdef __SSE2__
#include <immintrin.h>
#endif

namespace understudy::http {

/// Sixteen bytes of a text at once, which is what every x86-64 has an instruction for. Comparisons give a block of the
/// same size whose bytes are -1 or 0.
constexpr std::size_t kBlock = 16;
using Block [[gnu::vector_size(kBlock)]] = signed char;

inline Block load_block(const char* bytes) {
    Block block;
    std::memcpy(&block, bytes, kBlock);
    return block;
}

/// Fewer bytes than a block has, and spaces behind them. `bytes` may be null where `size` is 0.
inline Block load_part(const char* bytes, std::size_t size) {
    Block block = Block{} + ' ';
    if (size > 0) std::memcpy(&block, bytes, size);
    return block;
}

inline void store_block(char* to, Block block) {
    std::memcpy(to, &block, kBlock);
}

/// What a comparison gave as bits, the first byte's lowest.
inline unsigned to_bits(Block marks) {
#ifdef __SSE2__
    return static_cast<unsigned>(_mm_movemask_epi8(reinterpret_cast<__m128i>(marks)));
#else
    unsigned bits = 0;
    for (std::size_t i = 0; i < kBlock; ++i) bits |= static_cast<unsigned>(marks[i] & 1) << i;
    return bits;
#endif
}

}  // namespace understudy::http
