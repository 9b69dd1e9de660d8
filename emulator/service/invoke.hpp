#pragma once

#include "emulator/app/application.hpp"
#include "emulator/http/message.hpp"
#include "emulator/lambda/invocation.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace understudy::service {

/// What a caller of Invoke wants to happen.
enum class InvocationType : std::uint8_t {
    request_response,  ///< Run the function and wait for its reply.
    event,             ///< Take the event and answer at once with `render_event`; nobody waits for the reply.
    dry_run,           ///< Check the request and run nothing; answered with `render_dry_run`.
};

/// What one call of the API may not make up by itself.
struct CallContext {
    std::string request_id;  ///< A fresh UUID, lower case; the call's id unless the caller sent one.
    std::string trace;       ///< A fresh `Root=…;Parent=…;Sampled=…`; the call's unless the caller sent a Root.
    std::string date;        ///< Now, as an HTTP date.
};

/// A call of Invoke or InvokeWithResponseStream that the service accepts.
struct InvokeRequest {
    InvocationType type = InvocationType::request_response;
    bool streamed = false;     ///< The reply is taken as it is written, as frames: `event_stream.hpp`. Never an event.
    std::string function;      ///< The bare name; one of the application's.
    std::string qualifier;     ///< As the caller gave it, in the name or in the query; empty where they gave none.
    bool has_reserve = false;  ///< The function has reserved concurrency, of which a refusal speaks.
    /// What the function runs as. Its payload is the request's body, `{}` where that is empty.
    lambda::Invocation invocation;
    /// Advice for the emulator's own log; empty where there is none.
    std::string hint;

    friend bool operator==(const InvokeRequest&, const InvokeRequest&) = default;
};

/// A reply that the service gives without running anything, and advice for the emulator's own log.
struct Refusal {
    http::Response response;
    std::string hint;  ///< Empty where there is none.

    friend bool operator==(const Refusal&, const Refusal&) = default;
};

/// Reads a request to the Lambda API. All operations but Invoke and InvokeWithResponseStream are refused as not
/// implemented.
/// The body is moved into the invocation, byte for byte.
std::variant<InvokeRequest, Refusal> parse_invoke(http::Request&& request, const app::Application& application,
                                                  const CallContext& context);

/// The refusal of a request whose body is larger than any payload, of which nothing but the head was read.
Refusal refuse_oversized(const http::Request& head, const app::Application& application, const CallContext& context);

/// The reply to an Invoke that ran, or that was throttled. `request` is what `parse_invoke` gave; only its ids are
/// read. `date` is now, as an HTTP date.
http::Response render_invoke(lambda::Outcome&& outcome, const InvokeRequest& request, std::string_view date);

/// The head of the reply to a streamed call: behind it come frames of `event_stream.hpp`.
http::Response render_stream_head(const InvokeRequest& request, std::string_view date);

/// The last frame of that reply: whether the function failed, and how, and the log's tail where it was asked for.
std::string render_stream_end(const lambda::Outcome& outcome, const InvokeRequest& request);

/// The reply to an event that was taken.
http::Response render_event(const InvokeRequest& request, std::string_view date);

/// The reply to an event for which there is no room.
http::Response render_event_throttled(const InvokeRequest& request, std::string_view date);

/// The reply to an accepted `DryRun`.
http::Response render_dry_run(const InvokeRequest& request, std::string_view date);

}  // namespace understudy::service
