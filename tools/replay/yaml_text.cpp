#include "tools/replay/yaml_text.hpp"

#include "emulator/http/base64.hpp"
#include "emulator/record/redaction.hpp"
#include "tools/match/yaml_text.hpp"
#include "tools/replay/redacted_text.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace understudy::replay {
namespace {

using match::Quotes;
using match::Value;

constexpr std::size_t kLongestLine = 100;
/// A key that is longer is none for YAML.
constexpr std::size_t kLongestKey = 500;

/// A longer text makes an expression that RE2 takes too much memory for.
constexpr std::size_t kLongestExpression = 10'000;

bool holds_redacted(std::string_view text) {
    return text.find(record::kRedacted) != std::string_view::npos;
}

/// A matcher stands as it is where values are shown.
Value without_redacted(Value value) {
    if (value.kind == match::Kind::text) {
        if (auto matcher = to_redacted_matcher(value.text)) {
            value = match::make_null();
            value.shown = *std::move(matcher);
        }
    }
    for (auto& item : value.items) item = without_redacted(std::move(item));
    for (auto& member : value.members) member.value = without_redacted(std::move(member.value));
    return value;
}

}  // namespace

bool can_be_yaml(const Value& value) {
    std::set<std::string_view> names;
    const bool keys = std::ranges::all_of(value.members, [&](const match::Member& member) {
        return member.name.size() <= kLongestKey && names.insert(member.name).second && can_be_yaml(member.value);
    });
    return keys && std::ranges::all_of(value.items, can_be_yaml);
}

std::string to_yaml_scalar(std::string_view text) {
    return match::to_scalar_yaml(match::make_text(text), source::ScalarStyle::double_quoted, 0, Quotes::always);
}

std::optional<std::string> to_redacted_matcher(std::string_view text) {
    if (holds_redacted(text)) {
        if (text == record::kRedacted || text.size() > kLongestExpression) return "$any";
        return "{ $regex: " + to_yaml_scalar(to_redacted_regex(text)) + " }";
    }
    const auto bytes = http::parse_base64(text);
    return bytes && holds_redacted(*bytes) ? std::optional<std::string>("$any") : std::nullopt;
}

std::string to_yaml_word(std::string_view text) {
    const auto is_plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("-_./").find(c) != std::string_view::npos;
    };
    if (!std::ranges::all_of(text, is_plain)) return to_yaml_scalar(text);
    return match::to_scalar_yaml(match::make_text(text), source::ScalarStyle::plain, 0, Quotes::where_needed);
}

std::string to_yaml(const Value& value, std::size_t indent, YamlUse use) {
    const Value written = use == YamlUse::expected ? without_redacted(value) : value;
    auto flow = match::to_flow_yaml(written, Quotes::where_needed);
    if (!is_container(value) || flow.size() + indent + 20 <= kLongestLine) return ' ' + flow + '\n';
    return '\n' + std::string(indent + 2, ' ') + match::to_block_yaml(written, indent + 2) + '\n';
}

}  // namespace understudy::replay
