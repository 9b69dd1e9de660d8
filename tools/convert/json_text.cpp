#include "tools/convert/json_text.hpp"

#include "proto/json/message_json.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/string_view.hpp>
#include <google/protobuf/stubs/logging.h>

#include <charconv>
#include <cmath>

namespace understudy::convert {

namespace {

namespace protobuf = google::protobuf;
using Field = protobuf::FieldDescriptor;

constexpr int kSingular = -1;  // In place of an element's index.

// protobuf writes `<` and `>` as escapes, for web pages. People read this.
std::string with_plain_angles(std::string_view json) {
    std::string out;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const auto escape = json.substr(i, 6);
        if (escape == "\\u003c" || escape == "\\u003e") {
            out += escape == "\\u003c" ? '<' : '>';
            i += 5;
        } else if (json[i] == '\\' && i + 1 < json.size()) {
            out += json.substr(i++, 2);
        } else {
            out += json[i];
        }
    }
    return out;
}

template <class Number>
std::string to_number_text(Number number) {
    if (std::isnan(number)) return "NaN";
    if (std::isinf(number)) return number > 0 ? "Infinity" : "-Infinity";
    if (number == 0) return "0";  // -0 is equal to it.
    char digits[32];
    return {digits, std::to_chars(digits, digits + sizeof digits, number).ptr};
}

// Reads a value wherever it is, with the names that Reflection gives to the two ways of it.
class Value {
  public:
    Value(const protobuf::Message& message, const Field& field, int index)
        : message_(message), reflection_(*message.GetReflection()), field_(field), index_(index) {}

    std::string text() const;

  private:
    bool singular() const { return index_ == kSingular; }
    std::string string() const {
        std::string scratch;
        return singular() ? reflection_.GetStringReference(message_, &field_, &scratch)
                          : reflection_.GetRepeatedStringReference(message_, &field_, index_, &scratch);
    }
    std::string enumerator() const {
        const int number = singular() ? reflection_.GetEnumValue(message_, &field_)
                                      : reflection_.GetRepeatedEnumValue(message_, &field_, index_);
        const auto* value = field_.enum_type()->FindValueByNumber(number);
        return value ? to_quoted_text(value->name()) : std::to_string(number);
    }
    template <class Result>
    Result get(Result (protobuf::Reflection::*one)(const protobuf::Message&, const Field*) const,
               Result (protobuf::Reflection::*some)(const protobuf::Message&, const Field*, int) const) const {
        return singular() ? (reflection_.*one)(message_, &field_) : (reflection_.*some)(message_, &field_, index_);
    }

    const protobuf::Message& message_;
    const protobuf::Reflection& reflection_;
    const Field& field_;
    int index_;
};

std::string Value::text() const {
    using protobuf::Reflection;
    switch (field_.cpp_type()) {
        case Field::CPPTYPE_INT32:
            return std::to_string(get(&Reflection::GetInt32, &Reflection::GetRepeatedInt32));
        case Field::CPPTYPE_INT64:
            return std::to_string(get(&Reflection::GetInt64, &Reflection::GetRepeatedInt64));
        case Field::CPPTYPE_UINT32:
            return std::to_string(get(&Reflection::GetUInt32, &Reflection::GetRepeatedUInt32));
        case Field::CPPTYPE_UINT64:
            return std::to_string(get(&Reflection::GetUInt64, &Reflection::GetRepeatedUInt64));
        case Field::CPPTYPE_DOUBLE:
            return to_number_text(get(&Reflection::GetDouble, &Reflection::GetRepeatedDouble));
        case Field::CPPTYPE_FLOAT:
            return to_number_text(get(&Reflection::GetFloat, &Reflection::GetRepeatedFloat));
        case Field::CPPTYPE_BOOL:
            return get(&Reflection::GetBool, &Reflection::GetRepeatedBool) ? "true" : "false";
        case Field::CPPTYPE_ENUM:
            return enumerator();
        case Field::CPPTYPE_STRING:
            return field_.type() == Field::TYPE_BYTES ? "\"hex:" + to_hex(string()) + '"' : to_quoted_text(string());
        case Field::CPPTYPE_MESSAGE:
            break;
    }
    const auto& value = singular() ? reflection_.GetMessage(message_, &field_)
                                   : reflection_.GetRepeatedMessage(message_, &field_, index_);
    return to_json_text(value, Defaults::hidden);
}

std::string to_map_text(const protobuf::Message& message, const Field& field) {
    const auto& reflection = *message.GetReflection();
    std::string text;
    for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
        const auto& entry = reflection.GetRepeatedMessage(message, &field, i);
        const auto key = to_field_text(entry, *field.message_type()->map_key());
        text += (text.empty() ? "" : ",") + (key.starts_with('"') ? key : '"' + key + '"') + ':';
        text += to_field_text(entry, *field.message_type()->map_value());
    }
    return '{' + text + '}';
}

}  // namespace

std::string to_json_text(const protobuf::Message& message, Defaults defaults) {
    protobuf::util::JsonPrintOptions options;
    options.preserve_proto_field_names = true;
    options.always_print_primitive_fields = defaults == Defaults::shown;
    std::string json;
    const protobuf::LogSilencer quiet;  // What has no form in JSON shows in what stands there instead.
    if (!protojson::render_json(message, json, options).ok()) return message.ShortDebugString();
    return with_plain_angles(json);
}

std::string to_element_text(const protobuf::Message& message, const Field& field, int index) {
    return Value(message, field, index).text();
}

std::string to_field_text(const protobuf::Message& message, const Field& field) {
    if (!field.is_repeated()) return Value(message, field, kSingular).text();
    if (field.is_map()) return to_map_text(message, field);
    std::string text;
    for (int i = 0; i < message.GetReflection()->FieldSize(message, &field); ++i)
        text += (i ? "," : "") + to_element_text(message, field, i);
    return '[' + text + ']';
}

std::string to_quoted_text(std::string_view text) {
    return boost::json::serialize(boost::json::string_view(text.data(), text.size()));
}

std::string to_hex(std::string_view bytes) {
    constexpr char kDigits[] = "0123456789abcdef";
    std::string hex;
    for (const char byte : bytes) {
        hex += kDigits[static_cast<unsigned char>(byte) >> 4];
        hex += kDigits[static_cast<unsigned char>(byte) & 15];
    }
    return hex;
}

}  // namespace understudy::convert
