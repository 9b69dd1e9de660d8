#pragma once

#include "tools/scenario/descriptors.hpp"

#include <google/protobuf/message.h>

#include <memory>
#include <string_view>
#include <vector>

namespace understudy::scenario {

/// The details in the body of a Connect error, each in a google.protobuf.Any: `{"details":[{"type":"google.rpc.X",
/// "value":"BASE64"}]}`. Those that are not of that form are left out; without any the list is empty.
std::vector<std::unique_ptr<google::protobuf::Message>> read_error_details(std::string_view body,
                                                                           const Descriptors& descriptors);

}  // namespace understudy::scenario
