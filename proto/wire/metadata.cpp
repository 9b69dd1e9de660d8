#include "proto/wire/metadata.hpp"

#include <algorithm>

namespace understudy::wire {
namespace {

char to_lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

bool same_name(std::string_view left, std::string_view right) {
    return std::ranges::equal(left, right, {}, to_lower, to_lower);
}

std::string to_lower_name(std::string_view name) {
    std::string lower(name);
    std::ranges::transform(lower, lower.begin(), to_lower);
    return lower;
}

const std::string* find_value(const Metadata& metadata, std::string_view name) {
    const auto found = std::ranges::find_if(metadata, [name](const auto& line) { return same_name(line.first, name); });
    return found == metadata.end() ? nullptr : &found->second;
}

std::string value_of(const Metadata& metadata, std::string_view name) {
    const std::string* value = find_value(metadata, name);
    return value == nullptr ? std::string() : *value;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\r";
    const auto begin = text.find_first_not_of(kBlanks);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(kBlanks) + 1 - begin);
}

}  // namespace understudy::wire
