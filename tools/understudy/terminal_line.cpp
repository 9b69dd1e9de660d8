#include "tools/understudy/terminal_line.hpp"

#include "emulator/source/printable.hpp"

#include <algorithm>

namespace understudy::cli {
namespace {

/// The length of the rendition that begins the text; 0 where none does.
std::size_t measure_rendition(std::string_view text) {
    if (!text.starts_with("\x1b[")) return 0;
    const auto end = text.find_first_not_of("0123456789;:", 2);
    return end != text.npos && text[end] == 'm' ? end + 1 : 0;
}

}  // namespace

void append_for_terminal(std::string& shown, std::string_view line, source::Colour colour) {
    while (!line.empty()) {
        if (const auto size = measure_rendition(line)) {
            if (colour == source::Colour::ansi) shown += line.substr(0, size);
            line.remove_prefix(size);
            continue;
        }
        const auto size = std::min(line.find('\x1b', 1), line.size());
        shown += source::to_printable(line.substr(0, size));
        line.remove_prefix(size);
    }
}

}  // namespace understudy::cli
