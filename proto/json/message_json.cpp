#include "proto/json/message_json.hpp"

#include "proto/json/extended_types.hpp"
#include "proto/json/regrouping.hpp"

#include <google/protobuf/message.h>

namespace understudy::protojson {

namespace protobuf = google::protobuf;
using protobuf::util::Status;

Status render_json(const protobuf::Message& message, std::string& json,
                   const protobuf::util::JsonPrintOptions& options) {
    const auto& type = *message.GetDescriptor();
    const auto url = ExtendedTypes::url_of(type.full_name());
    auto bytes = message.SerializePartialAsString();
    ExtendedTypes types(*type.file()->pool());
    json.clear();
    // What types the message has, down into each Any, shows only while it is written: so it is written once to see.
    // Where there are groups that fails or is wrong, and its status means nothing.
    const auto status = protobuf::util::BinaryToJsonString(&types, url, bytes, &json, options);
    const bool shows_unset = options.always_print_primitive_fields && types.met_extensions();
    if (!types.met_groups() && !shows_unset) return status;
    if (types.met_groups()) {
        auto regrouped = with_groups_as_messages(bytes, type);
        if (!regrouped)
            return protobuf::util::InvalidArgumentError("A message set holds a message that JSON has no name for.");
        bytes = *std::move(regrouped);
    }
    if (shows_unset) types.limit_extensions(find_extensions(bytes, type));
    json.clear();
    return protobuf::util::BinaryToJsonString(&types, url, bytes, &json, options);
}

Status parse_json(std::string_view json, protobuf::Message& message, const protobuf::util::JsonParseOptions& options) {
    const auto& type = *message.GetDescriptor();
    ExtendedTypes types(*type.file()->pool());
    std::string bytes;
    auto status = protobuf::util::JsonToBinaryString(&types, ExtendedTypes::url_of(type.full_name()),
                                                     {json.data(), json.size()}, &bytes, options);
    if (!status.ok()) return status;
    if (types.met_groups()) bytes = with_messages_as_groups(bytes, type);
    if (message.ParseFromString(bytes)) return status;
    return protobuf::util::InvalidArgumentError("JSON transcoder produced invalid protobuf output.");
}

}  // namespace understudy::protojson
