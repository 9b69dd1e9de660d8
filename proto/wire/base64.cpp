#include "proto/wire/base64.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace understudy::wire {
namespace {

constexpr std::size_t kGroupBytes = 3, kGroup = 4;
constexpr unsigned kDigitMask = 0x3F;

constexpr std::string_view kStandard = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kForUrls = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The value of each character where it belongs in a group: a table for each of the four places.
using Digits = std::array<std::array<std::uint32_t, 256>, kGroup>;
constexpr std::uint32_t kNoDigit = 0x8000'0000;

constexpr Digits make_digits(std::string_view alphabet, std::string_view other) {
    Digits digits{};
    for (std::size_t place = 0; place < kGroup; ++place) {
        digits[place].fill(kNoDigit);
        const auto shift = 6 * (kGroup - 1 - place);
        for (std::uint32_t value = 0; value < alphabet.size(); ++value) {
            digits[place][static_cast<unsigned char>(alphabet[value])] = value << shift;
            digits[place][static_cast<unsigned char>(other[value])] = value << shift;
        }
    }
    return digits;
}

constexpr Digits kStandardDigits = make_digits(kStandard, kStandard);
constexpr Digits kEitherDigits = make_digits(kStandard, kForUrls);

const unsigned char* to_unsigned(const char* text) {
    return reinterpret_cast<const unsigned char*>(text);
}

void write_group(char* out, unsigned group, std::string_view alphabet) {
    out[0] = alphabet[group >> 18];
    out[1] = alphabet[group >> 12 & kDigitMask];
    out[2] = alphabet[group >> 6 & kDigitMask];
    out[3] = alphabet[group & kDigitMask];
}

void append_digits(std::string& out, std::string_view bytes, std::string_view alphabet, Padding padding) {
    const std::size_t start = out.size(), rest = bytes.size() % kGroupBytes;
    out.resize(start + (bytes.size() + kGroupBytes - 1) / kGroupBytes * kGroup);
    char* to = out.data() + start;
    const auto* from = to_unsigned(bytes.data());
    for (const auto* const end = from + (bytes.size() - rest); from != end; from += kGroupBytes, to += kGroup)
        write_group(to, unsigned{from[0]} << 16 | unsigned{from[1]} << 8 | from[2], alphabet);
    if (rest == 0) return;
    write_group(to, unsigned{from[0]} << 16 | (rest == 2 ? unsigned{from[1]} << 8 : 0), alphabet);
    out.resize(out.size() - (kGroupBytes - rest));
    if (padding == Padding::full) out.append(kGroupBytes - rest, '=');
}

std::string_view without_padding(std::string_view text) {
    for (int i = 0; i < 2 && text.ends_with('='); ++i) text.remove_suffix(1);
    return text;
}

/// Writes the three bytes of four characters; false where one of them is no digit.
bool read_group(const Digits& digits, const unsigned char* text, char* out) {
    const auto group = digits[0][text[0]] | digits[1][text[1]] | digits[2][text[2]] | digits[3][text[3]];
    out[0] = static_cast<char>(group >> 16 & 0xFF);
    out[1] = static_cast<char>(group >> 8 & 0xFF);
    out[2] = static_cast<char>(group & 0xFF);
    return (group & kNoDigit) == 0;
}

std::optional<std::string> read_digits(const Digits& digits, std::string_view text) {
    const auto given = without_padding(text);
    if (given.size() != text.size() && text.size() % kGroup != 0) return std::nullopt;
    const std::size_t rest = given.size() % kGroup, whole = given.size() - rest;
    if (rest == 1) return std::nullopt;
    std::string bytes(whole / kGroup * kGroupBytes + kGroupBytes, '\0');
    char* to = bytes.data();
    for (std::size_t place = 0; place < whole; place += kGroup, to += kGroupBytes) {
        if (!read_group(digits, to_unsigned(given.data()) + place, to)) return std::nullopt;
    }
    // The last group is filled up with zeros.
    std::string last(given.substr(whole));
    last.resize(kGroup, kStandard.front());
    if (!read_group(digits, to_unsigned(last.data()), to)) return std::nullopt;
    bytes.resize(given.size() * kGroupBytes / kGroup);
    return bytes;
}

}  // namespace

void append_base64(std::string& out, std::string_view bytes) {
    append_digits(out, bytes, kStandard, Padding::full);
}

std::string to_base64(std::string_view bytes, Padding padding) {
    std::string text;
    append_digits(text, bytes, kStandard, padding);
    return text;
}

std::string to_url_base64(std::string_view bytes) {
    std::string text;
    append_digits(text, bytes, kForUrls, Padding::none);
    return text;
}

std::optional<std::string> read_base64(std::string_view text) {
    return read_digits(kEitherDigits, text);
}

std::optional<std::string> read_padded_base64(std::string_view text) {
    return text.size() % kGroup == 0 ? read_digits(kStandardDigits, text) : std::nullopt;
}

std::optional<std::string> read_base64_pieces(std::string_view text) {
    std::string bytes;
    while (!text.empty()) {
        const auto padding = text.find('=');
        // A piece ends with the group in which there is padding.
        const auto end = padding == std::string_view::npos ? text.size() : (padding / kGroup + 1) * kGroup;
        const auto piece = read_base64(text.substr(0, end));
        if (!piece) return std::nullopt;
        bytes += *piece;
        text.remove_prefix(std::min(end, text.size()));
    }
    return bytes;
}

}  // namespace understudy::wire
