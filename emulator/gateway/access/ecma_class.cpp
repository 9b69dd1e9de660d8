#include "emulator/gateway/access/ecma_class.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace understudy::access {
namespace {

/// What `\s` means, and all else: ECMA 262 counts more spaces than RE2.
constexpr std::string_view kSpaces =
    R"(\t-\r \x{A0}\x{1680}\x{180E}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}\x{FEFF})";
constexpr std::string_view kNoSpaces =
    R"(\x{0}-\x{8}\x{E}-\x{1F}!-\x{9F}\x{A1}-\x{167F}\x{1681}-\x{180D}\x{180F}-\x{1FFF}\x{200B}-\x{2027})"
    R"(\x{202A}-\x{202E}\x{2030}-\x{205E}\x{2060}-\x{2FFF}\x{3001}-\x{FEFE}\x{FF00}-\x{10FFFF})";

bool is_digit_of(char c, int base) {
    const bool decimal = c >= '0' && c < '0' + std::min(base, 10);
    return decimal || (base == 16 && ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')));
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// `size` digits of base 16, behind which `at` moves. Errors: nullopt where other characters stand there.
std::optional<std::uint32_t> read_hex(std::string_view text, std::size_t& at, std::size_t size) {
    const std::string_view digits = text.substr(at, size);
    if (digits.size() < size || !std::ranges::all_of(digits, [](char c) { return is_digit_of(c, 16); }))
        return std::nullopt;
    std::uint32_t value = 0;
    std::from_chars(digits.data(), digits.data() + size, value, 16);
    at += size;
    return value;
}

/// Up to three digits of base 8 that make no more than 255.
std::uint32_t read_octal(std::string_view text, std::size_t& at) {
    std::uint32_t value = 0;
    for (int i = 0; i < 3 && at < text.size() && is_digit_of(text[at], 8); ++i, ++at) {
        const std::uint32_t longer = value * 8 + static_cast<std::uint32_t>(text[at] - '0');
        if (longer > 0xFF) break;
        value = longer;
    }
    return value;
}

/// Both halves of a pair of UTF-16 are one character here.
std::optional<std::uint32_t> read_unit(std::string_view text, std::size_t& at, std::uint32_t unit) {
    if (unit < 0xD800 || unit > 0xDFFF) return unit;
    std::size_t behind = at + 2;
    if (unit >= 0xDC00 || text.substr(std::min(at, text.size()), 2) != "\\u") return std::nullopt;
    const auto low = read_hex(text, behind, 4);
    if (!low || *low < 0xDC00 || *low > 0xDFFF) return std::nullopt;
    at = behind;
    return 0x10000 + ((unit - 0xD800) << 10U) + (*low - 0xDC00);
}

std::optional<std::uint32_t> control_of(char c) {
    constexpr std::string_view kLetters = "tnvfr";
    constexpr std::array<std::uint32_t, 5> kMeanings = {'\t', '\n', '\v', '\f', '\r'};
    const auto found = kLetters.find(c);
    if (found == std::string_view::npos) return std::nullopt;
    return kMeanings.at(found);
}

/// Empty where it stands for no set.
std::string set_of(char c) {
    if (c == 's') return std::string(kSpaces);
    if (c == 'S') return std::string(kNoSpaces);
    constexpr std::string_view kAlike = "dDwW";
    return kAlike.find(c) == std::string_view::npos ? std::string() : std::string("\\") + c;
}

}  // namespace

std::string render_character(std::uint32_t character) {
    if (character < 0x80 && is_letter(static_cast<char>(character)))
        return std::string(1, static_cast<char>(character));
    std::array<char, 8> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), character, 16).ptr;
    return "\\x{" + std::string(digits.data(), end) + '}';
}

std::uint32_t read_character(std::string_view text, std::size_t& at) {
    const auto lead = static_cast<unsigned char>(text[at++]);
    if (lead < 0xC0) return lead;
    std::uint32_t character = lead & (lead < 0xE0 ? 0x1FU : lead < 0xF0 ? 0x0FU : 0x07U);
    for (; at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80; ++at)
        character = (character << 6U) | (static_cast<unsigned char>(text[at]) & 0x3FU);
    return character;
}

std::optional<EcmaAtom> read_escape(std::string_view text, std::size_t& at, EscapeIn where) {
    const char c = text[at];
    const auto character = [](std::uint32_t value) { return EcmaAtom{.character = value, .set = {}}; };
    if (is_digit_of(c, 8)) return character(read_octal(text, at));
    if (c == 'c' && (at + 1 == text.size() || !is_letter(text[at + 1]))) return character('\\');
    const std::uint32_t whole = read_character(text, at);
    if (where == EscapeIn::character_class && c == 'b') return character('\b');
    if (c == 'c') return character(static_cast<std::uint32_t>(text[at++]) % 32);
    if (const auto control = control_of(c)) return character(*control);
    if (std::string set = set_of(c); !set.empty()) return EcmaAtom{.character = {}, .set = std::move(set)};
    if (c == 'x' || c == 'u') {
        const auto unit = read_hex(text, at, c == 'x' ? 2 : 4);
        if (unit) {
            const auto read = c == 'u' ? read_unit(text, at, *unit) : unit;
            return read ? std::optional(character(*read)) : std::nullopt;
        }
    }
    return EcmaAtom{.character = whole, .set = {}, .plain_letter = is_letter(c) ? c : '\0'};
}

}  // namespace understudy::access
