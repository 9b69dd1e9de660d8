#include "tools/convert/wording.hpp"

#include "emulator/source/suggestion.hpp"

#include <google/protobuf/descriptor.pb.h>

namespace understudy::convert {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;

/// `HttpHeader` as `http header`.
std::string to_words(std::string_view name) {
    std::string words;
    for (const char c : name) {
        const bool upper = c >= 'A' && c <= 'Z';
        if (upper && !words.empty()) words += ' ';
        words += upper ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return words;
}

std::string with_article(std::string_view noun) {
    const bool vowel = !noun.empty() && std::string_view("aeio").find(noun.front()) != std::string_view::npos;
    return (vowel ? "an " : "a ") + std::string(noun);
}

std::string render_value_type(const FieldDescriptor& field, Wording wording) {
    if (field.message_type() != nullptr) return render_type(*field.message_type(), wording);
    if (field.enum_type() == nullptr) return field.type_name();
    return wording == Wording::types ? field.enum_type()->full_name() : to_words(field.enum_type()->name());
}

}  // namespace

std::string render_type(const Descriptor& type, Wording wording) {
    return wording == Wording::types ? type.full_name() : with_article(to_words(type.name()));
}

std::string render_field_type(const FieldDescriptor& field, Wording wording) {
    if (field.is_map()) {
        const Descriptor& entry = *field.message_type();
        return "a map from " + render_value_type(*entry.map_key(), wording) + " to " +
               render_value_type(*entry.map_value(), wording);
    }
    if (field.is_repeated()) return "a list of " + render_value_type(field, wording);
    return render_item_type(field, wording);
}

std::string render_item_type(const FieldDescriptor& field, Wording wording) {
    std::string type = render_value_type(field, wording);
    const bool has_article = field.message_type() != nullptr && wording == Wording::words;
    if (field.enum_type() != nullptr) return with_article(type) + ": " + render_values(*field.enum_type(), wording);
    return has_article ? type : with_article(type);
}

std::string render_values(const EnumDescriptor& type, Wording wording) {
    std::string text;
    for (int i = 0; i < type.value_count(); ++i) {
        const std::string& name = type.value(i)->name();
        if (wording == Wording::words && name.ends_with("_unspecified")) continue;
        text += (text.empty() ? "" : ", ") + name;
    }
    return text;
}

std::string render_unknown_field(std::string_view key, const Descriptor& type, Wording wording) {
    const std::string_view thing = wording == Wording::types ? "unknown field '" : "unknown key '";
    return std::string(thing) + std::string(key) + "' in " + render_type(type, wording);
}

std::string suggest_field(std::string_view key, const Descriptor& type) {
    std::vector<const FieldDescriptor*> extensions;
    if (type.extension_range_count() > 0) type.file()->pool()->FindAllExtensions(&type, &extensions);
    std::vector<std::string> names;
    for (int i = 0; i < type.field_count(); ++i) names.push_back(type.field(i)->name());
    for (const auto* extension : extensions) {
        names.push_back('[' + extension->full_name() + ']');
        if (key == extension->name() || key == extension->full_name()) return source::render_suggestion(names.back());
    }
    return source::render_suggestion(key, std::vector<std::string_view>(names.begin(), names.end()));
}

std::string render_fields(const Descriptor& type, Wording wording) {
    const std::string_view things = wording == Wording::types ? "fields" : "keys";
    if (type.field_count() == 0) return render_type(type, wording) + " has no " + std::string(things);
    std::string text = render_type(type, wording) + " has the " + std::string(things);
    for (int i = 0; i < type.field_count(); ++i) text += (i == 0 ? " " : ", ") + type.field(i)->name();
    return text;
}

}  // namespace understudy::convert
