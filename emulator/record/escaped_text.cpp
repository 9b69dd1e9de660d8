#include "emulator/record/escaped_text.hpp"

#include "emulator/event/utf8.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

namespace understudy::record {
namespace {

constexpr std::uint64_t in_each_byte(std::uint8_t byte) {
    return 0x0101010101010101u * byte;
}

/// The letter of a two-character escape; 0 where there is none, 'u' for the long form.
constexpr auto kLetterOf = [] {
    std::array<char, 256> letters{};
    for (std::size_t i = 0; i < 0x20; ++i) letters[i] = 'u';
    letters['"'] = '"';
    letters['\\'] = '\\';
    letters['\b'] = 'b';
    letters['\f'] = 'f';
    letters['\n'] = 'n';
    letters['\r'] = 'r';
    letters['\t'] = 't';
    return letters;
}();

/// The high bit of the first byte of eight that does not stand in JSON as it is; bits above it mean nothing. 0 where
/// all do.
std::uint64_t find_special(std::uint64_t word) {
    const auto zero_bytes = [](std::uint64_t bytes) { return (bytes - in_each_byte(1)) & ~bytes; };
    const std::uint64_t controls = (word - in_each_byte(0x20)) & ~word;
    const std::uint64_t quotes = zero_bytes(word ^ in_each_byte('"'));
    const std::uint64_t backslashes = zero_bytes(word ^ in_each_byte('\\'));
    return (word | controls | quotes | backslashes) & in_each_byte(0x80);
}

constexpr std::size_t kBuffer = 4096;
/// More than one step writes.
constexpr std::size_t kSpare = 16;

struct Ends {
    const char* from;
    char* to;
};

/// Writes the escape of a character that has one.
char* put_escape(char* to, char c, char letter) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    *to++ = '\\';
    *to++ = letter;
    if (letter != 'u') return to;
    *to++ = '0';
    *to++ = '0';
    *to++ = kDigits[static_cast<unsigned char>(c) >> 4];
    *to++ = kDigits[static_cast<unsigned char>(c) & 15];
    return to;
}

/// Writes one character or its escape; goes nowhere where it is not UTF-8.
Ends put_character(Ends at, const char* end) {
    const char c = *at.from;
    if (const char letter = kLetterOf[static_cast<unsigned char>(c)]; letter != 0)
        return {at.from + 1, put_escape(at.to, c, letter)};
    if ((c & 0x80) == 0) {
        *at.to = c;
        return {at.from + 1, at.to + 1};
    }
    const event::Utf8Step step = event::utf8_step({at.from, static_cast<std::size_t>(end - at.from)});
    if (!step.valid) return at;
    std::memcpy(at.to, at.from, step.length);
    return {at.from + step.length, at.to + step.length};
}

/// Fills the room as far as it goes, eight bytes at a time: they are copied whatever they are, and only those in front
/// of the first special one count.
Ends fill(Ends at, const char* end, const char* room_end) {
    while (at.from != end && at.to < room_end) {
        if (std::endian::native == std::endian::little && end - at.from >= 8) {
            std::uint64_t word;
            std::memcpy(&word, at.from, 8);
            std::memcpy(at.to, &word, 8);
            const std::uint64_t special = find_special(word);
            const auto plain = special == 0 ? 8 : std::countr_zero(special) / 8;
            at = {at.from + plain, at.to + plain};
            if (special == 0) continue;
        }
        const Ends next = put_character(at, end);
        if (next.from == at.from) break;
        at = next;
    }
    return at;
}

}  // namespace

std::size_t append_escaped(std::string& out, std::string_view text) {
    std::array<char, kBuffer> buffer;
    const char* from = text.data();
    const char* const end = from + text.size();
    while (from != end) {
        const Ends filled = fill({from, buffer.data()}, end, buffer.data() + kBuffer - kSpare);
        out.append(buffer.data(), static_cast<std::size_t>(filled.to - buffer.data()));
        const bool is_stuck = filled.from == from || filled.to < buffer.data() + kBuffer - kSpare;
        from = filled.from;
        if (is_stuck) break;
    }
    return static_cast<std::size_t>(from - text.data());
}

void append_readable(std::string& out, std::string_view text) {
    while (true) {
        text.remove_prefix(append_escaped(out, text));
        if (text.empty()) return;
        out.append(event::kReplacement);
        text.remove_prefix(event::utf8_step(text).length);
    }
}

}  // namespace understudy::record
