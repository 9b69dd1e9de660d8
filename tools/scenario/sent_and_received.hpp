#pragma once

#include "proto/wire/metadata.hpp"
#include "proto/wire/status.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace understudy::scenario {

/// Whom a request is for.
enum class Addressee : std::uint8_t { front, lambda_api };

/// What went over the wire, but for the lines that are the connection's.
struct Sent {
    Addressee addressee = Addressee::front;
    std::string base_url;  ///< `http://127.0.0.1:41234`, which an emulator leaves when the run ends.
    std::string method;
    std::string target;                                        ///< Path and query.
    std::vector<std::pair<std::string, std::string>> headers;  ///< In their order and spelling.
    std::string body;
    bool over_http2 = false;
    std::string packed = {};   ///< What target or body hold in another spelling, base64 or gzip; never shown.
    bool masked = false;       ///< Secrets stood in it, and `***` stands there now.
    bool body_masked = false;  ///< In its body: nothing tells how long that was.
};

/// What came back for one call.
struct Received {
    int http_status = 0;
    std::vector<std::pair<std::string, std::string>> headers;  ///< In their order and spelling.
    std::string body;
    wire::Status status;      ///< What the reply says about the call.
    wire::Metadata trailers;  ///< Of the call, wherever its protocol has them.
    std::string message;      ///< Of a call that is ok: its message, in the step's codec.
    std::string response;     ///< The message as JSON with defaults shown; empty where there is none.
    std::string undecodable;  ///< Why the body is not the message it should be; empty where it is.
    std::optional<std::size_t>
        undecodable_at;        ///< The byte of the message that decoding did not get past, where that is known.
    bool body_masked = false;  ///< Secrets stood in its body, and nothing tells how long that was.
};

}  // namespace understudy::scenario
