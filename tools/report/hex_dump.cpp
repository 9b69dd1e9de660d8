#include "tools/report/hex_dump.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>

namespace understudy::report {

namespace {

constexpr std::size_t kWidth = 16;
constexpr std::size_t kOffsetColumns = 10;

// Where a byte's two digits stand: a gap parts the halves.
std::size_t column_of(std::size_t index) {
    return kOffsetColumns + index * 3 + (index >= kWidth / 2 ? 1 : 0);
}

std::string render_line(std::string_view bytes, std::size_t offset) {
    char head[24];
    std::snprintf(head, sizeof head, "%08zx", offset);
    std::string line = head;
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto byte = static_cast<unsigned char>(bytes[i]);
        char digits[4];
        std::snprintf(digits, sizeof digits, "%02x", static_cast<unsigned>(byte));
        line.resize(column_of(i), ' ');
        line += digits;
        text += byte >= 0x20 && byte < 0x7F ? static_cast<char>(byte) : '.';
    }
    line.resize(column_of(kWidth) + 1, ' ');
    return line + '|' + text + "|\n";
}

}  // namespace

std::string render_hex_dump(std::string_view bytes, std::optional<std::size_t> mark, std::size_t most) {
    const auto lines = std::max<std::size_t>(most / kWidth, 1);
    const auto marked = std::min(mark.value_or(0), bytes.size()) / kWidth;
    const auto first = marked < lines ? 0 : marked - lines / 2;
    std::string text;
    if (first > 0) text += "(" + std::to_string(first * kWidth) + " bytes before these)\n";
    auto offset = first * kWidth;
    for (std::size_t i = 0; i < lines && (offset < bytes.size() || i == 0); ++i, offset += kWidth) {
        text += render_line(bytes.substr(std::min(offset, bytes.size()), kWidth), offset);
        const bool here = mark && *mark >= offset && *mark < offset + kWidth;
        if (here) text += std::string(column_of(*mark - offset), ' ') + "^^ decoding stopped here\n";
    }
    // Where the bytes end with a line, their end has no line of its own.
    if (mark && *mark == bytes.size() && *mark % kWidth == 0 && *mark > 0 && offset == *mark)
        text += std::string(kOffsetColumns, ' ') + "^^ decoding stopped here, at the end\n";
    if (offset < bytes.size()) text += "(" + std::to_string(bytes.size() - offset) + " bytes behind these)\n";
    return text;
}

}  // namespace understudy::report
