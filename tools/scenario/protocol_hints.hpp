#pragma once

#include "tools/scenario/result.hpp"
#include "tools/scenario/scenario.hpp"

#include <google/protobuf/message.h>

#include <string>
#include <vector>

namespace understudy::scenario {

/// What probably happened to a reply that is none of the step's protocol, or lacks what that protocol has no place for.
/// `prototype` is a message of the type that is due. Preconditions: the step calls a method, and `result` has its
/// differences.
std::vector<std::string> to_protocol_hints(const Step& step, const StepResult& result,
                                           const google::protobuf::Message& prototype);

}  // namespace understudy::scenario
