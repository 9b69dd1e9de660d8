#include "proto/json/regrouping.hpp"

#include "proto/json/message_set.hpp"

#include <google/protobuf/unknown_field_set.h>

#include <cstdint>

namespace understudy::protojson {
namespace {

namespace protobuf = google::protobuf;
using protobuf::Descriptor;
using protobuf::FieldDescriptor;
using protobuf::UnknownField;
using protobuf::UnknownFieldSet;

enum class Groups : std::uint8_t { as_messages, as_groups };

/// The fields of google.protobuf.Any, by the numbers that its .proto file fixes.
constexpr int kTypeUrl = 1, kPacked = 2;

const FieldDescriptor* find_field(const Descriptor& type, int number) {
    const auto* field = type.FindFieldByNumber(number);
    return field != nullptr ? field : type.file()->pool()->FindExtensionByNumber(&type, number);
}

const Descriptor* find_packed_type(const UnknownFieldSet& any, const Descriptor& type) {
    std::string url;
    for (int i = 0; i < any.field_count(); ++i) {
        if (any.field(i).number() == kTypeUrl && any.field(i).type() == UnknownField::TYPE_LENGTH_DELIMITED)
            url = any.field(i).length_delimited();
    }
    return type.file()->pool()->FindMessageTypeByName(url.substr(url.rfind('/') + 1));
}

/// The type of what a field holds; null where that is no message.
const Descriptor* find_inner_type(const UnknownField& field, const UnknownFieldSet& fields, const Descriptor& type) {
    if (type.full_name() == "google.protobuf.Any")
        return field.number() == kPacked ? find_packed_type(fields, type) : nullptr;
    const auto* known = find_field(type, field.number());
    return known == nullptr ? nullptr : known->message_type();
}

/// The fields of a message that is in a field, as a group or not; null where there is none.
const UnknownFieldSet* find_inner(const UnknownField& field, const Descriptor* inner_type, UnknownFieldSet& parsed) {
    if (inner_type == nullptr) return nullptr;
    if (field.type() == UnknownField::TYPE_GROUP) return &field.group();
    const bool is_message =
        field.type() == UnknownField::TYPE_LENGTH_DELIMITED && parsed.ParseFromString(field.length_delimited());
    return is_message ? &parsed : nullptr;
}

struct Item {
    const FieldDescriptor* extension = nullptr;  ///< Null: none that the schema knows.
    const std::string* message = nullptr;
};
Item find_item(const UnknownFieldSet& group, const Descriptor& type) {
    Item item;
    for (int i = 0; i < group.field_count(); ++i) {
        const auto& field = group.field(i);
        if (field.number() == kItemType && field.type() == UnknownField::TYPE_VARINT)
            item.extension = type.file()->pool()->FindExtensionByNumber(&type, static_cast<int>(field.varint()));
        if (field.number() == kItemMessage && field.type() == UnknownField::TYPE_LENGTH_DELIMITED)
            item.message = &field.length_delimited();
    }
    return item;
}

bool is_group(const UnknownField& field, const Descriptor& type, Groups groups) {
    const auto* known = find_field(type, field.number());
    return groups == Groups::as_groups && known != nullptr && known->type() == FieldDescriptor::TYPE_GROUP;
}

bool regroup(const UnknownFieldSet& fields, const Descriptor& type, Groups groups, UnknownFieldSet& out);

/// An item as the extension that it holds. False where that has no number that a field may have.
bool take_item_apart(const UnknownField& field, const Descriptor& type, UnknownFieldSet& out) {
    const Item item = find_item(field.group(), type);
    UnknownFieldSet inner, content;
    if (item.extension == nullptr || item.message == nullptr || !inner.ParseFromString(*item.message)) {
        out.AddField(field);
        return true;
    }
    if (item.extension->number() > FieldDescriptor::kMaxNumber) return false;
    const bool whole = regroup(inner, *item.extension->message_type(), Groups::as_messages, content);
    content.SerializeToString(out.AddLengthDelimited(item.extension->number()));
    return whole;
}

void add_item(int number, const UnknownFieldSet& content, UnknownFieldSet& out) {
    UnknownFieldSet& item = *out.AddGroup(kItem);
    item.AddVarint(kItemType, static_cast<std::uint64_t>(number));
    content.SerializeToString(item.AddLengthDelimited(kItemMessage));
}

/// False where something has no form as a message.
bool regroup(const UnknownFieldSet& fields, const Descriptor& type, Groups groups, UnknownFieldSet& out) {
    bool whole = true;
    for (int i = 0; i < fields.field_count(); ++i) {
        const auto& field = fields.field(i);
        const bool is_item =
            is_message_set(type) && field.number() == kItem && field.type() == UnknownField::TYPE_GROUP;
        if (is_item && groups == Groups::as_messages) {
            whole = take_item_apart(field, type, out) && whole;
            continue;
        }
        const auto* inner_type = find_inner_type(field, fields, type);
        UnknownFieldSet parsed, content;
        const auto* inner = find_inner(field, inner_type, parsed);
        if (inner == nullptr) {
            out.AddField(field);
            continue;
        }
        whole = regroup(*inner, *inner_type, groups, content) && whole;
        if (is_message_set(type) && groups == Groups::as_groups)
            add_item(field.number(), content, out);
        else if (is_group(field, type, groups))
            out.AddGroup(field.number())->Swap(&content);
        else
            content.SerializeToString(out.AddLengthDelimited(field.number()));
    }
    return whole;
}

void add_extensions(const UnknownFieldSet& fields, const Descriptor& type, std::set<const FieldDescriptor*>& found) {
    for (int i = 0; i < fields.field_count(); ++i) {
        const auto& field = fields.field(i);
        const auto* known = find_field(type, field.number());
        if (known != nullptr && known->is_extension()) found.insert(known);
        const auto* inner_type = find_inner_type(field, fields, type);
        UnknownFieldSet parsed;
        if (const auto* inner = find_inner(field, inner_type, parsed)) add_extensions(*inner, *inner_type, found);
    }
}

std::optional<std::string> rewrite(const std::string& bytes, const Descriptor& type, Groups groups) {
    UnknownFieldSet fields, out;
    if (!fields.ParseFromString(bytes)) return bytes;
    if (!regroup(fields, type, groups, out)) return std::nullopt;
    std::string text;
    out.SerializeToString(&text);
    return text;
}

}  // namespace

std::optional<std::string> with_groups_as_messages(const std::string& bytes, const Descriptor& type) {
    return rewrite(bytes, type, Groups::as_messages);
}

std::string with_messages_as_groups(const std::string& bytes, const Descriptor& type) {
    return rewrite(bytes, type, Groups::as_groups).value_or(bytes);
}

std::set<const FieldDescriptor*> find_extensions(const std::string& bytes, const Descriptor& type) {
    UnknownFieldSet fields;
    std::set<const FieldDescriptor*> found;
    if (fields.ParseFromString(bytes)) add_extensions(fields, type, found);
    return found;
}

}  // namespace understudy::protojson
