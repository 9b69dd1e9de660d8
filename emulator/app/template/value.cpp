#include "emulator/app/template/value.hpp"

#include <algorithm>
#include <array>

namespace understudy::app::templates {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

std::size_t skip_digits(std::string_view text, std::size_t at) {
    while (at < text.size() && is_digit(text[at])) ++at;
    return at;
}

/// Whether a text is a number in JSON's grammar.
bool is_json_number(std::string_view text) {
    std::size_t at = !text.empty() && text[0] == '-' ? 1 : 0;
    const std::size_t whole = skip_digits(text, at);
    if (whole == at || (text[at] == '0' && whole > at + 1)) return false;
    at = whole;
    if (at < text.size() && text[at] == '.') {
        const std::size_t end = skip_digits(text, at + 1);
        if (end == at + 1) return false;
        at = end;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
        const std::size_t end = skip_digits(text, at);
        if (end == at) return false;
        at = end;
    }
    return at == text.size();
}

bool is_one_of(std::string_view text, std::span<const std::string_view> words) {
    return std::ranges::find(words, text) != words.end();
}

constexpr std::array<std::string_view, 9> kTrue{"true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"};
constexpr std::array<std::string_view, 9> kFalse{"false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"};

void append_json(std::string& out, const Value& value) {
    switch (value.kind) {
        case ValueKind::none:
        case ValueKind::null:
        case ValueKind::unknown:
            out += "null";
            return;
        case ValueKind::text:
            if (value.plain && is_one_of(value.text, kTrue)) {
                out += "true";
            } else if (value.plain && is_one_of(value.text, kFalse)) {
                out += "false";
            } else if (value.plain && is_json_number(value.text)) {
                out += value.text;
            } else {
                append_json_string(out, value.text);
            }
            return;
        case ValueKind::list:
            out += '[';
            for (std::size_t i = 0; i < value.items.size(); ++i) {
                if (i != 0) out += ',';
                append_json(out, value.items[i]);
            }
            out += ']';
            return;
        case ValueKind::map:
            out += '{';
            for (std::size_t i = 0; i < value.members.size(); ++i) {
                if (i != 0) out += ',';
                append_json_string(out, value.members[i].key);
                out += ':';
                append_json(out, value.members[i].value);
            }
            out += '}';
            return;
    }
}

}  // namespace

const Value* Value::find(std::string_view key) const {
    const auto found = std::ranges::find(members, key, &Entry::key);
    return found == members.end() ? nullptr : &found->value;
}

const Value& Value::get(std::string_view key) const {
    static const Value kNone;
    static const Value kUnknown = unknown_value();
    const Value* found = find(key);
    if (found != nullptr) return *found;
    return is_unknown() ? kUnknown : kNone;
}

std::vector<const Value*> Value::each() const {
    std::vector<const Value*> all;
    if (!is_list()) {
        if (present()) all.push_back(this);
        return all;
    }
    for (const Value& item : items) all.push_back(&item);
    return all;
}

bool Value::is_true() const {
    return is_text() && is_one_of(text, kTrue);
}

std::uint32_t Value::line() const {
    return node ? node->position().line : 0;
}

Value unknown_value() {
    return {.kind = ValueKind::unknown};
}

Value to_text(std::string text) {
    return {.kind = ValueKind::text, .text = std::move(text)};
}

Value merge_globals(const Value& global, const Value& local) {
    if (global.computed || local.computed || global.kind != local.kind) return local;
    if (local.is_list()) {
        Value joined = local;
        joined.items.insert(joined.items.begin(), global.items.begin(), global.items.end());
        return joined;
    }
    if (!local.is_map()) return local;
    Value merged = global;
    merged.node = local.node;
    for (const Entry& entry : local.members) {
        const auto known = std::ranges::find(merged.members, entry.key, &Entry::key);
        if (known == merged.members.end()) {
            merged.members.push_back(entry);
        } else {
            known->value = merge_globals(known->value, entry.value);
            known->node = entry.node;
        }
    }
    return merged;
}

std::size_t weigh(const Value& value) {
    std::size_t bytes = sizeof(Value) + value.text.size();
    for (const Entry& entry : value.members) bytes += entry.key.size() + weigh(entry.value);
    for (const Value& item : value.items) bytes += weigh(item);
    return bytes;
}

void drop_none(Value& value) {
    std::erase_if(value.members, [](const Entry& entry) { return entry.value.kind == ValueKind::none; });
    for (Entry& entry : value.members) drop_none(entry.value);
    for (Value& item : value.items) drop_none(item);
}

std::string render_json(const Value& value) {
    std::string out;
    append_json(out, value);
    return out;
}

void append_json_string(std::string& out, std::string_view text) {
    constexpr std::string_view kHex = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20) {
            out += "\\u00";
            out += kHex[byte >> 4U];
            out += kHex[byte & 15U];
        } else {
            out += c;
        }
    }
    out += '"';
}

}  // namespace understudy::app::templates
