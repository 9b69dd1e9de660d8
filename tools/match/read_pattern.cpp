#include "tools/match/read_pattern.hpp"

#include "tools/convert/convert.hpp"
#include "tools/convert/json_text.hpp"
#include "tools/convert/matcher_syntax.hpp"
#include "tools/convert/message_value.hpp"
#include "tools/convert/number_text.hpp"
#include "tools/convert/scalar.hpp"
#include "tools/convert/well_known.hpp"
#include "tools/convert/wording.hpp"
#include "tools/match/message_value.hpp"
#include "tools/match/path_check.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>
#include <utility>

namespace understudy::match {

namespace {

namespace protobuf = google::protobuf;
using convert::JsonForm;
using Field = protobuf::FieldDescriptor;
using protobuf::Message;
using source::Node;

constexpr std::string_view kTypeKey = "@type";

const convert::ConvertOptions& matcher_options() {
    static const convert::ConvertOptions options{
        .wording = convert::Wording::types, .left_to_caller = {}, .matchers = convert::Matchers::left_out};
    return options;
}

Pattern make_pattern(Rule rule, Node node) {
    return {.rule = std::move(rule), .node = node, .ignore = {}};
}

// The text of a map's key as make_map in message_value.cpp has it.
std::string to_key_name(Node key, const Field& type) {
    const auto text = convert::to_map_key_text(key);
    if (type.cpp_type() == Field::CPPTYPE_STRING) return text ? *text : std::string(key.text());
    const auto whole = convert::to_int64(key);
    if (whole) return std::to_string(*whole);
    const auto large = convert::to_uint64(key);
    return large ? std::to_string(*large) : std::string(key.text());
}

bool takes_null(const Field& field) {
    return !field.is_repeated() &&
           ((field.message_type() && field.message_type()->full_name() == "google.protobuf.Value") ||
            (field.enum_type() && field.enum_type()->full_name() == "google.protobuf.NullValue"));
}

}  // namespace

Pattern PatternReader::read(Node node, const Place& place, Mode mode) {
    if (convert::is_matcher(node)) return read_matcher(node, place, mode);
    if (place.sort() == Place::Sort::json) return read_json(node, mode);
    if (place.sort() == Place::Sort::text) return read_text(node);
    if (place.sort() == Place::Sort::messages) return read_messages(node, place, mode);
    const std::unique_ptr<Message> scratch(place.prototype().New());
    std::vector<source::Problem> found;
    if (place.sort() == Place::Sort::message) {
        found = convert::convert_message(node, *scratch, matcher_options());
    } else if (place.sort() == Place::Sort::field) {
        found = convert::convert_field(node, *scratch, place.descriptor(), matcher_options());
    } else {
        found = convert::convert_item(node, *scratch, place.descriptor(), matcher_options());
    }
    if (!found.empty()) {
        std::move(found.begin(), found.end(), std::back_inserter(problems_));
        return make_pattern(Anything(), node);
    }
    if (place.sort() == Place::Sort::message) return read_message(node, *scratch, mode);
    if (place.sort() == Place::Sort::field) return read_field(node, *scratch, place.descriptor(), mode);
    return read_element(node, *scratch, place.descriptor(), 0, mode);
}

Pattern PatternReader::read_messages(Node node, const Place& place, Mode mode) {
    if (!node.is_sequence()) refuse(node, convert::quote(node) + " is no list of messages", {});
    Items items;
    for (const auto& item : node.items()) items.items.push_back(read(item, place.element(), mode));
    return make_pattern(std::move(items), node);
}

Pattern PatternReader::read_message(Node node, const Message& expected, Mode mode) {
    if (convert::is_matcher(node)) return read_matcher(node, Place::message(expected), mode);
    switch (convert::json_form(*expected.GetDescriptor())) {
        case JsonForm::object:
            return read_fields(node, expected, mode);
        case JsonForm::any:
            return read_any(node, expected, mode);
        case JsonForm::structure:
        case JsonForm::value:
        case JsonForm::list:
            return read_json(node, mode);
        default:
            return make_pattern(Equals{to_value(expected)}, node);
    }
}

Pattern PatternReader::read_fields(Node node, const Message& expected, Mode mode) {
    Fields fields;
    fields.mode = mode;
    for (const auto& written : convert::written_fields(*expected.GetDescriptor(), node))
        fields.members.push_back({to_member_name(*written.field), Naming::field,
                                  read_field(written.value, expected, *written.field, mode),
                                  to_other_name(*written.field)});
    auto pattern = make_pattern(std::move(fields), node);
    if (const auto ignored = node.find(convert::kIgnoreKey)) add_ignored(*ignored, Place::message(expected), pattern);
    return pattern;
}

Pattern PatternReader::read_field(Node node, const Message& expected, const Field& field, Mode mode) {
    if (convert::is_matcher(node)) return read_matcher(node, Place::field(expected, field), mode);
    if (node.is_null() && !takes_null(field)) return make_pattern(Absent(), node);
    if (field.is_map()) return read_map(node, expected, field, mode);
    if (!field.is_repeated()) {
        if (field.message_type())
            return read_message(node, expected.GetReflection()->GetMessage(expected, &field), mode);
        return make_pattern(Equals{to_field_value(expected, field)}, node);
    }
    Items items;
    for (const auto& item : node.items())
        items.items.push_back(read_element(item, expected, field, static_cast<int>(items.items.size()), mode));
    return make_pattern(std::move(items), node);
}

Pattern PatternReader::read_element(Node node, const Message& expected, const Field& field, int index, Mode mode) {
    if (convert::is_matcher(node)) return read_matcher(node, Place::element(expected, field), mode);
    if (!field.message_type()) return make_pattern(Equals{to_element_value(expected, field, index)}, node);
    return read_message(node, expected.GetReflection()->GetRepeatedMessage(expected, &field, index), mode);
}

Pattern PatternReader::read_map(Node node, const Message& expected, const Field& field, Mode mode) {
    const auto& key = *field.message_type()->map_key();
    const auto& value = *field.message_type()->map_value();
    const auto& reflection = *expected.GetReflection();
    std::map<std::string, const Message*> entries;
    for (int i = 0; i < reflection.FieldSize(expected, &field); ++i) {
        const auto& entry = reflection.GetRepeatedMessage(expected, &field, i);
        const Value name = to_field_value(entry, key);
        entries[name.kind == Kind::text ? name.text : name.shown] = &entry;
    }
    Fields fields;
    fields.mode = mode;
    for (const auto& member : node.members()) {
        if (member.key.text() == convert::kIgnoreKey) continue;
        const auto name = to_key_name(member.key, key);
        const auto entry = entries.find(name);
        if (entry == entries.end()) continue;  // Its key was refused.
        fields.members.push_back({name, Naming::key, read_field(member.value, *entry->second, value, mode)});
    }
    auto pattern = make_pattern(std::move(fields), node);
    if (const auto ignored = node.find(convert::kIgnoreKey))
        add_ignored(*ignored, Place::field(expected, field), pattern);
    return pattern;
}

Pattern PatternReader::read_any(Node node, const Message& expected, Mode mode) {
    const auto content = convert::unpack(expected);
    if (!content) return read_strange_any(node, convert::to_type_name(expected), mode);
    const bool object = convert::json_form(*content->GetDescriptor()) == JsonForm::object;
    Pattern pattern = object ? read_fields(node, *content, mode) : make_pattern(Fields(), node);
    auto& fields = std::get<Fields>(pattern.rule);
    fields.type = content->GetDescriptor()->full_name();
    fields.type_node = node.find(kTypeKey);
    const auto value = node.find("value");
    if (!object && value) fields.members.push_back({"value", Naming::field, read_message(*value, *content, mode)});
    return pattern;
}

/// Of a type that the schema has not: its members are JSON.
Pattern PatternReader::read_strange_any(Node node, std::string type, Mode mode) {
    auto pattern = read_json(node, mode);
    auto* fields = std::get_if<Fields>(&pattern.rule);
    if (!fields) return pattern;
    std::erase_if(fields->members, [](const PatternMember& member) { return member.name == kTypeKey; });
    fields->type = std::move(type);
    fields->type_node = node.find(kTypeKey);
    return pattern;
}

Pattern PatternReader::read_json(Node node, Mode mode) {
    if (convert::is_matcher(node)) return read_matcher(node, Place::json(), mode);
    if (node.is_sequence()) {
        Items items;
        for (const auto& item : node.items()) items.items.push_back(read_json(item, mode));
        return make_pattern(std::move(items), node);
    }
    if (node.is_mapping()) {
        Fields fields;
        fields.mode = mode;
        for (const auto& member : node.members()) {
            if (member.key.text() == convert::kIgnoreKey) continue;
            const auto name = convert::to_map_key_text(member.key);
            if (!name) {
                problems_.push_back(name.error());
                continue;
            }
            if (std::ranges::any_of(fields.members, [&](const auto& other) { return other.name == *name; }))
                refuse(member.key, "the key " + convert::quote(member.key) + " is given twice", {});
            fields.members.push_back({*name, to_naming(*name), read_json(member.value, mode)});
        }
        auto pattern = make_pattern(std::move(fields), node);
        if (const auto ignored = node.find(convert::kIgnoreKey)) add_ignored(*ignored, Place::json(), pattern);
        return pattern;
    }
    switch (convert::plain_type(node)) {
        case convert::PlainType::null:
            return make_pattern(Equals{make_null()}, node);
        case convert::PlainType::boolean:
            return make_pattern(Equals{make_boolean(*convert::to_bool(node))}, node);
        case convert::PlainType::number:
            return make_pattern(Equals{make_number(convert::to_json_number(node.text()))}, node);
        case convert::PlainType::string:
            break;
    }
    return make_pattern(Equals{make_text(node.text())}, node);
}

Pattern PatternReader::read_text(Node node) {
    const auto text = convert::to_text(node);
    if (!text) problems_.push_back(text.error());
    return make_pattern(Equals{make_text(text ? *text : std::string())}, node);
}

namespace {

std::optional<source::Problem> check_path_at(Node node, const Place& place) {
    switch (place.sort()) {
        case Place::Sort::message:
            return check_path(node, node.text(), *place.prototype().GetDescriptor());
        case Place::Sort::field:
            return check_path(node, node.text(), place.descriptor());
        case Place::Sort::element:
            if (const auto* type = place.descriptor().message_type()) return check_path(node, node.text(), *type);
            break;
        default:
            break;
    }
    return std::nullopt;
}

}  // namespace

void PatternReader::add_ignored(Node list, const Place& place, Pattern& pattern) {
    if (!list.is_sequence())
        return refuse(list, "'$ignore' is a list of paths", "for example: $ignore: [messages[*].time]");
    for (const auto& item : list.items()) {
        auto path = IgnorePath::parse(item.text());
        if (auto fault = check_path_at(item, place))
            problems_.push_back(*std::move(fault));
        else if (path)
            pattern.ignore.push_back(*std::move(path));
        else
            refuse(item, convert::quote(item) + " is no path",
                   "a path is messages[2].time, messages[*].time or counts[\"a\"]");
    }
}

void PatternReader::refuse(Node node, std::string message, std::string note) {
    problems_.push_back(node.problem(source::ProblemCode::invalid, std::move(message)).with_note(std::move(note)));
}

}  // namespace understudy::match
