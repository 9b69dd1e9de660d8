#include "tools/convert/scalar.hpp"

#include "emulator/source/suggestion.hpp"
#include "tools/convert/bytes_text.hpp"
#include "tools/convert/number_text.hpp"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace understudy::convert {
namespace {

using source::Node;
using source::Problem;
using source::ProblemCode;
using source::Result;

Problem refuse(Node node, std::string_view expected) {
    return node.problem(ProblemCode::invalid, quote(node) + " is not " + std::string(expected));
}

Problem out_of_range(Node node, std::string_view type) {
    return node.problem(ProblemCode::invalid, quote(node) + " is out of the range of " + std::string(type));
}

/// What a number is written as: only where it is plain does YAML say which texts are some.
std::string spell_number(Node node) {
    return node.is_plain() ? to_json_number(node.text()) : std::string(node.text());
}

/// `0x1F` and `0o17`, which YAML has besides decimals.
template <class T>
std::optional<NumberFit> read_other_base(Node node, T& number) {
    std::string_view digits = node.text();
    const bool hexadecimal = digits.starts_with("0x");
    if (!node.is_plain() || (!hexadecimal && !digits.starts_with("0o"))) return std::nullopt;
    digits.remove_prefix(2);
    if (digits.starts_with('-')) return NumberFit::no_number;
    const char* const end = digits.data() + digits.size();
    const auto [stopped, error] = std::from_chars(digits.data(), end, number, hexadecimal ? 16 : 8);
    if (error == std::errc::result_out_of_range) return NumberFit::out_of_range;
    return error == std::errc() && stopped == end ? NumberFit::fits : NumberFit::no_number;
}

template <class T>
Result<T> to_whole(Node node, std::string_view type) {
    T number = 0;
    const auto other = read_other_base(node, number);
    const auto fit = other ? *other : node.is_scalar() ? read_whole(spell_number(node), number) : NumberFit::no_number;
    if (fit == NumberFit::out_of_range) return out_of_range(node, type);
    if (fit == NumberFit::no_number) return refuse(node, "a whole number");
    return number;
}

/// Numbers that have a name. Those with a dot are YAML's, and a string when quoted.
template <class T>
std::optional<T> parse_special(Node node) {
    constexpr T kInfinity = std::numeric_limits<T>::infinity();
    const std::string_view text = node.text();
    if (text == "NaN") return std::numeric_limits<T>::quiet_NaN();
    if (text == "Infinity") return kInfinity;
    if (text == "-Infinity") return -kInfinity;
    if (!node.is_plain()) return std::nullopt;
    if (text == ".nan" || text == ".NaN" || text == ".NAN") return std::numeric_limits<T>::quiet_NaN();
    const bool negative = text.starts_with('-');
    const std::string_view unsigned_text = text.substr(negative || text.starts_with('+') ? 1 : 0);
    if (unsigned_text != ".inf" && unsigned_text != ".Inf" && unsigned_text != ".INF") return std::nullopt;
    return negative ? -kInfinity : kInfinity;
}

template <class T>
Result<T> to_floating(Node node, std::string_view type) {
    if (node.is_scalar()) {
        if (const auto special = parse_special<T>(node)) return *special;
    }
    T number = 0;
    const auto fit = node.is_scalar() ? read_floating(spell_number(node), number) : NumberFit::no_number;
    if (fit == NumberFit::out_of_range) return out_of_range(node, type);
    if (fit == NumberFit::no_number) return refuse(node, "a number");
    return number;
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), text) != words.end();
}

bool is_true(std::string_view text) {
    return is_one_of(text, {"true", "True", "TRUE"});
}

bool is_false(std::string_view text) {
    return is_one_of(text, {"false", "False", "FALSE"});
}

}  // namespace

std::string quote(Node node) {
    if (node.is_mapping()) return "a mapping";
    if (node.is_sequence()) return "a sequence";
    if (node.is_null()) return "null";
    constexpr std::size_t kLongest = 60;
    std::string text(node.text().substr(0, kLongest));
    for (char& c : text) {
        if (static_cast<unsigned char>(c) < 0x20) c = ' ';
    }
    return '\'' + text + (node.text().size() > kLongest ? "…'" : "'");
}

PlainType plain_type(Node node) {
    if (!node.is_plain()) return PlainType::string;
    if (node.is_null()) return PlainType::null;
    const std::string_view text = node.text();
    if (is_true(text) || is_false(text)) return PlainType::boolean;
    const bool named_as_json_names_it = is_one_of(text, {"NaN", "Infinity", "-Infinity"});
    if (named_as_json_names_it) return PlainType::string;
    const bool other_base = text.starts_with("0x") || text.starts_with("0o");
    if (other_base) return to_uint64(node) ? PlainType::number : PlainType::string;
    return parse_decimal(to_json_number(text)) || parse_special<double>(node) ? PlainType::number : PlainType::string;
}

Result<std::int32_t> to_int32(Node node) {
    return to_whole<std::int32_t>(node, "int32");
}
Result<std::int64_t> to_int64(Node node) {
    return to_whole<std::int64_t>(node, "int64");
}
Result<std::uint32_t> to_uint32(Node node) {
    return to_whole<std::uint32_t>(node, "uint32");
}
Result<std::uint64_t> to_uint64(Node node) {
    return to_whole<std::uint64_t>(node, "uint64");
}
Result<float> to_float(Node node) {
    return to_floating<float>(node, "float");
}
Result<double> to_double(Node node) {
    return to_floating<double>(node, "double");
}

Result<bool> to_bool(Node node) {
    const std::string_view text = node.text();
    const bool yes = is_true(text), no = is_false(text);
    if (node.is_plain() && (yes || no)) return yes;
    Problem problem = refuse(node, "true or false");
    if (yes || no) return std::move(problem).with_hint("write it without quotes");
    if (is_one_of(text, {"yes", "Yes", "YES", "on", "On", "ON"})) return std::move(problem).with_hint("write true");
    if (is_one_of(text, {"no", "No", "NO", "off", "Off", "OFF"})) return std::move(problem).with_hint("write false");
    return problem;
}

Result<std::string> to_text(Node node) {
    if (!node.is_scalar() || node.is_null()) return refuse(node, "a text");
    return std::string(node.text());
}

Result<std::string> to_bytes(Node node) {
    constexpr std::string_view kHex = "hex:";
    if (!node.is_scalar() || node.is_null()) return refuse(node, "base64");
    std::string text(node.text());
    if (node.tag() == "tag:yaml.org,2002:binary") std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
    if (text.starts_with(kHex)) {
        auto bytes = parse_hex(std::string_view(text).substr(kHex.size()));
        return bytes ? Result<std::string>(*std::move(bytes)) : refuse(node, "pairs of hexadecimal digits");
    }
    auto bytes = parse_base64(text);
    if (bytes) return *std::move(bytes);
    return refuse(node, "base64").with_hint("write bytes as base64, or as hex:0a1b");
}

Result<int> to_enum_number(Node node, const google::protobuf::EnumDescriptor& type) {
    const bool null_is_its_value = type.full_name() == "google.protobuf.NullValue";
    if (node.is_null() && null_is_its_value) return 0;
    const std::string expected = "a value of " + type.full_name();
    if (!node.is_scalar() || node.is_null()) return refuse(node, expected);
    if (const auto* value = type.FindValueByName(std::string(node.text()))) return value->number();
    if (const auto number = to_int32(node)) {
        const bool open = type.file()->syntax() == google::protobuf::FileDescriptor::SYNTAX_PROTO3;
        if (open || type.FindValueByNumber(*number) != nullptr) return *number;
    }
    std::vector<std::string_view> names;
    for (int i = 0; i < type.value_count(); ++i) names.emplace_back(type.value(i)->name());
    return refuse(node, expected).with_hint(source::render_suggestion(node.text(), names));
}

}  // namespace understudy::convert
