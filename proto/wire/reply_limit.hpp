#pragma once

#include <cstddef>
#include <functional>

namespace google::protobuf {
class Message;
}

namespace understudy::wire {

/// What a message takes in a reply.
struct ReplySize {
    std::size_t encoded = 0;  ///< In the codec of the call.
    std::size_t carried = 0;  ///< As it travels, with what the transport makes of its bytes: base64, or escapes.
};

/// How much fits into the reply to a call. Whoever carries the reply knows; a method that returns a list of any length
/// adds up its elements, each measured in a response of its own, which is never less than it takes among others.
struct ReplyLimit {
    std::function<ReplySize(const google::protobuf::Message& message)> measure;
    std::size_t most_carried = 0;
};

}  // namespace understudy::wire
