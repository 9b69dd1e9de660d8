#include "emulator/http/utf8.hpp"

#include <cstdint>
#include <cstring>

namespace understudy::http {
namespace {

unsigned char byte_at(std::string_view text, std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
}

bool within(unsigned char byte, unsigned char low, unsigned char high) {
    return byte >= low && byte <= high;
}

/// What may follow a lead byte (Unicode, table 3-7): the range of the second byte, and the sequence's length.
struct Lead {
    std::size_t length;
    unsigned char low, high;
};
Lead lead_of(unsigned char byte) {
    if (within(byte, 0xC2, 0xDF)) return {2, 0x80, 0xBF};
    if (byte == 0xE0) return {3, 0xA0, 0xBF};
    if (byte == 0xED) return {3, 0x80, 0x9F};
    if (within(byte, 0xE1, 0xEF)) return {3, 0x80, 0xBF};
    if (byte == 0xF0) return {4, 0x90, 0xBF};
    if (within(byte, 0xF1, 0xF3)) return {4, 0x80, 0xBF};
    if (byte == 0xF4) return {4, 0x80, 0x8F};
    return {1, 0, 0};
}

/// Bytes at the start of `text` that are ASCII for certain, eight at a time.
std::size_t ascii_prefix(std::string_view text) {
    std::size_t i = 0;
    for (; i + 8 <= text.size(); i += 8) {
        std::uint64_t word;
        std::memcpy(&word, text.data() + i, 8);
        if (word & 0x8080808080808080u) break;
    }
    return i;
}

}  // namespace

Utf8Step utf8_step(std::string_view text) {
    const unsigned char first = byte_at(text, 0);
    if (first < 0x80) return {1, true};
    const Lead lead = lead_of(first);
    if (lead.length == 1 || !within(byte_at(text, 1), lead.low, lead.high)) return {1, false};
    for (std::size_t i = 2; i < lead.length; ++i) {
        if (!within(byte_at(text, i), 0x80, 0xBF)) return {i, false};
    }
    return {lead.length, true};
}

bool is_utf8(std::string_view text) {
    for (std::size_t i = ascii_prefix(text); i < text.size(); i += ascii_prefix(text.substr(i))) {
        const Utf8Step step = utf8_step(text.substr(i));
        if (!step.valid) return false;
        i += step.length;
    }
    return true;
}

std::optional<Replaced> replace_invalid_utf8(std::string_view text) {
    std::optional<Replaced> replaced;
    std::size_t kept = 0;
    for (std::size_t i = ascii_prefix(text); i < text.size();) {
        const Utf8Step step = utf8_step(text.substr(i));
        if (!step.valid) {
            if (!replaced) replaced.emplace(Replaced{{}, 0});
            replaced->text.append(text.substr(kept, i - kept)).append(kReplacement);
            replaced->bytes += step.length;
            kept = i + step.length;
        }
        i += step.length;
        i += ascii_prefix(text.substr(i));
    }
    if (replaced) replaced->text.append(text.substr(kept));
    return replaced;
}

}  // namespace understudy::http
