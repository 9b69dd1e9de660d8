#include "tools/report/command_marks.hpp"

#include <algorithm>
#include <cstddef>

namespace understudy::report {
namespace {

// What a trim may take off: .NET's blanks are more than ASCII's, and letters of other scripts are no loss here.
bool may_be_blank(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= 0x20 || byte >= 0x7F;
}

bool is_service_letter(char c) {
    return c >= 'a' && c <= 'z';
}

// `##[`, or `##` with the name of a service before the bracket.
bool begins_service_mark(std::string_view text) {
    if (!text.starts_with("##")) return false;
    const auto* const end = std::find_if_not(text.begin() + 2, text.end(), is_service_letter);
    return end != text.end() && *end == '[';
}

}  // namespace

std::string break_command_marks(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    bool only_blanks = true;  // So far in this line.
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto rest = text.substr(i);
        if (only_blanks && rest.starts_with("::")) {
            out += "\\x3a";
        } else if (begins_service_mark(rest)) {
            out += "#\\x23";
            ++i;
        } else {
            out += text[i];
        }
        only_blanks = text[i] == '\n' || text[i] == '\r' || (only_blanks && may_be_blank(text[i]));
    }
    return out;
}

}  // namespace understudy::report
