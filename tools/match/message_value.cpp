#include "tools/match/message_value.hpp"

#include "tools/convert/json_text.hpp"
#include "tools/convert/message_value.hpp"
#include "tools/convert/well_known.hpp"

#include <google/protobuf/unknown_field_set.h>

#include <algorithm>
#include <map>

namespace understudy::match {

namespace {

namespace protobuf = google::protobuf;
using Field = protobuf::FieldDescriptor;
using protobuf::Message;

constexpr int kContentField = 1;  // of a wrapper, a Struct, a ListValue
constexpr int kBytesField = 2;    // of an Any
/// What NaN and Infinity have, and no number that JSON can write.
constexpr std::string_view kLettersOfNoNumber = "NI";

const Field& numbered_field(const Message& message, int number) {
    return *message.GetDescriptor()->FindFieldByNumber(number);
}

Value make_instant(const Message& message) {
    const auto [seconds, nanoseconds] = convert::to_instant(message);
    auto shown = convert::to_json_text(message, convert::Defaults::hidden);
    const bool spellable = shown.starts_with('"');
    auto value = match::make_instant(seconds, nanoseconds, std::move(shown));
    value.spellable = spellable;
    return value;
}

Value make_scalar(const Field& field, std::string shown, std::string raw) {
    switch (field.cpp_type()) {
        case Field::CPPTYPE_STRING:
            return field.type() == Field::TYPE_BYTES ? make_bytes(raw) : make_text(raw);
        case Field::CPPTYPE_BOOL:
            return make_boolean(shown == "true");
        case Field::CPPTYPE_ENUM:
            if (field.enum_type()->full_name() == "google.protobuf.NullValue") return make_null();
            return shown.starts_with('"') ? make_text(std::string_view(shown).substr(1, shown.size() - 2))
                                          : make_number(shown);
        default: {
            auto number = make_number(shown);
            number.is_double = field.cpp_type() == Field::CPPTYPE_DOUBLE;
            return number;
        }
    }
}

std::string to_wire_text(const protobuf::UnknownField& field) {
    switch (field.type()) {
        case protobuf::UnknownField::TYPE_VARINT:
            return std::to_string(field.varint()) + " (varint)";
        case protobuf::UnknownField::TYPE_FIXED32:
            return std::to_string(field.fixed32()) + " (fixed32)";
        case protobuf::UnknownField::TYPE_FIXED64:
            return std::to_string(field.fixed64()) + " (fixed64)";
        case protobuf::UnknownField::TYPE_LENGTH_DELIMITED:
            return "\"hex:" + convert::to_hex(field.length_delimited()) + '"';
        case protobuf::UnknownField::TYPE_GROUP:
            break;
    }
    return "a group";
}

Value make_map(const Message& message, const Field& field) {
    Value map;
    map.kind = Kind::object;
    const auto& reflection = *message.GetReflection();
    std::map<std::string, const Message*> sorted;
    for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
        const auto& entry = reflection.GetRepeatedMessage(message, &field, i);
        const Value key = to_field_value(entry, *field.message_type()->map_key());
        sorted[key.kind == Kind::text ? key.text : key.shown] = &entry;
    }
    map.only_elements = true;
    map.set = !sorted.empty();
    for (const auto& [key, entry] : sorted) {
        auto value = to_field_value(*entry, *field.message_type()->map_value());
        value.set = true;
        map.members.push_back({key, Naming::key, std::move(value)});
    }
    return map;
}

Value make_fields(const Message& message) {
    Value object;
    object.kind = Kind::object;
    const auto& reflection = *message.GetReflection();
    std::vector<const Field*> fields;
    reflection.ListFields(message, &fields);
    const auto& type = *message.GetDescriptor();
    for (int i = 0; i < type.field_count(); ++i) {
        const auto* field = type.field(i);
        if (!field->has_presence() && std::find(fields.begin(), fields.end(), field) == fields.end())
            fields.push_back(field);
    }
    std::sort(fields.begin(), fields.end(), [](const Field* a, const Field* b) { return a->number() < b->number(); });
    for (const auto* field : fields)
        object.members.push_back(
            {to_member_name(*field), Naming::field, to_field_value(message, *field), to_other_name(*field)});
    const auto& unknown = reflection.GetUnknownFields(message);
    for (int i = 0; i < unknown.field_count(); ++i) {
        Value value;
        value.text = value.shown = to_wire_text(unknown.field(i));
        object.members.push_back(
            {"field " + std::to_string(unknown.field(i).number()), Naming::unknown, std::move(value)});
    }
    return object;
}

/// What an Any holds that cannot be unpacked: a text, which can be written, where there is no such type; else bytes
/// that are no message of it.
Member make_packed_bytes(const Message& any, const protobuf::Descriptor* type) {
    const auto bytes = any.GetReflection()->GetString(any, &numbered_field(any, kBytesField));
    auto value = type ? make_bytes(bytes) : make_text("hex:" + convert::to_hex(bytes));
    value.set = !bytes.empty();
    return {"value", type ? Naming::unknown : Naming::field, std::move(value)};
}

// Inside an Any, a type with a JSON form of its own is the member `value`.
Value make_any(const Message& any) {
    const auto name = convert::to_type_name(any);
    const auto content = convert::unpack(any);
    Value value;
    if (!content) {
        value.kind = Kind::object;
        const auto* type = any.GetDescriptor()->file()->pool()->FindMessageTypeByName(name);
        if (!name.empty()) value.members.push_back(make_packed_bytes(any, type));
    } else if (convert::json_form(*content->GetDescriptor()) == convert::JsonForm::object) {
        value = to_value(*content);
    } else {
        value.kind = Kind::object;
        value.members.push_back({"value", Naming::field, to_value(*content)});
    }
    value.type = name;
    return value;
}

Value make_json(const Message& value) {
    std::vector<const Field*> fields;
    value.GetReflection()->ListFields(value, &fields);
    if (fields.empty()) return make_null();
    auto content = to_field_value(value, *fields.front());
    const bool is_number = content.kind == Kind::number;
    content.spellable = !is_number || content.text.find_first_of(kLettersOfNoNumber) == std::string::npos;
    return content;
}

}  // namespace

std::string to_member_name(const Field& field) {
    return field.is_extension() ? '[' + field.full_name() + ']' : field.name();
}

std::string to_other_name(const Field& field) {
    return field.is_extension() || field.json_name() == field.name() ? std::string() : field.json_name();
}

Value to_element_value(const Message& message, const Field& field, int index) {
    const auto& reflection = *message.GetReflection();
    if (field.message_type()) return to_value(reflection.GetRepeatedMessage(message, &field, index));
    const bool text = field.cpp_type() == Field::CPPTYPE_STRING;
    return make_scalar(field, text ? "" : convert::to_element_text(message, field, index),
                       text ? reflection.GetRepeatedString(message, &field, index) : "");
}

Value to_field_value(const Message& message, const Field& field) {
    const auto& reflection = *message.GetReflection();
    if (field.is_map()) return make_map(message, field);
    if (field.is_repeated()) {
        Value list;
        list.kind = Kind::list;
        for (int i = 0; i < reflection.FieldSize(message, &field); ++i)
            list.items.push_back(to_element_value(message, field, i));
        list.only_elements = true;
        list.set = !list.items.empty();
        return list;
    }
    if (field.message_type()) return to_value(reflection.GetMessage(message, &field));
    const bool text = field.cpp_type() == Field::CPPTYPE_STRING;
    auto value = make_scalar(field, text ? "" : convert::to_field_text(message, field),
                             text ? reflection.GetString(message, &field) : "");
    value.set = reflection.HasField(message, &field);
    return value;
}

Value to_value(const Message& message) {
    using convert::JsonForm;
    switch (convert::json_form(*message.GetDescriptor())) {
        case JsonForm::object:
            break;
        case JsonForm::timestamp:
        case JsonForm::duration:
            return make_instant(message);
        case JsonForm::field_mask: {
            const auto json = convert::to_json_text(message, convert::Defaults::hidden);
            return make_text(std::string_view(json).substr(1, json.size() - 2));
        }
        case JsonForm::value:
            return make_json(message);
        case JsonForm::any:
            return make_any(message);
        case JsonForm::wrapper:
        case JsonForm::structure:
        case JsonForm::list: {
            auto value = to_field_value(message, numbered_field(message, kContentField));
            value.set = true;
            value.only_elements = false;
            return value;
        }
    }
    return make_fields(message);
}

}  // namespace understudy::match
