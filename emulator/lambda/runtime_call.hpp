#pragma once

#include "emulator/http/message.hpp"
#include "emulator/lambda/streamed_response.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace understudy::lambda {

/// GET /ping
struct Ping {
    friend bool operator==(const Ping&, const Ping&) = default;
};

/// GET /runtime/invocation/next
struct Next {
    friend bool operator==(const Next&, const Next&) = default;
};

/// POST /runtime/invocation/{id}/response
struct InvocationResponse {
    std::string id = {};
    std::string body = {};
    std::string content_type = {};   ///< As posted; empty where there was none.
    std::string response_mode = {};  ///< `Lambda-Runtime-Function-Response-Mode`
    std::optional<StreamError> stream_error = {};

    friend bool operator==(const InvocationResponse&, const InvocationResponse&) = default;
};

/// POST /runtime/invocation/{id}/error
struct InvocationError {
    std::string id = {};
    std::string body = {};
    std::string content_type = {};
    std::string error_type = {};  ///< `Lambda-Runtime-Function-Error-Type`, as posted.

    friend bool operator==(const InvocationError&, const InvocationError&) = default;
};

/// POST /runtime/init/error
struct InitError {
    std::string body = {};
    std::string content_type = {};
    std::string error_type = {};

    friend bool operator==(const InitError&, const InitError&) = default;
};

/// A POST to …/{id}/response or …/{id}/error whose body was not read whole.
struct FailedUpload {
    enum class Kind : std::uint8_t { response, error };
    enum class Reason : std::uint8_t {
        broke_off,  ///< In mid-body.
        too_large,  ///< The body is larger than is read at all.
    };
    Kind kind = Kind::response;
    Reason reason = Reason::broke_off;
    std::string id = {};

    friend bool operator==(const FailedUpload&, const FailedUpload&) = default;
};

/// POST /extension/register by the runtime's own process, which asks for no events: Go's and Rust's clients do so to be
/// told, by SIGTERM, before they are ended.
struct RegisterExtension {
    friend bool operator==(const RegisterExtension&, const RegisterExtension&) = default;
};

/// GET /extension/event/next by such an extension. It waits for ever.
struct ExtensionNext {
    friend bool operator==(const ExtensionNext&, const ExtensionNext&) = default;
};

/// A call whose answer depends on nothing but itself.
struct FixedCall {
    enum class Kind : std::uint8_t {
        extension,     ///< /2020-01-01/extension/…, any other: extensions are off.
        telemetry,     ///< PUT /2022-07-01/telemetry
        logs,          ///< PUT /2020-08-15/logs
        unknown_path,  ///< Any other path, restore and credentials (SnapStart only) included.
        wrong_method,  ///< A known path with another method.
    };
    Kind kind = Kind::unknown_path;
    std::string_view allowed_method = {};  ///< For `wrong_method`.

    friend bool operator==(const FixedCall&, const FixedCall&) = default;
};

/// What a runtime asks of its environment.
using RuntimeCall =
    std::variant<Next, InvocationResponse, StreamBegin, StreamBytes, StreamEnd, StreamCut, InvocationError,
                 FailedUpload, InitError, RegisterExtension, ExtensionNext, Ping, FixedCall>;

/// Reads a request to the Runtime API, version 2018-06-01. The body is moved, never copied. Never fails: what is not a
/// call is a FixedCall.
///
/// Rule: trailers count only where the request was chunked (docs.aws.amazon.com/lambda/latest/dg,
/// runtimes-custom).
/// Tested by: RuntimeCall.ErrorTrailersCountOnlyInChunkedRequests
RuntimeCall parse_runtime_call(http::Request&& request);

/// Reads the head of a request whose body was not read whole, for this reason: where it was the answer to an
/// invocation, somebody waits for it; nullopt for anything else.
std::optional<FailedUpload> parse_failed_upload(http::Request&& head, FailedUpload::Reason reason);

/// What a response begins with that comes in mode `streaming`, or in chunks without any mode, from its head alone;
/// nullopt for any other request.
///
/// Rule: who takes a stream gets what comes, as it comes, whether the runtime names the mode or not
/// (aws/aws-lambda-runtime-interface-emulator internal/lambda/core/directinvoke; aws/aws-lambda-go names none).
/// Tested by: RuntimeCall.ResponsesInStreamingModeOrInChunksAreStreams
std::optional<StreamBegin> parse_stream_begin(const http::Request& head);
/// What such a response ends with: an error may be in the trailers, which stand behind the headers.
StreamEnd parse_stream_end(const http::Request& request);

}  // namespace understudy::lambda
