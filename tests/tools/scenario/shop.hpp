#pragma once

#include "tools/scenario/descriptors.hpp"

#include <google/protobuf/message.h>

#include <memory>
#include <string>

namespace understudy::scenario {

/// The folder of the tests' own .proto files.
std::string schema_folder();

/// The descriptors of shop/shop.proto, read once.
std::shared_ptr<const Descriptors> shop();

/// The same of old/old.proto, which is in proto2.
std::shared_ptr<const Descriptors> old();

/// A message of a type of shop.proto (`Everything`), from protobuf text.
std::unique_ptr<google::protobuf::Message> shop_message(const std::string& type, const std::string& text);

}  // namespace understudy::scenario
