#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace understudy::recorder {

/// What a call of the Runtime API is about.
/// Rule: docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html  Tested by:
/// RuntimeTarget.TheCallsOfAnInvocationAreKnown
enum class CallKind : std::uint8_t {
    next,      ///< Asks for an event.
    response,  ///< Answers it.
    error,     ///< Says that it failed.
    other,     ///< Extensions, telemetry, init errors: passed on and not recorded.
};

/// Which call a request is.
struct RuntimeTarget {
    CallKind kind = CallKind::other;
    std::string request_id = {};  ///< Of `response` and `error`.

    friend bool operator==(const RuntimeTarget&, const RuntimeTarget&) = default;
};

/// Whatever prefix stands before `/2018-06-01`, the first version of the API and the last one.
RuntimeTarget parse_runtime_target(std::string_view method, std::string_view target);

}  // namespace understudy::recorder
