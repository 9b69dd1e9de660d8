#pragma once

#include "proto/wire/call.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace understudy::wire {

/// What a reply says.
struct ReadAnswer {
    Answer answer;
    std::string unreadable = {};  ///< How the reply differs from what its protocol asks for; empty where it does not.
};

/// The most bytes that a message has when it is no longer compressed.
inline constexpr std::size_t kMostMessageBytes = std::size_t{64} * 1024 * 1024;

/// What of a request says what is called. Lifetime: refers into the request.
struct RequestView {
    RequestView(const HttpRequest& request) : headers(request.headers), body(request.body) {}
    RequestView(const Metadata& lines, std::string_view bytes) : headers(lines), body(bytes) {}

    const Metadata& headers;
    std::string_view body;
};

/// The handler's side: what a request says. `call.dialect` is known, and what it does not hold is set; of GET the
/// message stands in `query`, whose names and values are decoded. A body that says `Content-Encoding: gzip` and does
/// not begin as gzip does is taken as it is: REST APIs decompress requests and leave the header line
/// (docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gzip-compression-decompression.html).
/// Errors: a timeout or base64 that is none, a message that is cut off, no message or several (`unimplemented`), a
/// compression that is not known (`unimplemented`), more bytes than `most` (`resource_exhausted`).
Status read_call(RequestView request, const Metadata& query, std::size_t most, Call& call);

/// The caller's side: what a reply says. `accepts` is what the call offered. A reply that is not as its protocol asks
/// is an error as clients see it: `unknown` for a content type of another kind, `internal` for another codec, for a
/// compression that was not offered or a stream without trailers, `unimplemented` for no or several messages and
/// `resource_exhausted` for one over `kMostMessageBytes` when decompressed. `plain` takes any content type.
ReadAnswer read_answer(Dialect dialect, Compression accepts, HttpReply reply);

}  // namespace understudy::wire
