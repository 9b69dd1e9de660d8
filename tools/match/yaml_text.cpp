#include "tools/match/yaml_text.hpp"

#include "emulator/source/text.hpp"
#include "tools/convert/json_text.hpp"
#include "tools/convert/matcher_syntax.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>

namespace understudy::match {
namespace {

using source::ScalarStyle;

constexpr std::array<std::string_view, 7> kWords{"true", "false", "null", "yes", "no", "on", "off"};

/// Cautious: what YAML would read in any other way than as this text, here or in a flow list, is not plain.
bool is_plain_text(std::string_view text) {
    if (text.empty() || text.back() == ' ') return false;
    const unsigned char first = static_cast<unsigned char>(text.front());
    const bool duration =
        std::isdigit(first) && text.ends_with('s') && text.find_first_not_of("0123456789.") == text.size() - 1;
    if (duration) return true;
    if (!std::isalpha(first) && first != '_' && first != '/') return false;
    const auto fits = [](unsigned char c) {
        return std::isalnum(c) || std::string_view("_ ./-+@()").find(static_cast<char>(c)) != std::string_view::npos;
    };
    if (!std::ranges::all_of(text, fits)) return false;
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return std::ranges::find(kWords, lower) == kWords.end();
}

/// What a scalar says, without quotes; nullopt for one that is no text.
std::optional<std::string> to_plain(const Value& value) {
    if (value.kind == Kind::text) return convert::escape_variables(value.text);
    const bool quoted = value.shown.size() >= 2 && value.shown.front() == '"';
    if (quoted) return value.shown.substr(1, value.shown.size() - 2);  // times and bytes, without escapes
    return std::nullopt;
}

/// False for `NaN` and `-Infinity`, which are plain in YAML only.
bool is_json_scalar(const Value& value) {
    return value.kind != Kind::number || value.shown.find_first_of("aI") == std::string::npos;
}

/// A character that YAML takes in quotes only as an escape, or as the end of a line: DEL, those of 0x80 to 0x9f, line
/// and paragraph separators, byte order marks, and what is no character. Its length; 0 for any other.
std::size_t length_of_unwritable(std::string_view text) {
    constexpr std::array<std::string_view, 5> kWhole{"\xE2\x80\xA8", "\xE2\x80\xA9", "\xEF\xBB\xBF", "\xEF\xBF\xBE",
                                                     "\xEF\xBF\xBF"};
    if (text.front() == '\x7F') return 1;
    if (text.front() == '\xC2') return text.size() > 1 && static_cast<unsigned char>(text[1]) < 0xA0 ? 2 : 0;
    return std::ranges::any_of(kWhole, [&](auto whole) { return text.starts_with(whole); }) ? 3 : 0;
}

/// As JSON, and so as YAML.
std::string double_quoted(std::string_view text) {
    const std::string json = convert::to_quoted_text(text);
    std::string quoted;
    for (std::string_view rest = json; !rest.empty();) {
        const std::size_t length = length_of_unwritable(rest);
        if (length == 0) {
            quoted += rest.front();
            rest.remove_prefix(1);
            continue;
        }
        const auto code = static_cast<unsigned>(source::decode_character(rest).code);
        std::array<char, 8> escape{};
        std::snprintf(escape.data(), escape.size(), "\\u%04x", code);
        quoted += escape.data();
        rest.remove_prefix(length);
    }
    return quoted;
}

std::string quote_text(const std::string& text, Quotes quotes) {
    return quotes == Quotes::where_needed && is_plain_text(text) ? text : double_quoted(text);
}

bool has_unwritable(std::string_view text) {
    for (; !text.empty(); text.remove_prefix(1)) {
        if (length_of_unwritable(text) > 0) return true;
    }
    return false;
}

std::string single_quoted(std::string_view text) {
    std::string quoted("'");
    for (const char c : text) quoted.append(c == '\'' ? 2 : 1, c);
    return quoted + '\'';
}

bool is_printable(std::string_view text) {
    return std::ranges::all_of(text, [](unsigned char c) { return c >= ' '; }) && !has_unwritable(text);
}

/// Whether a text can be a literal one (`|`): lines of printable characters, at most one line break at the end.
bool fits_literal(std::string_view text) {
    if (text.empty() || text.front() == ' ' || text.front() == '\n' || text.ends_with("\n\n")) return false;
    return std::ranges::all_of(text, [](unsigned char c) { return c >= ' ' || c == '\n'; }) && !has_unwritable(text);
}

std::string to_literal(std::string_view text, std::size_t indent) {
    std::string literal = text.ends_with('\n') ? "|" : "|-";
    if (text.ends_with('\n')) text.remove_suffix(1);
    for (;;) {
        const std::size_t end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        literal += '\n';
        if (!line.empty()) literal.append(indent, ' ').append(line);
        if (end == std::string_view::npos) return literal;
        text.remove_prefix(end + 1);
    }
}

/// The members that are written, an Any's type first.
std::vector<std::pair<std::string, const Value*>> written_members(const Value& object, Quotes quotes) {
    std::vector<std::pair<std::string, const Value*>> members;
    for (const Member& member : object.members) {
        if (member.value.set && member.naming != Naming::unknown)
            members.emplace_back(to_yaml_key(member.name, quotes), &member.value);
    }
    return members;
}

std::string type_member(const Value& object) {
    return object.type.empty() ? "" : "\"@type\": " + convert::to_quoted_text("type.googleapis.com/" + object.type);
}

}  // namespace

std::string to_yaml_key(std::string_view key, Quotes quotes) {
    return quote_text(convert::escape_key(key), quotes);
}

std::string to_flow_yaml(const Value& value, Quotes quotes) {
    std::string text;
    const auto separate = [&text] { text += text.empty() ? "" : ", "; };
    if (value.kind == Kind::list) {
        for (const Value& item : value.items) {
            separate();
            text += to_flow_yaml(item, quotes);
        }
        return '[' + text + ']';
    }
    if (value.kind != Kind::object) return to_scalar_yaml(value, ScalarStyle::plain, 0, quotes);
    text = type_member(value);
    for (const auto& [key, member] : written_members(value, quotes)) {
        separate();
        text += key + ": " + to_flow_yaml(*member, quotes);
    }
    if (text.empty()) return "{}";
    return quotes == Quotes::always ? '{' + text + '}' : "{ " + text + " }";
}

std::string to_block_yaml(const Value& value, std::size_t indent) {
    const std::string line_break = '\n' + std::string(indent, ' ');
    std::string text;
    if (value.kind == Kind::list && !value.items.empty()) {
        for (const Value& item : value.items)
            text += (text.empty() ? "- " : line_break + "- ") + to_block_yaml(item, indent + kIndent);
        return text;
    }
    if (value.kind != Kind::object)
        return is_container(value) ? "[]" : to_scalar_yaml(value, ScalarStyle::plain, indent, Quotes::where_needed);
    text = type_member(value);
    for (const auto& [key, member] : written_members(value, Quotes::where_needed)) {
        text += (text.empty() ? "" : line_break) + key + ':';
        const std::string nested = to_block_yaml(*member, indent + kIndent);
        const bool below = is_container(*member) && nested != "{}" && nested != "[]";
        text += below ? line_break + std::string(kIndent, ' ') + nested : ' ' + nested;
    }
    return text.empty() ? "{}" : text;
}

std::string to_scalar_yaml(const Value& value, ScalarStyle style, std::size_t indent, Quotes quotes) {
    const auto text = to_plain(value);
    if (!text)
        return is_json_scalar(value) || quotes == Quotes::where_needed ? value.shown : double_quoted(value.shown);
    if (quotes == Quotes::always || style == ScalarStyle::double_quoted) return double_quoted(*text);
    if (style == ScalarStyle::single_quoted && is_printable(*text)) return single_quoted(*text);
    const bool lines = text->find('\n') != std::string::npos || style == ScalarStyle::literal;
    const bool literal = style != ScalarStyle::single_quoted && indent > 0 && lines && fits_literal(*text);
    return literal ? to_literal(*text, indent) : quote_text(*text, quotes);
}

}  // namespace understudy::match
