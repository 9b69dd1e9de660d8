#include "tools/scenario/secret_parts.hpp"

#include "tools/match/json_value.hpp"
#include "tools/scenario/variables.hpp"

#include <cstddef>
#include <utility>

namespace understudy::scenario {

namespace {

void add_part(std::vector<std::string>& parts, const std::string& part) {
    constexpr std::size_t kShortestPart = 3;
    if (part.size() >= kShortestPart) parts.push_back(part);
}

void add_parts_of_text(std::vector<std::string>& parts, std::string_view text);

// Keys are names, and no secrets.
void add_parts_of_value(std::vector<std::string>& parts, const match::Value& value) {
    for (const auto& item : value.items) add_parts_of_value(parts, item);
    for (const auto& member : value.members) add_parts_of_value(parts, member.value);
    if (value.kind == match::Kind::number) add_part(parts, value.shown);
    if (value.kind != match::Kind::text) return;
    add_part(parts, value.text);
    add_parts_of_text(parts, value.text);
}

// A program that is given JSON reads it, and what it says holds the parts.
void add_parts_of_text(std::vector<std::string>& parts, std::string_view text) {
    const auto begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos || (text[begin] != '{' && text[begin] != '[')) return;
    if (const auto value = match::parse_json(text)) add_parts_of_value(parts, *value);
}

}  // namespace

std::vector<std::string> to_secret_parts(std::string_view json) {
    std::vector<std::string> parts{to_inserted_text(json)};
    const std::string whole = parts.front();
    add_parts_of_text(parts, whole);
    return parts;
}

}  // namespace understudy::scenario
