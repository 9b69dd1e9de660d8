#include "recorder/log_pieces.hpp"

#include "emulator/record/log_mark.hpp"

#include <algorithm>

namespace understudy::recorder {
namespace {

/// How far back a better place for a cut is looked for.
constexpr std::size_t kLookBack = 64;

bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

/// Whether a text may be cut before this byte.
bool may_cut(std::string_view text, std::size_t at) {
    const bool inside = (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
    return !inside && !is_blank(text[at]) && !is_blank(text[at - 1]);
}

std::size_t find_cut(std::string_view text, std::size_t most) {
    if (text.size() <= most) return text.size();
    for (std::size_t at = most; at + kLookBack > most && at > 1; --at) {
        if (may_cut(text, at)) return at;
    }
    return most;
}

}  // namespace

std::vector<std::string> to_log_lines(std::string_view name, std::string_view line, std::size_t longest) {
    constexpr std::size_t kCounts = 24;  // Two numbers of up to ten digits, the slash, the blanks, the LF.
    const std::size_t most = longest - std::min(longest, record::kLogMark.size() + name.size() + kCounts);
    std::vector<std::string_view> pieces;
    do {
        pieces.push_back(line.substr(0, find_cut(line, most)));
        line.remove_prefix(pieces.back().size());
    } while (!line.empty());
    std::vector<std::string> lines;
    lines.reserve(pieces.size());
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        std::string& made = lines.emplace_back(record::kLogMark);
        made.append(name).append(" ").append(std::to_string(i + 1)).append("/");
        made.append(std::to_string(pieces.size())).append(" ").append(pieces[i]).append("\n");
    }
    return lines;
}

}  // namespace understudy::recorder
