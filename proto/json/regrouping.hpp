#pragma once

#include <google/protobuf/descriptor.h>

#include <set>
#include <string>

namespace understudy::protojson {

/// A message's bytes with its groups written as messages are, and back. What is packed in an Any is looked into, and
/// bytes that are no message of the type stay as they are.
/// Tested by: MessageJson.GroupsAreMessagesUnderTheirFieldsNames
std::string with_groups_as_messages(const std::string& bytes, const google::protobuf::Descriptor& type);
std::string with_messages_as_groups(const std::string& bytes, const google::protobuf::Descriptor& type);

/// The extensions that the message has, or one in it.
std::set<const google::protobuf::FieldDescriptor*> find_extensions(const std::string& bytes,
                                                                   const google::protobuf::Descriptor& type);

}  // namespace understudy::protojson
