#include "tools/replay/yaml_text.hpp"

#include "tools/convert/json_text.hpp"

#include <algorithm>
#include <array>

namespace understudy::replay {
namespace {

using match::Value;

constexpr std::size_t kLongestLine = 100;

std::string escape_variables(std::string_view text) {
    std::string escaped;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '$' && i + 1 < text.size() && text[i + 1] == '{') escaped += '$';
        escaped += text[i];
    }
    return escaped;
}

/// Whether YAML, of whatever version, takes a plain scalar for something else than a text.
bool is_reserved(std::string_view text) {
    constexpr std::array<std::string_view, 9> kWords{"null", "true", "false", "yes", "no", "on", "off", "y", "n"};
    std::string lower(text);
    for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return std::find(kWords.begin(), kWords.end(), lower) != kWords.end();
}

std::string to_key(const std::string& name) {
    if (match::to_naming(name) == match::Naming::field && !is_reserved(name)) return name;
    return to_yaml_scalar(name.starts_with('$') ? '$' + name : name);
}

std::string to_scalar(const Value& value, YamlUse use) {
    if (value.kind != match::Kind::text) return value.shown;
    if (use == YamlUse::expected && value.text == "[redacted]") return "$any";
    return to_yaml_scalar(value.text);
}

std::string to_flow(const Value& value, YamlUse use) {
    std::string text;
    if (value.kind == match::Kind::list) {
        for (const auto& item : value.items) text += (text.empty() ? "" : ", ") + to_flow(item, use);
        return '[' + text + ']';
    }
    if (value.kind != match::Kind::object) return to_scalar(value, use);
    for (const auto& member : value.members)
        text += (text.empty() ? "" : ", ") + to_key(member.name) + ": " + to_flow(member.value, use);
    return text.empty() ? "{}" : "{ " + text + " }";
}

/// The lines of a list or an object, the first of them without its indent.
std::string to_block(const Value& value, std::size_t indent, YamlUse use);

std::string to_item(const Value& item, std::size_t indent, YamlUse use) {
    auto flow = to_flow(item, use);
    const bool scalar = item.kind != match::Kind::list && item.kind != match::Kind::object;
    if (scalar || flow.size() + indent <= kLongestLine) return flow + '\n';
    return to_block(item, indent, use);
}

std::string to_block(const Value& value, std::size_t indent, YamlUse use) {
    const std::string margin(indent, ' ');
    std::string text;
    for (const auto& item : value.items) text += (text.empty() ? "" : margin) + "- " + to_item(item, indent + 2, use);
    for (const auto& member : value.members)
        text += (text.empty() ? "" : margin) + to_key(member.name) + ':' + to_yaml(member.value, indent, use);
    return text;
}

}  // namespace

std::string to_yaml_scalar(std::string_view text) {
    return convert::to_quoted_text(escape_variables(text));
}

std::string to_yaml_word(std::string_view text) {
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    const auto is_plain = [&](char c) {
        return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '/';
    };
    const bool starts = !text.empty() && (is_letter(text.front()) || text.front() == '/');
    const bool plain = starts && std::all_of(text.begin(), text.end(), is_plain) && !is_reserved(text);
    return plain ? std::string(text) : to_yaml_scalar(text);
}

std::string to_yaml(const Value& value, std::size_t indent, YamlUse use) {
    auto flow = to_flow(value, use);
    const bool scalar = value.kind != match::Kind::list && value.kind != match::Kind::object;
    if (scalar || flow.size() + indent + 20 <= kLongestLine) return ' ' + flow + '\n';
    return '\n' + std::string(indent + 2, ' ') + to_block(value, indent + 2, use);
}

}  // namespace understudy::replay
