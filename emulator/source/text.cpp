#include "emulator/source/text.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace understudy::source {
namespace {

std::uint8_t byte_at(std::string_view text, std::size_t index) {
    return static_cast<std::uint8_t>(text[index]);
}

std::size_t expected_width(std::uint8_t lead) {
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead <= 0xDF) return 2;
    if (lead >= 0xE0 && lead <= 0xEF) return 3;
    if (lead >= 0xF0 && lead <= 0xF4) return 4;
    return 0;
}

}  // namespace

Character decode_character(std::string_view text) {
    if (text.empty()) return {};
    constexpr std::array<std::uint8_t, 5> kLeadBits = {0, 0x7F, 0x1F, 0x0F, 0x07};
    constexpr std::array<char32_t, 5> kSmallest = {0, 0, 0x80, 0x800, 0x10000};
    const std::size_t width = expected_width(byte_at(text, 0));
    if (width == 0 || width > text.size()) return {kNotUtf8, 1};
    char32_t code = byte_at(text, 0) & kLeadBits[width];
    for (std::size_t i = 1; i < width; ++i) {
        if ((byte_at(text, i) & 0xC0) != 0x80) return {kNotUtf8, 1};
        code = (code << 6) | (byte_at(text, i) & 0x3F);
    }
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    if (code < kSmallest[width] || surrogate || code > 0x10FFFF) return {kNotUtf8, 1};
    return {code, width};
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const Character character = decode_character(text);
        if (character.code == kNotUtf8) return false;
        text.remove_prefix(character.width);
    }
    return true;
}

// Eight bytes of ASCII are eight characters: lines may be long, and positions in them are asked for often.
std::size_t count_characters(std::string_view text) {
    constexpr std::uint64_t kHighBits = 0x8080808080808080;
    std::size_t count = 0;
    while (!text.empty()) {
        std::uint64_t bytes = kHighBits;
        if (text.size() >= sizeof bytes) std::memcpy(&bytes, text.data(), sizeof bytes);
        const bool ascii = (bytes & kHighBits) == 0;
        text.remove_prefix(ascii ? sizeof bytes : decode_character(text).width);
        count += ascii ? sizeof bytes : 1;
    }
    return count;
}

void append_character(std::string& out, char32_t code) {
    const auto append = [&out](char32_t byte) { out += static_cast<char>(static_cast<std::uint8_t>(byte)); };
    if (code < 0x80) return append(code);
    if (code < 0x800) {
        append(0xC0 | (code >> 6));
    } else {
        if (code < 0x10000) {
            append(0xE0 | (code >> 12));
        } else {
            append(0xF0 | (code >> 18));
            append(0x80 | ((code >> 12) & 0x3F));
        }
        append(0x80 | ((code >> 6) & 0x3F));
    }
    append(0x80 | (code & 0x3F));
}

Lines::Lines(std::string_view text) : text_(text) {
    starts_.push_back(text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0);
    for (std::size_t i = starts_.front(); i < text.size(); ++i) {
        const bool carriage_return_alone = text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n');
        if (text[i] == '\n' || carriage_return_alone) starts_.push_back(i + 1);
    }
}

Position Lines::position(std::size_t offset) const {
    offset = std::clamp(offset, starts_.front(), text_.size());
    const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
    const std::size_t start = *(after - 1);
    return {static_cast<std::uint32_t>(after - starts_.begin()),
            static_cast<std::uint32_t>(1 + count_characters(text_.substr(start, offset - start)))};
}

Range Lines::line(std::size_t number) const {
    if (number == 0 || number > starts_.size()) return {text_.size(), text_.size()};
    const std::size_t begin = starts_[number - 1];
    std::size_t end = number == starts_.size() ? text_.size() : starts_[number];
    while (end > begin && (text_[end - 1] == '\n' || text_[end - 1] == '\r')) --end;
    return {begin, end};
}

}  // namespace understudy::source
