#include "emulator/event/text.hpp"

#include <algorithm>

namespace understudy::event {

std::string canonical_name(std::string_view name) {
    std::string canonical(name);
    for (std::size_t i = 0; i < name.size(); ++i) {
        canonical[i] = i == 0 || name[i - 1] == '-' ? to_upper(name[i]) : to_lower(name[i]);
    }
    return canonical;
}

std::string to_lower(std::string_view text) {
    std::string lower(text);
    for (char& c : lower) c = to_lower(c);
    return lower;
}

std::string_view trim(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool sorts_before(std::string_view left, std::string_view right) {
    return std::ranges::lexicographical_compare(
        left, right, {}, [](char c) { return to_lower(c); }, [](char c) { return to_lower(c); });
}

}  // namespace understudy::event
