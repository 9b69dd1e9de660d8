#include "tools/understudy/sam_config_value.hpp"

#include "emulator/source/document.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <sstream>
#include <toml.hpp>

namespace understudy::cli {
namespace {

using ConfigKind = ConfigValue::Kind;

std::string to_shortest_text(double number) {
    std::array<char, 32> digits{};
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    return {digits.data(), end};
}

/// Dates and times stay nothing: SAM CLI has no parameter of the kind.
void take_scalar(ConfigValue& value, const toml::value& written) {
    if (written.is_string()) {
        value.kind = ConfigKind::text;
        value.text = written.as_string().str;
    } else if (written.is_boolean()) {
        value.kind = ConfigKind::boolean;
        value.text = written.as_boolean() ? "True" : "False";
    } else if (written.is_integer()) {
        value.kind = ConfigKind::number;
        value.text = std::to_string(written.as_integer());
    } else if (written.is_floating()) {
        value.kind = ConfigKind::number;
        value.text = to_shortest_text(written.as_floating());
    }
}

ConfigValue to_config_value(const toml::value& written) {
    const auto place = written.location();
    ConfigValue value{
        .position = {static_cast<std::uint32_t>(place.line()), static_cast<std::uint32_t>(place.column())}};
    if (written.is_table()) {
        value.kind = ConfigKind::table;
        for (const auto& [key, member] : written.as_table()) value.members.emplace_back(key, to_config_value(member));
        // The table is a hash map; what is told is told in the order of the text.
        std::ranges::stable_sort(value.members, [](const auto& a, const auto& b) {
            const auto& left = a.second.position;
            const auto& right = b.second.position;
            return std::pair(left.line, left.column) < std::pair(right.line, right.column);
        });
    } else if (written.is_array()) {
        value.kind = ConfigKind::list;
        for (const toml::value& item : written.as_array()) value.items.push_back(to_config_value(item));
    } else {
        take_scalar(value, written);
    }
    return value;
}

source::Result<ConfigValue> parse_toml(std::string_view text, const std::string& name) {
    try {
        std::istringstream stream{std::string(text)};
        return to_config_value(toml::parse(stream, name));
    } catch (const toml::exception& error) {
        const auto& place = error.location();
        return source::Problem(source::ProblemCode::malformed, "this is no TOML that SAM CLI would read", name,
                               {static_cast<std::uint32_t>(place.line()), static_cast<std::uint32_t>(place.column())});
    }
}

/// The kinds of YAML 1.2, in which `yes` is a text.
ConfigKind kind_of_scalar(const source::Node& node) {
    if (node.is_null()) return ConfigKind::nothing;
    if (!node.is_plain()) return ConfigKind::text;
    const std::string_view text = node.text();
    for (const std::string_view word : {"true", "True", "TRUE", "false", "False", "FALSE"}) {
        if (text == word) return ConfigKind::boolean;
    }
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? ConfigKind::number : ConfigKind::text;
}

ConfigValue to_config_value(const source::Node& node) {
    ConfigValue value{.position = node.position()};
    if (node.is_mapping()) {
        value.kind = ConfigKind::table;
        for (const source::Member& member : node.members()) {
            value.members.emplace_back(member.key.text(), to_config_value(member.value));
        }
    } else if (node.is_sequence()) {
        value.kind = ConfigKind::list;
        for (const source::Node& item : node.items()) value.items.push_back(to_config_value(item));
    } else {
        value.kind = kind_of_scalar(node);
        value.text = node.text();
        if (value.kind == ConfigKind::boolean)
            value.text = value.text.starts_with('t') || value.text.starts_with('T') ? "True" : "False";
        if (value.kind == ConfigKind::nothing) value.text.clear();
    }
    return value;
}

source::Result<ConfigValue> parse_yaml(std::string_view text, const std::string& name) {
    const auto document = source::parse_document(text, name);
    if (!document) return document.error();
    return to_config_value(document->root());
}

}  // namespace

const ConfigValue* ConfigValue::find(std::string_view key) const {
    const auto found =
        std::ranges::find(members, key, [](const auto& member) { return std::string_view(member.first); });
    return found == members.end() ? nullptr : &found->second;
}

source::Result<ConfigValue> parse_config(std::string_view text, const std::string& name) {
    if (name.ends_with(".toml")) return parse_toml(text, name);
    if (name.ends_with(".yaml") || name.ends_with(".yml")) return parse_yaml(text, name);
    return source::Problem(source::ProblemCode::invalid,
                           "SAM CLI reads configuration files that end in .toml, .yaml or .yml, and no '" + name + "'");
}

}  // namespace understudy::cli
