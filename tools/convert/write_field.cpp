#include "tools/convert/write_field.hpp"

#include "tools/convert/scalar.hpp"

#include <string>
#include <utility>

namespace understudy::convert {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using source::Node;
using source::Result;

template <class T>
using Write = void (Reflection::*)(Message*, const FieldDescriptor*, T) const;

/// Hands a value, where there is one, to the member of Reflection that the slot asks for.
template <class T>
class Writer {
  public:
    Writer(Write<T> set, Write<T> add) : set_(set), add_(add) {}

    Result<void> operator()(Result<T> value, Message& message, const FieldDescriptor& field, Slot slot) const {
        if (!value) return value.error();
        const Write<T> write = slot == Slot::set ? set_ : add_;
        (message.GetReflection()->*write)(&message, &field, *std::move(value));
        return {};
    }

  private:
    Write<T> set_;
    Write<T> add_;
};

}  // namespace

Result<void> write_scalar(Node node, Message& message, const FieldDescriptor& field, Slot slot) {
    using R = Reflection;
    switch (field.cpp_type()) {
        case FieldDescriptor::CPPTYPE_INT32:
            return Writer<std::int32_t>(&R::SetInt32, &R::AddInt32)(to_int32(node), message, field, slot);
        case FieldDescriptor::CPPTYPE_INT64:
            return Writer<std::int64_t>(&R::SetInt64, &R::AddInt64)(to_int64(node), message, field, slot);
        case FieldDescriptor::CPPTYPE_UINT32:
            return Writer<std::uint32_t>(&R::SetUInt32, &R::AddUInt32)(to_uint32(node), message, field, slot);
        case FieldDescriptor::CPPTYPE_UINT64:
            return Writer<std::uint64_t>(&R::SetUInt64, &R::AddUInt64)(to_uint64(node), message, field, slot);
        case FieldDescriptor::CPPTYPE_DOUBLE:
            return Writer<double>(&R::SetDouble, &R::AddDouble)(to_double(node), message, field, slot);
        case FieldDescriptor::CPPTYPE_FLOAT:
            return Writer<float>(&R::SetFloat, &R::AddFloat)(to_float(node), message, field, slot);
        case FieldDescriptor::CPPTYPE_BOOL:
            return Writer<bool>(&R::SetBool, &R::AddBool)(to_bool(node), message, field, slot);
        case FieldDescriptor::CPPTYPE_ENUM: {
            const auto number = to_enum_number(node, *field.enum_type());
            return Writer<int>(&R::SetEnumValue, &R::AddEnumValue)(number, message, field, slot);
        }
        case FieldDescriptor::CPPTYPE_STRING: {
            const bool bytes = field.type() == FieldDescriptor::TYPE_BYTES;
            const auto text = bytes ? to_bytes(node) : to_text(node);
            return Writer<std::string>(&R::SetString, &R::AddString)(text, message, field, slot);
        }
        case FieldDescriptor::CPPTYPE_MESSAGE:
            break;
    }
    return {};
}

void add_default(Message& message, const FieldDescriptor& field) {
    const auto& reflection = *message.GetReflection();
    switch (field.cpp_type()) {
        case FieldDescriptor::CPPTYPE_INT32:
            return reflection.AddInt32(&message, &field, 0);
        case FieldDescriptor::CPPTYPE_INT64:
            return reflection.AddInt64(&message, &field, 0);
        case FieldDescriptor::CPPTYPE_UINT32:
            return reflection.AddUInt32(&message, &field, 0);
        case FieldDescriptor::CPPTYPE_UINT64:
            return reflection.AddUInt64(&message, &field, 0);
        case FieldDescriptor::CPPTYPE_DOUBLE:
            return reflection.AddDouble(&message, &field, 0);
        case FieldDescriptor::CPPTYPE_FLOAT:
            return reflection.AddFloat(&message, &field, 0);
        case FieldDescriptor::CPPTYPE_BOOL:
            return reflection.AddBool(&message, &field, false);
        case FieldDescriptor::CPPTYPE_ENUM:
            return reflection.AddEnumValue(&message, &field, field.enum_type()->value(0)->number());
        case FieldDescriptor::CPPTYPE_STRING:
            return reflection.AddString(&message, &field, {});
        case FieldDescriptor::CPPTYPE_MESSAGE:
            reflection.AddMessage(&message, &field);
    }
}

}  // namespace understudy::convert
