#include "emulator/event/wildcard.hpp"

#include "emulator/event/text.hpp"

#include <cstddef>

namespace understudy::event {
namespace {

bool same(char left, char right, Wildcards wildcards) {
    return wildcards == Wildcards::escapable_any_case ? to_lower(left) == to_lower(right) : left == right;
}

bool is_escaped(std::string_view pattern, std::size_t at, Wildcards wildcards) {
    if (wildcards == Wildcards::plain) return false;
    return pattern[at] == '\\' && at + 1 < pattern.size() && (pattern[at + 1] == '*' || pattern[at + 1] == '?');
}

}  // namespace

bool matches_wildcards(std::string_view pattern, std::string_view text, Wildcards wildcards) {
    std::size_t in_pattern = 0;
    std::size_t in_text = 0;
    std::size_t behind_star = std::string_view::npos;  // Where the pattern goes on behind the last star,
    std::size_t star_end = 0;                          // and how far that star reaches in the text.
    while (in_text < text.size()) {
        if (in_pattern < pattern.size()) {
            if (pattern[in_pattern] == '*') {
                behind_star = ++in_pattern;
                star_end = in_text;
                continue;
            }
            const bool escaped = is_escaped(pattern, in_pattern, wildcards);
            const std::size_t at = in_pattern + (escaped ? 1 : 0);
            if ((pattern[at] == '?' && !escaped) || same(pattern[at], text[in_text], wildcards)) {
                in_pattern = at + 1;
                ++in_text;
                continue;
            }
        }
        if (behind_star == std::string_view::npos) return false;
        in_pattern = behind_star;
        in_text = ++star_end;
    }
    return pattern.find_first_not_of('*', in_pattern) == std::string_view::npos;
}

}  // namespace understudy::event
