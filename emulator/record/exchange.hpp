#pragma once

#include "emulator/http/headers.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// Recordings: the values behind proto/understudy/v1/recording.proto, which says what each field means. The fields have
/// the names they have there; times are since the epoch, durations whole microseconds.
namespace understudy::record {

/// A function as it was when its traffic was recorded.
struct Function {
    std::string name = {};
    std::string code_sha256 = {};
    std::map<std::string, std::string> environment = {};
    std::string handler = {};
    std::uint32_t timeout_ms = 0;
    std::uint32_t memory_mb = 0;
    std::string directory = {};  ///< Where it ran: relative paths of variables begin there.

    friend bool operator==(const Function&, const Function&) = default;
};

/// A front door as it was when its traffic was recorded.
struct Api {
    std::string id = {};
    std::string kind = {};
    std::string name = {};
    std::vector<std::string> stages = {};
    std::vector<std::string> binary_media_types = {};
    bool streams = false;
    bool multi_value_headers = false;
    std::string payload_format = {};

    friend bool operator==(const Api&, const Api&) = default;
};

/// What recorded, and what was running.
struct Session {
    std::uint32_t format = 1;
    std::string program = {};
    std::chrono::microseconds started{0};
    std::optional<std::uint64_t> seed = {};
    std::string template_sha256 = {};
    std::vector<Function> functions = {};
    std::vector<Api> apis = {};

    friend bool operator==(const Session&, const Session&) = default;
};

/// A message of HTTP as it went over the connection.
struct HttpMessage {
    std::string start_line = {};
    http::Headers headers = {};
    std::string body = {};
    http::Headers trailers = {};
    bool cut_off = false;

    friend bool operator==(const HttpMessage&, const HttpMessage&) = default;
};

enum class Outcome : std::uint8_t { succeeded, function_error, throttled, unknown };

/// An event on its way to a function, and what came back.
struct Invocation {
    std::string function = {};
    std::string request_id = {};
    std::string trace = {};
    std::string function_arn = {};
    std::string client_context = {};
    std::string identity = {};
    std::string tenant = {};
    bool authorizer = false;
    std::string event = {};
    bool event_is_json = false;  ///< For certain: it was made by a front. Written as it is then.
    std::string reply = {};
    std::string reply_type = {};
    bool streamed = false;
    Outcome outcome = Outcome::succeeded;
    std::string error_type = {};
    std::string stream_error = {};
    std::uint32_t queued_us = 0;
    std::uint32_t handler_us = 0;

    friend bool operator==(const Invocation&, const Invocation&) = default;
};

/// One exchange at both edges: between client and front, and between front and Runtime API.
struct Exchange {
    std::string id = {};
    std::chrono::microseconds started{0};
    std::string front = {};
    std::string api = {};
    std::string stage = {};
    std::optional<HttpMessage> request = {};
    std::optional<HttpMessage> response = {};
    std::vector<Invocation> invocations = {};
    std::uint32_t total_us = 0;
    std::vector<std::string> redacted = {};
    std::string missing = {};

    friend bool operator==(const Exchange&, const Exchange&) = default;
};

}  // namespace understudy::record
