#include "tools/convert/matcher_syntax.hpp"

#include <algorithm>
#include <array>

namespace understudy::convert {

bool is_matcher_key(std::string_view key) {
    return key.starts_with('$') && !key.starts_with("$$");
}

bool is_matcher(source::Node node) {
    constexpr std::array<std::string_view, 4> kWords{"$any", "$present", "$absent", "$update"};
    if (node.is_plain()) return std::find(kWords.begin(), kWords.end(), node.text()) != kWords.end();
    if (!node.is_mapping() || node.members().empty()) return false;
    const auto first = node.members().front().key.text();
    return is_matcher_key(first) && first != kIgnoreKey;
}

bool is_met_by_nothing(source::Node matcher) {
    const auto is_such = [](std::string_view word) { return word == "$absent" || word == "$any"; };
    if (!is_matcher(matcher)) return false;
    if (matcher.is_plain()) return is_such(matcher.text());
    return std::ranges::all_of(matcher.members(), [&](const auto& member) { return is_such(member.key.text()); });
}

std::string escape_variables(std::string_view text) {
    std::string escaped;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.substr(i).starts_with("${")) escaped += '$';
        escaped += text[i];
    }
    return escaped;
}

std::string escape_key(std::string_view key) {
    return (key.starts_with('$') ? "$" : "") + escape_variables(key);
}

}  // namespace understudy::convert
