#pragma once

#include <google/protobuf/descriptor.h>

#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace understudy::redact {

/// Takes fields out of a message's bytes: texts and bytes become `[redacted]`, all other values are left out. What
/// stands around them stays as it is, byte for byte. Looks into submessages, maps, extensions and what
/// google.protobuf.Any holds.
/// `taken` gets the full names of the fields that were there.
/// Errors: nullopt where the bytes are none of the message's. Tested by: WireRedaction.*
std::optional<std::string> redact_message(std::string_view bytes, const google::protobuf::Descriptor& type,
                                          const std::set<const google::protobuf::FieldDescriptor*>& fields,
                                          std::set<std::string>& taken);

}  // namespace understudy::redact
