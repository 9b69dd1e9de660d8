#pragma once

#include "emulator/lambda/disturbance.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace understudy::lambda {

/// How an invocation's caller takes the reply.
enum class ReplyMode : std::uint8_t {
    whole,     ///< In one piece, however the function writes it.
    streamed,  ///< As it is written, where the function streams; else in one piece.
};

/// One event on its way to a function, as the service hands it to an execution environment.
struct Invocation {
    std::string id = {};  ///< UUID; the request id that caller, function and log share.
    std::shared_ptr<const std::string> payload =
        {};                           ///< The event's bytes, shared because `/next` may deliver them twice.
    std::string function_arn = {};    ///< As the caller addressed the function, qualifier included.
    std::string version = "$LATEST";  ///< The function's version that runs.
    std::string trace = {};           ///< `Root=…;Parent=…;Sampled=…`; empty where there is none.
    std::string client_context = {};  ///< Decoded JSON text; empty where none was sent.
    std::string identity = {};        ///< Cognito identity as JSON text; empty where none was sent.
    std::string tenant = {};          ///< Tenant id; empty where none was sent.
    bool wants_log_tail = false;
    ReplyMode reply = ReplyMode::whole;
    Disturbance disturbance = {};
    bool is_authorizer = false;  ///< The function is asked whether a request may pass.
    std::uint64_t exchange = 0;  ///< The recorded exchange that it belongs to; 0: none.
    /// When its time began, in what the function reads of its deadline; unset: when it has the event.
    std::optional<std::chrono::system_clock::time_point> invoked = {};

    friend bool operator==(const Invocation&, const Invocation&) = default;
};

/// How an invocation ended.
enum class OutcomeKind : std::uint8_t {
    succeeded,       ///< The function's reply is the payload.
    function_error,  ///< The function or its environment failed; the payload is the error document (HTTP 200 on
                     ///< Invoke).
    throttled,       ///< Its reserved concurrency is used up, or too many wait for it; the payload is empty.
    no_function,     ///< Lambda has no such function, or not that version or alias of it; the payload is empty.
};

/// What an invocation's caller gets. Behind a streamed reply the payload is empty, or tells what cut the reply off.
struct Outcome {
    OutcomeKind kind = OutcomeKind::succeeded;
    std::string payload = {};  ///< The bytes that the function posted, or the platform's error document.
    std::string content_type = "application/json";  ///< As the function posted it; empty where it posted none.
    std::string log_tail = {};    ///< The last 4 KiB of this invocation's log, where it was asked for.
    std::string error_type = {};  ///< Of an error that was posted, cut a stream off, or has no document; empty else.
    /// When the environment was ready for the event; the epoch where none ever was.
    std::chrono::steady_clock::time_point begun = {};
    /// The bytes of a response that is over Lambda's limit, 0 where they were not all read; nullopt: it was not.
    std::optional<std::size_t> oversized = {};

    friend bool operator==(const Outcome&, const Outcome&) = default;
};

}  // namespace understudy::lambda
