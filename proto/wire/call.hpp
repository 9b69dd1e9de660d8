#pragma once

#include "proto/wire/compression.hpp"
#include "proto/wire/metadata.hpp"
#include "proto/wire/protocol.hpp"
#include "proto/wire/status.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace understudy::wire {

/// A unary call, apart from how it travels.
struct Call {
    Dialect dialect = {};
    std::string content_type = {};  ///< What its request had; empty: the dialect's own.
    std::string method = {};        ///< `package.Service/Method`
    Metadata metadata = {};         ///< What the caller sends along.
    std::optional<std::chrono::milliseconds> timeout = {};
    Compression compression = Compression::identity;  ///< Of the message while it travels.
    Compression accepts = Compression::identity;      ///< What the reply may be compressed with.
    std::string message = {};                         ///< In the dialect's codec.
};

/// What comes back for it.
struct Answer {
    Status status = {};
    Metadata headers = {};
    Metadata trailers = {};
    std::string message = {};  ///< Where the status is ok.
    Compression compression = Compression::identity;
};

/// A request of HTTP, of 1.1 as of 2.
struct HttpRequest {
    std::string method = {};
    std::string target = {};  ///< Path and query.
    Metadata headers = {};
    std::string body = {};
};

struct HttpReply {
    int status = 200;
    Metadata headers = {};
    std::string body = {};
    Metadata trailers = {};  ///< HTTP's own: of gRPC only.
};

}  // namespace understudy::wire
