#include "tools/scenario/match.hpp"

#include "tools/scenario/convert.hpp"
#include "tools/scenario/json_text.hpp"
#include "tools/scenario/message_value.hpp"
#include "tools/scenario/well_known.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/unknown_field_set.h>

#include <algorithm>
#include <map>
#include <ostream>
#include <set>
#include <utility>

namespace understudy::scenario {

namespace {

namespace protobuf = google::protobuf;
using Field = protobuf::FieldDescriptor;
using protobuf::Message;
using source::Node;

constexpr const char* kAbsent = "absent";

bool is_set(const Message& message, const Field& field) {
    const auto& reflection = *message.GetReflection();
    return field.is_repeated() ? reflection.FieldSize(message, &field) > 0 : reflection.HasField(message, &field);
}

bool is_null_type(const Field& field) {
    return (field.message_type() && field.message_type()->full_name() == "google.protobuf.Value") ||
           (field.enum_type() && field.enum_type()->full_name() == "google.protobuf.NullValue");
}

// Equal by number, bytes, or value; both are the value itself where the field is singular, or its only element.
bool equal_scalars(const Message& expected, const Message& actual, const Field& field, int index) {
    // Their texts are exact: shortest round trip digits, hexadecimal bytes, and `NaN` for every NaN.
    return field.is_repeated() ? to_element_text(expected, field, index) == to_element_text(actual, field, index)
                               : to_field_text(expected, field) == to_field_text(actual, field);
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
            return "\"hex:" + to_hex(field.length_delimited()) + '"';
        case protobuf::UnknownField::TYPE_GROUP:
            break;
    }
    return "a group";
}

// The text of a map's key as `to_field_text` gives it for the key of an entry.
std::string to_key_text(Node key, const Field& type) {
    if (type.cpp_type() == Field::CPPTYPE_STRING) {
        const auto text = to_map_key_text(key);
        return to_quoted_text(text ? *text : std::string(key.text()));
    }
    return std::string(key.text());
}

class Comparison {
  public:
    std::vector<Difference> take() { return std::move(differences_); }

    void compare(Node node, const Message& expected, const Message& actual, const std::string& path);

  private:
    void compare_fields(Node node, const Message& expected, const Message& actual, const std::string& path);
    void compare_field(const WrittenField& written, const Message& expected, const Message& actual,
                       const std::string& path);
    void compare_singular(const WrittenField& written, const Message& expected, const Message& actual,
                          const std::string& path);
    void compare_list(const WrittenField& written, const Message& expected, const Message& actual,
                      const std::string& path);
    void compare_map(const WrittenField& written, const Message& expected, const Message& actual,
                     const std::string& path);
    void compare_any(Node node, const Message& expected, const Message& actual, const std::string& path);
    void report_unwritten(Node node, const std::set<const Field*>& written, const Message& actual,
                          const std::string& path);
    void add(const std::string& path, std::string expected, std::string actual, Node node) {
        differences_.push_back(make_difference(path, std::move(expected), std::move(actual), node));
    }

    std::vector<Difference> differences_;
};

std::string join(const std::string& path, const std::string& name) {
    return path.empty() ? name : path + '.' + name;
}

void Comparison::compare(Node node, const Message& expected, const Message& actual, const std::string& path) {
    const auto form = json_form(*expected.GetDescriptor());
    if (form == JsonForm::object) return compare_fields(node, expected, actual, path);
    if (form == JsonForm::any) return compare_any(node, expected, actual, path);
    const bool equal = form == JsonForm::timestamp || form == JsonForm::duration
                           ? to_instant(expected) == to_instant(actual)
                           : equal_messages(expected, actual);
    if (!equal) add(path, to_json_text(expected, Defaults::hidden), to_json_text(actual, Defaults::hidden), node);
}

void Comparison::compare_fields(Node node, const Message& expected, const Message& actual, const std::string& path) {
    std::set<const Field*> names;
    for (const auto& written : written_fields(*expected.GetDescriptor(), node)) {
        names.insert(written.field);
        compare_field(written, expected, actual, join(path, written.field->name()));
    }
    report_unwritten(node, names, actual, path);
}

void Comparison::report_unwritten(Node node, const std::set<const Field*>& written, const Message& actual,
                                  const std::string& path) {
    std::vector<const Field*> fields;
    const auto& reflection = *actual.GetReflection();
    reflection.ListFields(actual, &fields);
    for (const auto* field : fields) {
        if (!written.contains(field)) add(join(path, field->name()), kAbsent, to_field_text(actual, *field), node);
    }
    const auto& unknown = reflection.GetUnknownFields(actual);
    for (int i = 0; i < unknown.field_count(); ++i) {
        const auto name = "field " + std::to_string(unknown.field(i).number()) + " (not in the schema)";
        add(join(path, name), kAbsent, to_wire_text(unknown.field(i)), node);
    }
}

void Comparison::compare_field(const WrittenField& written, const Message& expected, const Message& actual,
                               const std::string& path) {
    const auto& field = *written.field;
    if (written.value.is_null() && !is_null_type(field)) {
        if (is_set(actual, field)) add(path, kAbsent, to_field_text(actual, field), written.value);
    } else if (field.is_map()) {
        compare_map(written, expected, actual, path);
    } else if (field.is_repeated()) {
        compare_list(written, expected, actual, path);
    } else {
        compare_singular(written, expected, actual, path);
    }
}

void Comparison::compare_singular(const WrittenField& written, const Message& expected, const Message& actual,
                                  const std::string& path) {
    const auto& field = *written.field;
    if (field.has_presence() && !is_set(actual, field)) {
        add(path, to_field_text(expected, field), kAbsent, written.value);
    } else if (field.message_type()) {
        const auto& reflection = *expected.GetReflection();
        compare(written.value, reflection.GetMessage(expected, &field),
                actual.GetReflection()->GetMessage(actual, &field), path);
    } else if (!equal_scalars(expected, actual, field, 0)) {
        add(path, to_field_text(expected, field), to_field_text(actual, field), written.value);
    }
}

void Comparison::compare_list(const WrittenField& written, const Message& expected, const Message& actual,
                              const std::string& path) {
    const auto& field = *written.field;
    const int wanted = expected.GetReflection()->FieldSize(expected, &field);
    const int got = actual.GetReflection()->FieldSize(actual, &field);
    const auto items = written.value.items();
    for (int i = 0; i < std::max(wanted, got); ++i) {
        const auto element = path + '[' + std::to_string(i) + ']';
        const Node node = i < wanted ? items[static_cast<std::size_t>(i)] : written.value;
        if (i >= got) {
            add(element, to_element_text(expected, field, i), kAbsent, node);
        } else if (i >= wanted) {
            add(element, kAbsent, to_element_text(actual, field, i), node);
        } else if (field.message_type()) {
            compare(node, expected.GetReflection()->GetRepeatedMessage(expected, &field, i),
                    actual.GetReflection()->GetRepeatedMessage(actual, &field, i), element);
        } else if (!equal_scalars(expected, actual, field, i)) {
            add(element, to_element_text(expected, field, i), to_element_text(actual, field, i), node);
        }
    }
}

using Entries = std::map<std::string, const Message*>;

Entries to_entries(const Message& message, const Field& map) {
    Entries entries;
    const auto& reflection = *message.GetReflection();
    for (int i = 0; i < reflection.FieldSize(message, &map); ++i) {
        const auto& entry = reflection.GetRepeatedMessage(message, &map, i);
        entries[to_field_text(entry, *map.message_type()->map_key())] = &entry;
    }
    return entries;
}

void Comparison::compare_map(const WrittenField& written, const Message& expected, const Message& actual,
                             const std::string& path) {
    const auto& entry_type = *written.field->message_type();
    const auto& value = *entry_type.map_value();
    std::map<std::string, Node> nodes;
    for (const auto& member : written.value.members())
        nodes.emplace(to_key_text(member.key, *entry_type.map_key()), member.value);
    const auto wanted = to_entries(expected, *written.field);
    const auto got = to_entries(actual, *written.field);
    for (const auto& [key, entry] : wanted) {
        const auto element = path + '[' + key + ']';
        const auto place = nodes.find(key);
        const Node node = place == nodes.end() ? written.value : place->second;
        const auto found = got.find(key);
        if (found == got.end()) {
            add(element, to_field_text(*entry, value), kAbsent, node);
        } else if (value.message_type()) {
            compare(node, entry->GetReflection()->GetMessage(*entry, &value),
                    found->second->GetReflection()->GetMessage(*found->second, &value), element);
        } else if (!equal_scalars(*entry, *found->second, value, 0)) {
            add(element, to_field_text(*entry, value), to_field_text(*found->second, value), node);
        }
    }
    for (const auto& [key, entry] : got) {
        if (!wanted.contains(key)) add(path + '[' + key + ']', kAbsent, to_field_text(*entry, value), written.value);
    }
}

void Comparison::compare_any(Node node, const Message& expected, const Message& actual, const std::string& path) {
    const auto wanted = to_type_name(expected);
    const auto got = to_type_name(actual);
    if (wanted != got)
        return add(join(path, "@type"), to_quoted_text(wanted), to_quoted_text(got), node.find("@type").value_or(node));
    const auto expected_message = unpack(expected);
    const auto actual_message = unpack(actual);
    if (!expected_message || !actual_message) {
        if (!equal_messages(expected, actual))
            add(path, to_json_text(expected, Defaults::hidden), to_json_text(actual, Defaults::hidden), node);
        return;
    }
    // Inside an Any, a type with a JSON form of its own is the member `value`.
    const bool object = json_form(*expected_message->GetDescriptor()) == JsonForm::object;
    const Node content = object ? node : node.find("value").value_or(node);
    compare(content, *expected_message, *actual_message, path);
}

}  // namespace

Difference make_difference(std::string path, std::string expected, std::string actual, Node node) {
    auto sentence = (path.empty() ? "" : path + ": ") + "expected " + expected + ", got " + actual;
    auto where = node.problem(source::ProblemCode::invalid, std::move(sentence));
    return {std::move(path), std::move(expected), std::move(actual), std::move(where)};
}

std::ostream& operator<<(std::ostream& out, const Difference& difference) {
    return out << difference.where;
}

std::vector<Difference> compare_messages(Node expectation, const Message& expected, const Message& actual) {
    Comparison comparison;
    comparison.compare(expectation, expected, actual, "");
    return comparison.take();
}

}  // namespace understudy::scenario
