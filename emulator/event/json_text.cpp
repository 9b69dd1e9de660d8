#include "emulator/event/json_text.hpp"

#include "emulator/http/blocks.hpp"
#include "emulator/http/utf8.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace understudy::event {
namespace {

/// The letter of a two-character escape; 0 where there is none, 'u' for the long form.
constexpr auto kEscapes = [] {
    std::array<char, 256> escapes{};
    for (std::size_t i = 0; i < 0x20; ++i) escapes[i] = 'u';
    escapes['"'] = '"';
    escapes['\\'] = '\\';
    escapes['\b'] = 'b';
    escapes['\f'] = 'f';
    escapes['\n'] = 'n';
    escapes['\r'] = 'r';
    escapes['\t'] = 't';
    return escapes;
}();

char escape_of(char c) {
    return kEscapes[static_cast<unsigned char>(c)];
}

bool is_ascii(char c) {
    return (c & 0x80) == 0;
}

/// A bit for each byte of a block that is a control or no ASCII.
unsigned find_uncommon(http::Block block) {
    return http::to_bits(block < ' ');  // What is no ASCII is negative.
}

/// A bit for each byte of a block that does not stand in JSON as it is.
unsigned find_special(http::Block block) {
    return http::to_bits((block < ' ') | (block == '"') | (block == '\\'));
}

/// How many bytes of a block stand in front of the first that was found.
std::size_t count_before(unsigned found) {
    return found == 0 ? http::kBlock : static_cast<std::size_t>(std::countr_zero(found));
}

/// The first place from `i` on that does not stand in JSON as it is.
std::size_t skip_plain(std::string_view text, std::size_t i) {
    for (; i + http::kBlock <= text.size(); i += http::kBlock) {
        const std::size_t plain = count_before(find_special(http::load_block(text.data() + i)));
        if (plain < http::kBlock) return i + plain;
    }
    const std::size_t left = text.size() - i;
    return i + std::min(count_before(find_special(http::load_part(text.data() + i, left))), left);
}

/// Where a text is read, and where it is written.
struct Ends {
    const char* from;
    char* to;
};

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

/// Writes one character, its escape, or what stands for bytes that are none.
Ends put_character(Ends at, const char* end) {
    const char c = *at.from;
    if (const char letter = escape_of(c); letter != 0) return {at.from + 1, put_escape(at.to, c, letter)};
    if (is_ascii(c)) {
        *at.to = c;
        return {at.from + 1, at.to + 1};
    }
    const http::Utf8Step step = http::utf8_step({at.from, static_cast<std::size_t>(end - at.from)});
    const std::string_view written = step.valid ? std::string_view(at.from, step.length) : http::kReplacement;
    std::memcpy(at.to, written.data(), written.size());
    return {at.from + step.length, at.to + written.size()};
}

}  // namespace

bool is_plain_text(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        while (i + http::kBlock <= text.size() && find_uncommon(http::load_block(text.data() + i)) == 0)
            i += http::kBlock;
        if (i == text.size()) break;
        const http::Utf8Step step = http::utf8_step(text.substr(i));
        if (!step.valid || escape_of(text[i]) == 'u') return false;
        i += step.length;
    }
    return true;
}

JsonTextCost json_text_cost(std::string_view text) {
    JsonTextCost cost{.size = text.size()};
    for (std::size_t i = skip_plain(text, 0); i < text.size(); i = skip_plain(text, i)) {
        if (const char escape = escape_of(text[i]); escape != 0) {
            cost.size += escape == 'u' ? kLongestEscape - 1 : 1;
            ++i;
            continue;
        }
        const http::Utf8Step step = http::utf8_step(text.substr(i));
        if (!step.valid) {
            cost.size += http::kReplacement.size() - step.length;
            cost.replaced_bytes += step.length;
        }
        i += step.length;
    }
    return cost;
}

/// Blocks are copied whatever they are, and only what stands in front of the first special byte counts.
char* put_json_text(char* to, std::string_view text) {
    const char* const end = text.data() + text.size();
    Ends at{text.data(), to};
    while (end - at.from >= static_cast<std::ptrdiff_t>(http::kBlock)) {
        const http::Block block = http::load_block(at.from);
        http::store_block(at.to, block);
        const unsigned special = find_special(block);
        const std::size_t plain = count_before(special);
        at = {at.from + plain, at.to + plain};
        if (special != 0) at = put_character(at, end);
    }
    while (at.from != end) {
        const auto left = static_cast<std::size_t>(end - at.from);
        const http::Block block = http::load_part(at.from, left);
        http::store_block(at.to, block);
        const std::size_t plain = std::min(count_before(find_special(block)), left);
        at = {at.from + plain, at.to + plain};
        if (plain < left) at = put_character(at, end);
    }
    return at.to;
}

void append_json_text(std::string& out, std::string_view text, const JsonTextCost& cost) {
    if (cost.size == text.size() && cost.replaced_bytes == 0) {
        out.append(text);
        return;
    }
    const std::size_t start = out.size();
    out.resize(start + cost.size + kJsonTextSpare);
    put_json_text(out.data() + start, text);
    out.resize(start + cost.size);
}

void append_json_text(std::string& out, std::string_view text) {
    append_json_text(out, text, json_text_cost(text));
}

}  // namespace understudy::event
