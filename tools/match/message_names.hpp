#pragma once

#include <google/protobuf/descriptor.h>

#include <string>
#include <vector>

namespace understudy::match {

/// The full names of the messages that a file and its imports describe, those in messages included.
std::vector<std::string> message_names(const google::protobuf::FileDescriptor& file);

}  // namespace understudy::match
