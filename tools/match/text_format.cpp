#include "tools/match/text_format.hpp"

#include "tools/convert/message_value.hpp"
#include "tools/convert/well_known.hpp"
#include "tools/match/message_value.hpp"

#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/text_format.h>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

namespace understudy::match {

namespace {

namespace protobuf = google::protobuf;
using Field = protobuf::FieldDescriptor;
using protobuf::Message;
using Written = protobuf::TextFormat::ParseInfoTree;

/// Keeps the first thing that is wrong with a text.
class FirstTextError : public protobuf::io::ErrorCollector {
  public:
    void AddError(int line, protobuf::io::ColumnNumber column, const std::string& message) override {
        if (text.empty()) text = std::to_string(line + 1) + ":" + std::to_string(column + 1) + ": " + message;
    }
    std::string text;
};

/// What the tree of places has for a field that is not repeated.
constexpr int kNoIndex = -1;

bool is_written(const Written& written, const Field& field) {
    return written.GetLocation(&field, field.is_repeated() ? 0 : kNoIndex).line >= 0;
}

Member* find_field_member(Value& object, const Field& field) {
    const auto name = to_member_name(field);
    const auto found = std::ranges::find(object.members, name, &Member::name);
    return found == object.members.end() ? nullptr : &*found;
}

void mark_written(Value& value, const Message& message, const Written& written);

void mark_entry(Value& map, const Message& entry, const Written& written) {
    const auto& type = *entry.GetDescriptor();
    const auto* nested = written.GetTreeForNested(type.map_value(), kNoIndex);
    if (!nested) return;
    const Value key = to_field_value(entry, *type.map_key());
    const auto member = std::ranges::find(map.members, key.kind == Kind::text ? key.text : key.shown, &Member::name);
    if (member != map.members.end())
        mark_written(member->value, entry.GetReflection()->GetMessage(entry, type.map_value()), *nested);
}

void mark_below(Value& value, const Message& message, const Field& field, const Written& written) {
    const auto& reflection = *message.GetReflection();
    if (!field.is_repeated()) {
        const auto* nested = written.GetTreeForNested(&field, kNoIndex);
        if (nested) mark_written(value, reflection.GetMessage(message, &field), *nested);
        return;
    }
    for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
        const auto* nested = written.GetTreeForNested(&field, i);
        if (!nested) continue;
        const auto& item = reflection.GetRepeatedMessage(message, &field, i);
        if (field.is_map())
            mark_entry(value, item, *nested);
        else
            mark_written(value.items[static_cast<std::size_t>(i)], item, *nested);
    }
}

/// Sets what is written of a message. The places of what an Any holds are those of its own tree.
void mark_written(Value& value, const Message& message, const Written& written) {
    const auto form = convert::json_form(*message.GetDescriptor());
    if (form == convert::JsonForm::any) {
        const auto content = convert::unpack(message);
        if (content && convert::json_form(*content->GetDescriptor()) == convert::JsonForm::object)
            mark_written(value, *content, written);
        return;
    }
    if (form != convert::JsonForm::object) return;
    std::vector<const Field*> fields;
    message.GetReflection()->ListFields(message, &fields);
    const auto& type = *message.GetDescriptor();
    for (int i = 0; i < type.field_count(); ++i) {
        const auto* field = type.field(i);
        if (!field->has_presence() && std::ranges::find(fields, field) == fields.end()) fields.push_back(field);
    }
    for (const auto* field : fields) {
        auto* member = find_field_member(value, *field);
        if (!member) continue;
        if (is_written(written, *field)) member->value.set = true;
        if (field->message_type()) mark_below(member->value, message, *field, written);
    }
}

}  // namespace

source::Result<Expectation> to_text_format_expectation(const std::string& expected, const Message& prototype,
                                                       const Rules& rules) {
    const std::unique_ptr<Message> message(prototype.New());
    FirstTextError error;
    Written written;
    protobuf::TextFormat::Parser parser;
    parser.RecordErrorsTo(&error);
    parser.WriteLocationsTo(&written);
    if (!parser.ParseFromString(expected, message.get()))
        return source::Problem(source::ProblemCode::malformed, error.text);
    auto value = to_value(*message);
    mark_written(value, *message, written);
    return Expectation(to_pattern(value, rules.mode), rules);
}

}  // namespace understudy::match
