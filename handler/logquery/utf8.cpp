#include "handler/logquery/utf8.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace understudy::logquery {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

std::uint8_t byte_at(std::string_view bytes, std::size_t i) {
    return static_cast<std::uint8_t>(bytes[i]);
}

std::size_t ascii_length(std::string_view bytes) {
    std::size_t i = 0;
    for (; i + 8 <= bytes.size(); i += 8) {
        std::uint64_t word;
        std::memcpy(&word, bytes.data() + i, 8);
        if (word & 0x8080808080808080u) break;
    }
    while (i < bytes.size() && byte_at(bytes, i) < 0x80) ++i;
    return i;
}

/// What a first byte asks for: how long its character is (0: it begins none) and between which values its second byte
/// lies (The Unicode Standard, table 3-7).
struct Lead {
    std::size_t length;
    std::uint8_t low;
    std::uint8_t high;
};

Lead to_lead(std::uint8_t byte) {
    if (byte < 0x80) return {1, 0, 0};
    if (byte < 0xC2) return {0, 0, 0};
    if (byte < 0xE0) return {2, 0x80, 0xBF};
    if (byte == 0xE0) return {3, 0xA0, 0xBF};
    if (byte == 0xED) return {3, 0x80, 0x9F};
    if (byte < 0xF0) return {3, 0x80, 0xBF};
    if (byte == 0xF0) return {4, 0x90, 0xBF};
    if (byte < 0xF4) return {4, 0x80, 0xBF};
    if (byte == 0xF4) return {4, 0x80, 0x8F};
    return {0, 0, 0};
}

/// The front of a text: a whole character, or the part that one U+FFFD stands for.
struct Front {
    std::size_t length;
    bool whole;
};

/// Preconditions: `bytes` is not empty.
Front parse_front(std::string_view bytes) {
    const Lead lead = to_lead(byte_at(bytes, 0));
    if (lead.length < 2) return {1, lead.length == 1};
    std::size_t i = 1;
    for (; i < std::min(lead.length, bytes.size()); ++i) {
        const std::uint8_t low = i == 1 ? lead.low : 0x80, high = i == 1 ? lead.high : 0xBF;
        if (byte_at(bytes, i) < low || byte_at(bytes, i) > high) break;
    }
    return {i, i == lead.length};
}

}  // namespace

std::size_t valid_length(std::string_view bytes) {
    std::size_t i = 0;
    while (true) {
        i += ascii_length(bytes.substr(i));
        if (i == bytes.size()) return i;
        const Front front = parse_front(bytes.substr(i));
        if (!front.whole) return i;
        i += front.length;
    }
}

void append_utf8(std::string& out, std::string_view bytes) {
    while (!bytes.empty()) {
        const std::size_t valid = valid_length(bytes);
        out.append(bytes.substr(0, valid));
        bytes.remove_prefix(valid);
        if (bytes.empty()) return;
        out.append(kReplacement);
        bytes.remove_prefix(parse_front(bytes).length);
    }
}

std::string_view cut_utf8(std::string_view text, std::size_t most) {
    if (text.size() <= most) return text;
    std::size_t end = most;
    // A byte 10xxxxxx continues a character, which has at most three of them.
    while (end > 0 && most - end < 3 && (byte_at(text, end) & 0xC0) == 0x80) --end;
    return text.substr(0, end);
}

}  // namespace understudy::logquery
