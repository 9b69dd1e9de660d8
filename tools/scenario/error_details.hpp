#pragma once

#include "proto/wire/status.hpp"
#include "tools/scenario/descriptors.hpp"

#include <google/protobuf/message.h>

#include <memory>
#include <vector>

namespace understudy::scenario {

/// The details of an error, each in a google.protobuf.Any.
std::vector<std::unique_ptr<google::protobuf::Message>> to_anys(const std::vector<wire::Detail>& details,
                                                                const Descriptors& descriptors);

}  // namespace understudy::scenario
