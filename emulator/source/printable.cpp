#include "emulator/source/printable.hpp"

#include "emulator/source/text.hpp"

#include <algorithm>
#include <cstdio>

namespace understudy::source {

std::string to_printable(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const Character character = decode_character(text);
        const bool is_text = character.code != kNotUtf8;
        if (is_text && !is_obeyed_by_terminals(character.code)) {
            out += text.substr(0, character.width);
        } else {
            const auto code = is_text ? static_cast<unsigned>(character.code)
                                      : static_cast<unsigned>(static_cast<unsigned char>(text.front()));
            char escape[12];
            std::snprintf(escape, sizeof escape, code < 0x100 ? "\\x%02x" : "\\u%04x", code);
            out += escape;
        }
        text.remove_prefix(character.width);
    }
    return out;
}

std::string to_printable_line(std::string_view text) {
    std::string line = to_printable(text);
    std::ranges::replace_if(
        line, [](char c) { return c == '\t' || c == '\n'; }, ' ');
    return line;
}

}  // namespace understudy::source
