#include "emulator/service/jackson_words.hpp"

#include <algorithm>

namespace understudy::service::jackson {

std::string to_place(std::string_view text, std::size_t offset) {
    const std::string_view before = text.substr(0, offset);
    const auto line = std::ranges::count(before, '\n') + 1;
    const auto start = before.rfind('\n');
    const std::size_t column = offset - (start == std::string_view::npos ? 0 : start + 1) + 1;
    return "[Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: " +
           std::to_string(line) + ", column: " + std::to_string(column) + ']';
}

std::string to_shown(int character) {
    const bool control = character < 0x20 || (character >= 0x7f && character < 0xa0);
    return control ? "(CTRL-CHAR, code " + std::to_string(character) + ')'
                   : '\'' + to_utf8(character) + "' (code " + std::to_string(character) + ')';
}

std::string to_hex(int byte) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    return {'0', 'x', kDigits[static_cast<std::size_t>(byte >> 4)], kDigits[static_cast<std::size_t>(byte & 0xf)]};
}

std::string to_utf8(int character) {
    if (character < 0x80) return std::string(1, static_cast<char>(character));
    return {static_cast<char>(0xc0 | (character >> 6)), static_cast<char>(0x80 | (character & 0x3f))};
}

bool starts_identifier(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' || c == 0xaa || c == 0xb5 ||
           c == 0xba || (c >= 0xa2 && c <= 0xa5) || (c >= 0xc0 && c != 0xd7 && c != 0xf7);
}

}  // namespace understudy::service::jackson
