#pragma once

#include "emulator/source/document.hpp"

#include <google/protobuf/descriptor.h>

#include <string_view>
#include <vector>

namespace understudy::convert {

/// The field of `type` that a key names: by its name, its JSON name, or `[full.name]` for an extension. nullptr where
/// there is none.
const google::protobuf::FieldDescriptor* find_field(const google::protobuf::Descriptor& type, std::string_view key);

/// One member of a mapping that names a field: what the author wrote, and so meant, even where it equals the default.
struct WrittenField {
    const google::protobuf::FieldDescriptor* field;
    source::Node key;
    source::Node value;
};

/// The fields of `type` that `node` writes, in its order, nulls among them, without the keys that name no field.
/// Meaningful where `type` has JsonForm::object (well_known.hpp): the others are not written field by field.
std::vector<WrittenField> written_fields(const google::protobuf::Descriptor& type, source::Node node);

}  // namespace understudy::convert
