#include "emulator/lambda/json_text.hpp"

#include "emulator/http/surrogates.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <cstdint>

namespace understudy::lambda {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

bool is_continuation(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

/// The bounds of a character's second byte where its first one narrows them (RFC 3629, 4).
std::pair<unsigned char, unsigned char> second_byte_bounds(unsigned char first) {
    switch (first) {
        case 0xE0:
            return {0xA0, 0xBF};
        case 0xED:
            return {0x80, 0x9F};
        case 0xF0:
            return {0x90, 0xBF};
        case 0xF4:
            return {0x80, 0x8F};
        default:
            return {0x80, 0xBF};
    }
}

/// The length of the UTF-8 character that `text` begins with; 0 where it begins with none.
std::size_t character_length(std::string_view text) {
    const auto first = static_cast<unsigned char>(text[0]);
    if (first < 0x80) return 1;
    if (first < 0xC2 || first > 0xF4) return 0;
    const std::size_t length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (text.size() < length) return 0;
    const auto second = static_cast<unsigned char>(text[1]);
    const auto [low, high] = second_byte_bounds(first);
    if (second < low || second > high) return 0;
    return std::ranges::all_of(text.substr(2, length - 2), is_continuation) ? length : 0;
}

void append_unicode_escape(std::string& out, unsigned char code) {
    out += "\\u00";
    out += kHexDigits[code >> 4U];
    out += kHexDigits[code & 15U];
}

void append_ascii(std::string& out, char c) {
    switch (c) {
        case '"':
            out += "\\\"";
            return;
        case '\\':
            out += "\\\\";
            return;
        case '\n':
            out += "\\n";
            return;
        case '\r':
            out += "\\r";
            return;
        case '\t':
            out += "\\t";
            return;
        default:
            break;
    }
    if (static_cast<unsigned char>(c) < 0x20 || c == '<' || c == '>' || c == '&') {
        append_unicode_escape(out, static_cast<unsigned char>(c));
    } else {
        out += c;
    }
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
    out += '"';
    while (!text.empty()) {
        const std::size_t length = character_length(text);
        const std::string_view character = text.substr(0, std::max<std::size_t>(length, 1));
        if (length == 0) {
            out += "\\ufffd";
        } else if (length == 1) {
            append_ascii(out, character[0]);
        } else if (character == "\u2028" || character == "\u2029") {
            out += character.back() == '\xA8' ? "\\u2028" : "\\u2029";
        } else {
            out += character;
        }
        text.remove_prefix(character.size());
    }
    out += '"';
}

bool is_json(std::string_view text) {
    boost::json::parse_options options;
    options.max_depth = 1000;
    options.allow_invalid_utf8 = true;
    boost::json::error_code error;
    boost::json::parse(boost::json::string_view(text.data(), text.size()), error, {}, options);
    if (!error) return true;
    const std::string repaired = http::replace_lone_surrogates(text);
    if (repaired == text) return false;
    boost::json::parse(repaired, error, {}, options);
    return !error;
}

}  // namespace understudy::lambda
