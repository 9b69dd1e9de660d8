#pragma once

#include "proto/wire/metadata.hpp"
#include "proto/wire/reply_limit.hpp"

#include <chrono>
#include <optional>

namespace understudy::rpc {

/// What a method may know of its call besides the message, and what it may add to the reply.
struct CallContext {
    wire::Metadata metadata = {};  ///< The request's header lines.
    wire::Metadata query = {};     ///< The parameters of a call by GET, decoded.
    bool by_get = false;
    std::optional<std::chrono::milliseconds> timeout = {};  ///< What the caller gave, if anything.
    wire::ReplyLimit limit = {};                            ///< How much fits into the reply.
    wire::Metadata headers = {};                            ///< Of the reply, also where the call fails.
    wire::Metadata trailers = {};                           ///< The same, behind the message.
};

}  // namespace understudy::rpc
