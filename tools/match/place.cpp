#include "tools/convert/well_known.hpp"
#include "tools/convert/wording.hpp"
#include "tools/match/read_pattern.hpp"

namespace understudy::match {

namespace {

using convert::JsonForm;
using Field = google::protobuf::FieldDescriptor;

Kind kind_of_scalar(const Field& field) {
    switch (field.cpp_type()) {
        case Field::CPPTYPE_BOOL:
            return Kind::boolean;
        case Field::CPPTYPE_ENUM:
            return Kind::text;
        case Field::CPPTYPE_STRING:
            return field.type() == Field::TYPE_BYTES ? Kind::bytes : Kind::text;
        default:
            return Kind::number;
    }
}

}  // namespace

const google::protobuf::Descriptor* Place::message_type() const {
    if (sort_ == Sort::message || sort_ == Sort::messages) return prototype_->GetDescriptor();
    return field_ ? field_->message_type() : nullptr;
}

Place Place::element() const {
    if (sort_ == Sort::messages) return message(*prototype_);
    return is_list() ? element(*prototype_, *field_) : json();
}

bool Place::is_json() const {
    if (sort_ == Sort::json) return true;
    return !is_map() && !is_list() && message_type() && convert::json_form(*message_type()) == JsonForm::value;
}

bool Place::is_any() const {
    return sort_ != Sort::json && sort_ != Sort::text && !is_map() && !is_list() && message_type() &&
           convert::json_form(*message_type()) == JsonForm::any;
}

Kind Place::kind() const {
    if (sort_ == Sort::text) return Kind::text;
    if (is_json()) return Kind::null;
    if (is_list()) return Kind::list;
    if (!message_type()) return kind_of_scalar(*field_);
    switch (is_map() ? JsonForm::object : convert::json_form(*message_type())) {
        case JsonForm::timestamp:
        case JsonForm::duration:
            return Kind::instant;
        case JsonForm::field_mask:
            return Kind::text;
        case JsonForm::list:
            return Kind::list;
        case JsonForm::wrapper:
            return kind_of_scalar(*message_type()->FindFieldByNumber(1));
        default:
            return Kind::object;
    }
}

std::string Place::describe() const {
    if (sort_ == Sort::json || sort_ == Sort::text) return {};
    if (sort_ == Sort::messages) return "it is a list of messages";
    if (sort_ == Sort::message) return "it is " + convert::render_type(*message_type(), convert::Wording::types);
    const auto type = sort_ == Sort::field ? convert::render_field_type(*field_, convert::Wording::types)
                                           : convert::render_item_type(*field_, convert::Wording::types);
    return (sort_ == Sort::field ? field_->name() : "an element of " + field_->name()) + " is " + type;
}

}  // namespace understudy::match
