#include "tools/match/value.hpp"

#include "emulator/source/extension_name.hpp"
#include "tools/convert/json_text.hpp"
#include "tools/convert/number_text.hpp"
#include "tools/convert/time_text.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <limits>
#include <utility>

namespace understudy::match {

namespace {

constexpr std::int64_t kNanosecondsOfASecond = 1'000'000'000;

bool is_whole(std::string_view name) {
    return !name.empty() && name.find_first_not_of("0123456789", name.front() == '-' ? 1 : 0) == std::string_view::npos;
}

}  // namespace

const Member* Value::find(std::string_view name) const {
    const auto found = std::find_if(members.begin(), members.end(), [&](const Member& m) { return m.name == name; });
    return found == members.end() ? nullptr : &*found;
}

Value make_null() {
    Value value;
    value.shown = "null";
    return value;
}

Value make_boolean(bool boolean) {
    Value value;
    value.kind = Kind::boolean;
    value.text = value.shown = boolean ? "true" : "false";
    return value;
}

Value make_text(std::string_view text) {
    Value value;
    value.kind = Kind::text;
    value.text = text;
    value.shown = convert::to_quoted_text(text);
    return value;
}

Value make_number(std::string_view written) {
    Value value;
    value.kind = Kind::number;
    value.text = to_canonical_number(written);
    value.shown = written;
    return value;
}

Value make_bytes(std::string_view bytes) {
    Value value;
    value.kind = Kind::bytes;
    value.text = bytes;
    value.shown = "\"hex:" + convert::to_hex(bytes) + '"';
    return value;
}

Value make_instant(std::int64_t seconds, std::int64_t nanoseconds, std::string shown) {
    Value value;
    value.kind = Kind::instant;
    // -1.5 s is -2 s and 500'000'000 ns.
    const bool borrow = seconds < 0 && nanoseconds > 0;
    const auto whole = borrow ? seconds + 1 : seconds;
    char text[48];
    std::snprintf(text, sizeof text, "%s%lld.%09lld", borrow && whole == 0 ? "-" : "", static_cast<long long>(whole),
                  static_cast<long long>(borrow ? kNanosecondsOfASecond - nanoseconds : nanoseconds));
    value.text = text;
    value.shown = std::move(shown);
    return value;
}

std::optional<Value> parse_instant(std::string_view written) {
    auto time = convert::parse_timestamp(written);
    if (!time) time = convert::parse_duration(written);
    if (!time) return std::nullopt;
    const bool below = time->nanos < 0;
    return make_instant(below ? time->seconds - 1 : time->seconds,
                        below ? kNanosecondsOfASecond + time->nanos : time->nanos, convert::to_quoted_text(written));
}

std::string to_canonical_number(std::string_view text) {
    auto decimal = convert::parse_decimal(text);
    if (!decimal) return std::string(text);
    if (decimal->digits.empty()) return "0";
    if (!decimal->exact) return std::string(text);
    while (decimal->digits.ends_with('0')) {
        decimal->digits.pop_back();
        ++decimal->exponent;
    }
    auto number = (decimal->negative ? "-" : "") + decimal->digits;
    return decimal->exponent == 0 ? number : number + 'e' + std::to_string(decimal->exponent);
}

long double to_number(const Value& value) {
    constexpr auto kInfinity = std::numeric_limits<long double>::infinity();
    if (value.text == "Infinity") return kInfinity;
    if (value.text == "-Infinity") return -kInfinity;
    long double number = std::numeric_limits<long double>::quiet_NaN();
    if (value.text != "NaN") std::from_chars(value.text.data(), value.text.data() + value.text.size(), number);
    return number;
}

bool is_extension_name(std::string_view text) {
    return !text.empty() && source::extension_name_length(text) == text.size();
}

Naming to_naming(std::string_view name) {
    if (is_extension_name(name)) return Naming::field;
    const bool digit_first = !name.empty() && std::isdigit(static_cast<unsigned char>(name.front()));
    const bool plain =
        std::all_of(name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) || c == '_'; });
    return !name.empty() && !digit_first && plain ? Naming::field : Naming::key;
}

std::string to_key_step(std::string_view name) {
    return '[' + convert::to_quoted_text(name) + ']';
}

std::string to_step(const Member& member) {
    switch (member.naming) {
        case Naming::field:
            return '.' + member.name;
        case Naming::unknown:
            return ('.' + member.name).append(kNotInSchema);
        case Naming::key:
            break;
    }
    return is_whole(member.name) ? '[' + member.name + ']' : to_key_step(member.name);
}

bool leads_to(std::string_view step, const Member& member) {
    if (step.starts_with('.')) {
        const auto name = step.substr(1);
        return name == member.name || (!member.json_name.empty() && name == member.json_name);
    }
    return step == to_step(member) || (member.json_name.empty() && step == to_key_step(member.name));
}

const Member* find_member(const Value& value, std::string_view step) {
    const auto found = std::find_if(value.members.begin(), value.members.end(),
                                    [&](const Member& member) { return leads_to(step, member); });
    return found == value.members.end() ? nullptr : &*found;
}

std::string to_text(const Value& value) {
    std::string text = value.type.empty() ? "" : "\"@type\":" + convert::to_quoted_text(value.type);
    switch (value.kind) {
        case Kind::list:
            for (const auto& item : value.items) text += (text.empty() ? "" : ",") + to_text(item);
            return '[' + text + ']';
        case Kind::object:
            for (const auto& member : value.members) {
                if (member.value.set)
                    text +=
                        (text.empty() ? "" : ",") + convert::to_quoted_text(member.name) + ':' + to_text(member.value);
            }
            return '{' + text + '}';
        default:
            return value.shown;
    }
}

std::string_view to_noun(Kind kind) {
    switch (kind) {
        case Kind::null:
            return "null";
        case Kind::boolean:
            return "a boolean";
        case Kind::number:
            return "a number";
        case Kind::text:
            return "a text";
        case Kind::bytes:
            return "bytes";
        case Kind::instant:
            return "a time";
        case Kind::list:
            return "a list";
        case Kind::object:
            break;
    }
    return "an object";
}

}  // namespace understudy::match
