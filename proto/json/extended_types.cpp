#include "proto/json/extended_types.hpp"

#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/type.pb.h>
#include <google/protobuf/util/type_resolver_util.h>

#include <utility>
#include <vector>

namespace understudy::protojson {
namespace {

namespace protobuf = google::protobuf;
using protobuf::FieldDescriptor;

constexpr const char* kPrefix = "type.googleapis.com";

protobuf::Field to_field(const FieldDescriptor& extension) {
    protobuf::Field field;
    const std::string name = '[' + extension.full_name() + ']';
    field.set_name(name);
    field.set_json_name(name);
    field.set_number(extension.number());
    // Both have the numbers of descriptor.proto.
    field.set_kind(static_cast<protobuf::Field::Kind>(extension.type()));
    field.set_cardinality(static_cast<protobuf::Field::Cardinality>(extension.label()));
    field.set_packed(extension.is_packed());
    if (extension.enum_type() != nullptr) field.set_type_url(ExtendedTypes::url_of(extension.enum_type()->full_name()));
    if (extension.message_type() != nullptr)
        field.set_type_url(ExtendedTypes::url_of(extension.message_type()->full_name()));
    return field;
}

}  // namespace

ExtendedTypes::ExtendedTypes(const protobuf::DescriptorPool& pool)
    : pool_(pool), plain_(protobuf::util::NewTypeResolverForDescriptorPool(kPrefix, &pool)) {}

void ExtendedTypes::limit_extensions(std::set<const FieldDescriptor*> extensions) {
    known_ = std::move(extensions);
}

protobuf::util::Status ExtendedTypes::ResolveMessageType(const std::string& url, protobuf::Type* type) {
    auto status = plain_->ResolveMessageType(url, type);
    if (!status.ok()) return status;
    const auto& descriptor = *pool_.FindMessageTypeByName(type->name());
    if (descriptor.extension_range_count() > 0) add_extensions(descriptor, *type);
    met_groups_ = met_groups_ || descriptor.options().message_set_wire_format();
    for (auto& field : *type->mutable_fields()) {
        if (field.kind() != protobuf::Field::TYPE_GROUP) continue;
        met_groups_ = true;
        field.set_kind(protobuf::Field::TYPE_MESSAGE);
        if (const auto* own = descriptor.FindFieldByNumber(field.number()))
            field.set_type_url(url_of(own->message_type()->full_name()));
    }
    return status;
}

void ExtendedTypes::add_extensions(const protobuf::Descriptor& descriptor, protobuf::Type& type) {
    std::vector<const FieldDescriptor*> extensions;
    pool_.FindAllExtensions(&descriptor, &extensions);
    for (const auto* extension : extensions) {
        if (extension->number() > FieldDescriptor::kMaxNumber) continue;  // Of a message set; see regrouping.hpp.
        met_extensions_ = true;
        if (known_ && !known_->contains(extension)) continue;
        auto& field = *type.add_fields();
        field = to_field(*extension);
        if (!known_) continue;
        // Members of a oneof have no defaults that are written.
        type.add_oneofs(field.name());
        field.set_oneof_index(type.oneofs_size());
    }
}

protobuf::util::Status ExtendedTypes::ResolveEnumType(const std::string& url, protobuf::Enum* type) {
    return plain_->ResolveEnumType(url, type);
}

std::string ExtendedTypes::url_of(const std::string& full_name) {
    return std::string(kPrefix) + '/' + full_name;
}

}  // namespace understudy::protojson
