#include "tools/convert/field_path.hpp"

namespace understudy::convert {

FieldPath::Scope FieldPath::enter_name(std::string_view name) {
    const std::size_t before = text_.size();
    if (!text_.empty()) text_ += '.';
    text_ += name;
    return {text_, before};
}

FieldPath::Scope FieldPath::enter_field(const google::protobuf::FieldDescriptor& field) {
    return enter_name(field.is_extension() ? '[' + field.full_name() + ']' : field.name());
}

FieldPath::Scope FieldPath::enter_item(std::size_t number) {
    const std::size_t before = text_.size();
    text_ += '[' + std::to_string(number) + ']';
    return {text_, before};
}

FieldPath::Scope FieldPath::enter_entry(std::string_view key) {
    const std::size_t before = text_.size();
    text_ += "[\"" + std::string(key) + "\"]";
    return {text_, before};
}

}  // namespace understudy::convert
