#include "tools/convert/written_fields.hpp"

#include <string>

namespace understudy::convert {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

const FieldDescriptor* find_field(const Descriptor& type, std::string_view key) {
    if (const auto* field = type.FindFieldByName(std::string(key))) return field;
    for (int i = 0; i < type.field_count(); ++i) {
        if (type.field(i)->json_name() == key) return type.field(i);
    }
    if (!key.starts_with('[') || !key.ends_with(']')) return nullptr;
    const std::string name(key.substr(1, key.size() - 2));
    const auto* extension = type.file()->pool()->FindExtensionByPrintableName(&type, name);
    return extension != nullptr && extension->containing_type() == &type ? extension : nullptr;
}

std::vector<WrittenField> written_fields(const Descriptor& type, source::Node node) {
    std::vector<WrittenField> written;
    for (const auto& [key, value] : node.members()) {
        if (const auto* field = find_field(type, key.text())) written.push_back({field, key, value});
    }
    return written;
}

}  // namespace understudy::convert
