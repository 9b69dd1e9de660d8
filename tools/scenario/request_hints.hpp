#pragma once

#include "tools/scenario/descriptors.hpp"
#include "tools/scenario/result.hpp"
#include "tools/scenario/scenario.hpp"

#include <google/protobuf/message.h>

#include <string>
#include <string_view>
#include <vector>

namespace understudy::scenario {

/// What probably is wrong with the body of a request that was answered by an error: a frame where its content type
/// takes the bare message, the bare message where it takes a frame (gRPC-Web, streams of Connect), a frame in a frame,
/// base64 text or JSON where it takes bytes, bytes where it takes base64. `prototype` is a message of the type that it
/// should hold; `google.protobuf.Empty` stands for one that nobody knows. Empty where it is as it should be.
std::vector<std::string> to_framing_hints(std::string_view content_type, std::string_view body,
                                          const google::protobuf::Message& prototype);

/// The same for a step that was answered by an error: one with a `method`, or plain HTTP, whose path may name one of
/// the schema. `descriptors`: null where no schema is named. Tested by:
/// Judge.ARequestInPlainHttpThatIsFramedWronglyIsExplained
std::vector<std::string> to_request_hints(const Step& step, const Descriptors* descriptors, const Received& received);

}  // namespace understudy::scenario
