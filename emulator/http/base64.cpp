#include "emulator/http/base64.hpp"

#include "emulator/http/base64_blocks.hpp"
#include "emulator/http/growth.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace understudy::http {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kNone = 0xff;

/// Two characters for each value of 12 bits: half the look-ups of a table of 64.
constexpr auto kPairs = [] {
    std::array<std::array<char, 2>, 4096> pairs{};
    for (std::size_t i = 0; i < pairs.size(); ++i) pairs[i] = {kAlphabet[i >> 6], kAlphabet[i & 63]};
    return pairs;
}();

constexpr auto kValues = [] {
    std::array<std::uint8_t, 256> values{};
    values.fill(kNone);
    for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
        values[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
    }
    return values;
}();

/// Set in an entry of `kShifted` for what is no character of the alphabet.
constexpr std::uint32_t kBad = 1u << 31;

/// The six bits of a character at the place that they have in a word of four characters, for each place.
constexpr auto kShifted = [] {
    std::array<std::array<std::uint32_t, 256>, 4> shifted{};
    for (std::size_t place = 0; place < shifted.size(); ++place) {
        for (std::size_t i = 0; i < kValues.size(); ++i) {
            shifted[place][i] = kValues[i] == kNone ? kBad : std::uint32_t{kValues[i]} << (18 - 6 * place);
        }
    }
    return shifted;
}();

std::uint8_t value_at(std::string_view text, std::size_t i) {
    return kValues[static_cast<unsigned char>(text[i])];
}

/// Writes the four characters of the three bytes at `from`.
char* put_triple(char* to, const char* from) {
    const auto byte = [from](std::size_t i) { return std::uint32_t{static_cast<unsigned char>(from[i])}; };
    const std::uint32_t word = byte(0) << 16 | byte(1) << 8 | byte(2);
    std::memcpy(to, kPairs[word >> 12].data(), 2);
    std::memcpy(to + 2, kPairs[word & 0xfff].data(), 2);
    return to + 4;
}

/// The 24 bits of the four characters at `from`; `kBad` is set where one of them is no base64.
std::uint32_t take_quad(const char* from) {
    const auto byte = [from](std::size_t i) { return static_cast<unsigned char>(from[i]); };
    return kShifted[0][byte(0)] | kShifted[1][byte(1)] | kShifted[2][byte(2)] | kShifted[3][byte(3)];
}

/// Writes the bytes of the whole groups of four at the start of `text`. Returns how many characters these are.
std::size_t take_quads(std::string_view text, char* to) {
    std::size_t i = decode_blocks(text, to);
    to += i / 4 * 3;
    for (; i + 4 <= text.size(); i += 4) {
        const std::uint32_t word = take_quad(text.data() + i);
        if ((word & kBad) != 0) break;
        *to++ = static_cast<char>(word >> 16);
        *to++ = static_cast<char>(word >> 8);
        *to++ = static_cast<char>(word);
    }
    return i;
}

}  // namespace

void append_base64(std::string& out, std::string_view bytes) {
    append_written(out, base64_length(bytes.size()), [bytes](char* to) {
        std::size_t i = encode_blocks(bytes, to);
        to += base64_length(i);
        for (; i + 3 <= bytes.size(); i += 3) to = put_triple(to, bytes.data() + i);
        if (const std::size_t rest = bytes.size() - i; rest > 0) {
            const std::array<char, 3> padded{bytes[i], rest == 2 ? bytes[i + 1] : '\0', '\0'};
            to = put_triple(to, padded.data());
            std::fill_n(to - (3 - rest), 3 - rest, '=');
        }
        return base64_length(bytes.size());
    });
}

std::string to_base64(std::string_view bytes) {
    std::string text;
    append_base64(text, bytes);
    return text;
}

std::optional<std::string> parse_base64(std::string_view text, std::size_t* bad_offset) {
    const auto refuse = [bad_offset](std::size_t offset) {
        if (bad_offset) *bad_offset = offset;
        return std::nullopt;
    };
    std::size_t length = text.size();
    while (length > 0 && text.size() - length < 2 && text[length - 1] == '=') --length;
    std::string bytes;
    bytes.reserve(length / 4 * 3 + 2);
    std::size_t taken = 0;
    append_written(bytes, length / 4 * 3, [&](char* to) {
        taken = take_quads(text.substr(0, length), to);
        return taken / 4 * 3;
    });
    for (std::size_t i = taken; i < length; ++i) {
        if (value_at(text, i) == kNone) return refuse(i);
    }
    if (text.size() % 4 != 0 || length % 4 == 1) return refuse(length);
    const std::size_t rest = length - taken;
    if (rest > 1) bytes += static_cast<char>(value_at(text, taken) << 2 | value_at(text, taken + 1) >> 4);
    if (rest > 2) bytes += static_cast<char>(value_at(text, taken + 1) << 4 | value_at(text, taken + 2) >> 2);
    return bytes;
}

}  // namespace understudy::http
