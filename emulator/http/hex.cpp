#include "emulator/http/hex.hpp"

#include "emulator/http/words.hpp"

#include <array>
#include <cstring>

namespace understudy::http {
namespace {

/// The eight digits of 32 bits, as the bytes of a word: its lowest byte is the first digit.
constexpr std::uint64_t to_digits(std::uint32_t value) {
    std::uint64_t word = value;
    word = (word << 32 | word >> 16) & 0x0000FFFF0000FFFFu;
    word = (word << 16 | word >> 8) & 0x00FF00FF00FF00FFu;
    word = (word << 8 | word >> 4) & in_each_byte(0x0F);
    const std::uint64_t above_nine = (word + in_each_byte(0x06)) >> 4 & in_each_byte(1);
    return word + in_each_byte('0') + above_nine * ('a' - '9' - 1);
}

}  // namespace

void append_hex(std::string& out, std::uint64_t value, unsigned digits) {
    const std::array<std::uint64_t, 2> words = {to_digits(static_cast<std::uint32_t>(value >> 32)),
                                                to_digits(static_cast<std::uint32_t>(value))};
    std::array<char, 2 * kWord> text;
    std::memcpy(text.data(), words.data(), text.size());
    out.append(text.data() + text.size() - digits, digits);
}

std::string to_hex(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const char c : bytes) append_hex(text, static_cast<unsigned char>(c), 2);
    return text;
}

}  // namespace understudy::http
