#include "tools/convert/convert.hpp"

#include "emulator/source/suggestion.hpp"
#include "tools/convert/converter.hpp"
#include "tools/convert/scalar.hpp"
#include "tools/convert/well_known.hpp"
#include "tools/convert/wording.hpp"
#include "tools/convert/written_fields.hpp"

#include <google/protobuf/text_format.h>

#include <optional>
#include <set>
#include <string>
#include <utility>

namespace understudy::convert {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using source::Member;
using source::Node;
using source::Problem;
using source::ProblemCode;
using source::Result;

/// The fields of well-known types, by the numbers that their .proto files fix.
constexpr int kContentField = 1;  // of a wrapper, a Struct, a ListValue
constexpr int kStructField = 5;   // of a Value
constexpr int kListField = 6;

/// Writes a map's key and returns what tells it from others: `1` and `0x1` are one.
Result<std::string> write_map_key(Node key, Message& entry, const FieldDescriptor& field) {
    auto text = to_map_key_text(key);
    if (!text) return text;
    const auto* reflection = entry.GetReflection();
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
        reflection->SetString(&entry, &field, *text);
        return text;
    }
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_BOOL && (*text == "true" || *text == "false")) {
        reflection->SetBool(&entry, &field, *text == "true");
        return text;
    }
    if (auto written = write_scalar(key, entry, field, Slot::set); !written) return written.error();
    std::string canonical;
    google::protobuf::TextFormat::PrintFieldValueToString(entry, &field, -1, &canonical);
    return canonical;
}

}  // namespace

void Converter::convert_object(Node node, Message& message, std::optional<std::string_view> left_out_key) {
    const Descriptor& type = *message.GetDescriptor();
    if (!node.is_mapping()) return log_.refuse_shape(node, "a mapping", {}, render_type(type, options_.wording));
    GivenFields given(options_.matchers);
    for (const Member& member : node.members()) {
        if (member.key.text() != left_out_key) convert_member(member, message, given);
    }
}

void Converter::convert_member(const Member& member, Message& message, GivenFields& given) {
    const Descriptor& type = *message.GetDescriptor();
    const std::string_view key = member.key.text();
    if (options_.matchers == Matchers::left_out && key == kIgnoreKey) return;
    const FieldDescriptor* field = find_field(type, key);
    if (field == nullptr) {
        if (const auto literal = to_map_key_text(member.key); !literal) return log_.add(literal.error());
        return log_.add(member.key.problem(ProblemCode::invalid, render_unknown_field(key, type, options_.wording))
                            .with_hint(suggest_field(key, type))
                            .with_note(render_fields(type, options_.wording)));
    }
    const auto conflict = given.add(member, *field);
    if (conflict) log_.add(*conflict);
    const bool absent = member.value.is_null() && (field->is_repeated() || !takes_null(*field));
    if (conflict || absent) return;
    if (options_.left_to_caller && options_.left_to_caller(*field)) {
        const bool has_presence = field->message_type() != nullptr && !field->is_repeated();
        if (has_presence) message.GetReflection()->MutableMessage(&message, field);
        return;
    }
    const FieldPath::Scope scope = log_.path().enter_field(*field);
    convert_field(member.value, message, *field);
}

void Converter::convert_field(Node node, Message& message, const FieldDescriptor& field) {
    if (leaves_out(node)) return;
    if (field.is_map()) return convert_entries(node, message, field);
    if (field.is_repeated()) return convert_items(node, message, field);
    write(node, message, field, Slot::set);
}

void Converter::convert_items(Node node, Message& message, const FieldDescriptor& field) {
    if (!node.is_sequence()) {
        std::string hint = node.is_scalar() ? "write [" + std::string(node.text()) + ']' : std::string();
        return log_.refuse_shape(node, "a sequence", std::move(hint), render_field_type(field, options_.wording));
    }
    std::size_t number = 0;
    for (const Node& item : node.items()) {
        const FieldPath::Scope scope = log_.path().enter_item(number++);
        write(item, message, field, Slot::add);
    }
}

void Converter::convert_entries(Node node, Message& message, const FieldDescriptor& field) {
    if (!node.is_mapping()) return log_.refuse_shape(node, "a mapping", {}, render_field_type(field, options_.wording));
    std::set<std::string> keys;
    for (const Member& member : node.members()) {
        if (options_.matchers == Matchers::left_out && member.key.text() == kIgnoreKey) continue;
        const FieldPath::Scope scope = log_.path().enter_entry(member.key.text());
        convert_entry(member, *message.GetReflection()->AddMessage(&message, &field), keys);
    }
}

void Converter::convert_entry(const Member& member, Message& entry, std::set<std::string>& keys) {
    const FieldDescriptor& key_field = *entry.GetDescriptor()->map_key();
    const auto key = write_map_key(member.key, entry, key_field);
    if (!key) {
        log_.refuse(member.key, key.error(), "a key of type " + std::string(key_field.type_name()));
    } else if (!keys.insert(*key).second) {
        log_.add(member.key.problem(ProblemCode::invalid, "the key " + quote(member.key) + " is given twice"));
    }
    write(member.value, entry, *entry.GetDescriptor()->map_value(), Slot::set);
}

void Converter::write(Node node, Message& message, const FieldDescriptor& field, Slot slot) {
    const std::string type = render_item_type(field, options_.wording);
    if (leaves_out(node)) return slot == Slot::add ? add_default(message, field) : void();
    if (node.is_null() && !takes_null(field)) {
        return log_.refuse(node, node.problem(ProblemCode::invalid, "null cannot be an item"), type);
    }
    if (field.message_type() == nullptr) return log_.check(node, write_scalar(node, message, field, slot), type);
    const auto* reflection = message.GetReflection();
    convert(node, slot == Slot::set ? *reflection->MutableMessage(&message, &field)
                                    : *reflection->AddMessage(&message, &field));
}

void Converter::convert_value(Node node, Message& value) {
    const auto* reflection = value.GetReflection();
    if (node.is_mapping()) {
        Message& structure = *reflection->MutableMessage(&value, &field_of(value, kStructField));
        return convert_entries(node, structure, field_of(structure, kContentField));
    }
    if (node.is_sequence()) {
        Message& list = *reflection->MutableMessage(&value, &field_of(value, kListField));
        return convert_items(node, list, field_of(list, kContentField));
    }
    log_.check(node, set_scalar_value(node, value), render_type(*value.GetDescriptor(), options_.wording));
}

void Converter::convert(Node node, Message& message) {
    if (leaves_out(node)) return;
    const std::string type = render_type(*message.GetDescriptor(), options_.wording);
    switch (json_form(*message.GetDescriptor())) {
        case JsonForm::object:
            return convert_object(node, message, std::nullopt);
        case JsonForm::timestamp:
            return log_.check(node, set_timestamp(node, message), type);
        case JsonForm::duration:
            return log_.check(node, set_duration(node, message), type);
        case JsonForm::field_mask:
            return log_.check(node, set_field_mask(node, message), type);
        case JsonForm::wrapper:
            return write(node, message, field_of(message, kContentField), Slot::set);
        case JsonForm::structure:
            return convert_entries(node, message, field_of(message, kContentField));
        case JsonForm::value:
            return convert_value(node, message);
        case JsonForm::list:
            return convert_items(node, message, field_of(message, kContentField));
        case JsonForm::any:
            return convert_any(node, message);
    }
}

/// proto2's required fields: without them a message cannot be sent.
void Converter::check_required(Node node, const Message& message) {
    if (!log_.empty()) return;
    std::vector<std::string> missing;
    message.FindInitializationErrors(&missing);
    for (const std::string& path : missing) {
        log_.add(node.problem(ProblemCode::invalid, "the required field '" + path + "' is missing"));
    }
}

std::vector<Problem> convert_message(Node node, Message& message, const ConvertOptions& options) {
    Converter converter(options);
    converter.convert(node, message);
    const bool whole = options.matchers == Matchers::refused;  // matchers leave fields out
    if (whole) converter.check_required(node, message);
    return std::move(converter).take_problems();
}

std::vector<Problem> convert_message(Node node, Message& message) {
    return convert_message(node, message, ConvertOptions());
}

std::vector<Problem> convert_field(Node node, Message& message, const FieldDescriptor& field,
                                   const ConvertOptions& options) {
    Converter converter(options);
    converter.convert_field(node, message, field);
    return std::move(converter).take_problems();
}

std::vector<Problem> convert_item(Node node, Message& message, const FieldDescriptor& field,
                                  const ConvertOptions& options) {
    Converter converter(options);
    converter.convert_item(node, message, field);
    return std::move(converter).take_problems();
}

}  // namespace understudy::convert
