#include "tools/match/scalar_spelling.hpp"

#include "emulator/source/text.hpp"
#include "tools/convert/bytes_text.hpp"
#include "tools/convert/json_text.hpp"
#include "tools/convert/number_text.hpp"
#include "tools/convert/time_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace understudy::match {
namespace {

using convert::JsonForm;
using convert::NumberFit;
using google::protobuf::FieldDescriptor;
using source::Problem;
using source::Result;

Problem out_of_range(const Value& value, std::string_view type) {
    return {source::ProblemCode::malformed, value.shown + " is out of the range of " + std::string(type)};
}

/// The digits of a number, in quotes or not; empty where it is none of JSON's.
std::string_view to_digits(const Value& value) {
    if (value.kind == Kind::number) return value.shown;
    if (value.kind != Kind::text || value.text.starts_with('+')) return {};
    return value.text;
}

template <class T>
std::string to_shortest(T number) {
    std::array<char, 32> digits{};
    return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr};
}

template <class T>
Result<void> settle(Value& value, NumberFit fit, T number, std::string_view type) {
    if (fit == NumberFit::no_number) return to_misfit(value, type);
    if (fit == NumberFit::out_of_range) return out_of_range(value, type);
    value = make_number(to_shortest(number));
    return {};
}

template <class T>
Result<void> spell_whole(Value& value, std::string_view type) {
    T number = 0;
    const auto fit = convert::read_whole(to_digits(value), number);
    return settle(value, fit, number, type);
}

template <class T>
Result<void> spell_floating(Value& value, std::string_view type) {
    constexpr std::array<std::string_view, 3> kNamed{"NaN", "Infinity", "-Infinity"};
    if (value.kind == Kind::text && std::ranges::find(kNamed, value.text) != kNamed.end()) return {};
    T number = 0;
    const auto fit = convert::read_floating(to_digits(value), number);
    return settle(value, fit, number, type);
}

Result<void> spell_null(Value& value) {
    const bool is_null = value.kind == Kind::null || value.text == (value.kind == Kind::text ? "NULL_VALUE" : "0");
    if (!is_null) return to_misfit(value, "null");
    value = make_null();
    return {};
}

Result<void> spell_enum(Value& value, const google::protobuf::EnumDescriptor& type) {
    if (type.full_name() == "google.protobuf.NullValue") return spell_null(value);
    const bool is_name = value.kind == Kind::text && !convert::parse_decimal(value.text) && !value.text.empty();
    if (is_name) return {};
    if (value.kind != Kind::number) return to_misfit(value, "value of " + type.full_name());
    return spell_whole<std::int32_t>(value, "int32");
}

/// Parsers take a key's digits for the number, however many zeros stand before them.
std::string without_leading_zeros(std::string_view digits) {
    std::string text(digits);
    const std::size_t first = digits.starts_with('-') ? 1 : 0;
    const auto has_digit = [&](std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
    while (has_digit(first + 1) && text[first] == '0') text.erase(first, 1);
    return text;
}

}  // namespace

Problem to_misfit(const Value& value, std::string_view wanted) {
    constexpr std::size_t kLongest = 60;
    std::string text = to_text(value);
    if (text.size() > kLongest) {
        text.resize(kLongest);
        while (!source::is_utf8(text)) text.pop_back();
        text += "…";
    }
    return {source::ProblemCode::malformed, text + " is no " + std::string(wanted)};
}

Result<void> spell_scalar(Value& value, const FieldDescriptor& field) {
    switch (field.cpp_type()) {
        case FieldDescriptor::CPPTYPE_INT32:
            return spell_whole<std::int32_t>(value, field.type_name());
        case FieldDescriptor::CPPTYPE_INT64:
            return spell_whole<std::int64_t>(value, field.type_name());
        case FieldDescriptor::CPPTYPE_UINT32:
            return spell_whole<std::uint32_t>(value, field.type_name());
        case FieldDescriptor::CPPTYPE_UINT64:
            return spell_whole<std::uint64_t>(value, field.type_name());
        case FieldDescriptor::CPPTYPE_DOUBLE:
            return spell_floating<double>(value, field.type_name());
        case FieldDescriptor::CPPTYPE_FLOAT:
            return spell_floating<float>(value, field.type_name());
        case FieldDescriptor::CPPTYPE_BOOL:
            return value.kind == Kind::boolean ? Result<void>() : to_misfit(value, "boolean");
        case FieldDescriptor::CPPTYPE_ENUM:
            return spell_enum(value, *field.enum_type());
        case FieldDescriptor::CPPTYPE_STRING:
            break;
        case FieldDescriptor::CPPTYPE_MESSAGE:
            return {};
    }
    if (value.kind != Kind::text) return to_misfit(value, "text");
    const bool is_bytes = field.type() == FieldDescriptor::TYPE_BYTES;
    return is_bytes && !convert::parse_base64(value.text) ? to_misfit(value, "base64") : Result<void>();
}

Result<void> check_text_form(const Value& value, JsonForm form) {
    const bool text = value.kind == Kind::text;
    switch (form) {
        case JsonForm::timestamp:
            return text && convert::parse_timestamp(value.text) ? Result<void>() : to_misfit(value, "timestamp");
        case JsonForm::duration:
            return text && convert::parse_duration(value.text) ? Result<void>() : to_misfit(value, "duration");
        default:
            return text && convert::parse_field_mask(value.text) ? Result<void>() : to_misfit(value, "field mask");
    }
}

Result<void> spell_json_number(Value& value) {
    return spell_floating<double>(value, "double");
}

Result<std::string> spell_key(std::string_view key, const FieldDescriptor& field) {
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) return std::string(key);
    Value value = make_text(without_leading_zeros(key));
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_BOOL && (key == "true" || key == "false"))
        value = make_boolean(key == "true");
    if (!spell_scalar(value, field)) return to_misfit(make_text(key), "key of type " + std::string(field.type_name()));
    return value.shown;
}

}  // namespace understudy::match
