#pragma once

#include <google/protobuf/descriptor.h>

#include <optional>
#include <set>
#include <string>

namespace understudy::protojson {

/// A message's bytes with its groups written as messages are, and the items of message sets as extensions, and back.
/// What is packed in an Any is looked into, and bytes that are no message of the type stay as they are.
///
/// Errors: nullopt where an item of a message set has a number over 536 870 911, which no field may have.
/// Tested by: MessageJson.GroupsAreMessagesUnderTheirFieldsNames, MessageJson.MessageSetsHaveTheirExtensions
std::optional<std::string> with_groups_as_messages(const std::string& bytes, const google::protobuf::Descriptor& type);
std::string with_messages_as_groups(const std::string& bytes, const google::protobuf::Descriptor& type);

/// The extensions that the message has, or one in it; groups are written as messages.
std::set<const google::protobuf::FieldDescriptor*> find_extensions(const std::string& bytes,
                                                                   const google::protobuf::Descriptor& type);

}  // namespace understudy::protojson
