#include "emulator/source/extension_name.hpp"

namespace understudy::source {
namespace {

bool begins_part(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool continues_part(char c) {
    return begins_part(c) || (c >= '0' && c <= '9');
}

}  // namespace

std::size_t extension_name_length(std::string_view text) {
    if (!text.starts_with('[')) return 0;
    for (std::size_t at = 1; at < text.size() && begins_part(text[at]); ++at) {
        while (at < text.size() && continues_part(text[at])) ++at;
        if (at == text.size()) return 0;
        if (text[at] == ']') return at + 1;
        if (text[at] != '.') return 0;
    }
    return 0;
}

}  // namespace understudy::source
