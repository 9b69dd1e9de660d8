#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace understudy::http {

/// Eight bytes of a text at once.
constexpr std::size_t kWord = sizeof(std::uint64_t);

constexpr std::uint64_t in_each_byte(std::uint8_t byte) {
    return 0x0101010101010101u * byte;
}

inline std::uint64_t load_word(const char* bytes) {
    std::uint64_t word;
    std::memcpy(&word, bytes, kWord);
    return word;
}

/// Not 0 where one of the bytes is `byte`; the lowest bit that is set lies in the first of them, counted from the
/// lowest.
constexpr std::uint64_t find_byte(std::uint64_t word, std::uint8_t byte) {
    const std::uint64_t zero = word ^ in_each_byte(byte);
    return (zero - in_each_byte(1)) & ~zero & in_each_byte(0x80);
}

/// ASCII letters in lower case, all other bytes as they are.
constexpr std::uint64_t lower_word(std::uint64_t word) {
    const std::uint64_t low_bits = word & in_each_byte(0x7F);
    const std::uint64_t from_a = low_bits + in_each_byte(0x80 - 'A');
    const std::uint64_t above_z = low_bits + in_each_byte(0x7F - 'Z');
    const std::uint64_t letters = (from_a ^ above_z) & ~word & in_each_byte(0x80);
    return word | letters >> 2;
}

}  // namespace understudy::http
