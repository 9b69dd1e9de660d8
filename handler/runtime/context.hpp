#pragma once

#include "handler/runtime/reply_parser.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace understudy::runtime {

/// What the variables of an execution environment say about the function.
struct FunctionEnvironment {
    std::string runtime_api;           ///< AWS_LAMBDA_RUNTIME_API
    std::string function_name;         ///< AWS_LAMBDA_FUNCTION_NAME
    std::string function_version;      ///< AWS_LAMBDA_FUNCTION_VERSION
    std::string log_group_name;        ///< AWS_LAMBDA_LOG_GROUP_NAME
    std::string log_stream_name;       ///< AWS_LAMBDA_LOG_STREAM_NAME
    std::uint32_t memory_megabytes{};  ///< AWS_LAMBDA_FUNCTION_MEMORY_SIZE; 0 where it is missing.
};

/// Reads the variables of this process; what is missing is empty.
FunctionEnvironment read_function_environment();

/// The same of a list of `NAME=value`.
FunctionEnvironment to_function_environment(const std::vector<std::string>& variables);

/// What there is to know about one invocation. What Lambda did not send is empty.
struct Context {
    std::string request_id;
    std::chrono::system_clock::time_point deadline = std::chrono::system_clock::time_point::max();
    std::string invoked_function_arn;
    std::string trace_id;          ///< `Root=…;Parent=…;Sampled=…`, also in the variable _X_AMZN_TRACE_ID.
    std::string client_context;    ///< JSON text, as the caller's SDK sent it.
    std::string cognito_identity;  ///< JSON text.
    std::string tenant_id;
    std::string content_type;  ///< Of the event.
    FunctionEnvironment function;

    /// The time left until Lambda ends the invocation; zero when it has passed.
    std::chrono::milliseconds remaining() const;
};

/// The context that a reply of `/runtime/invocation/next` describes
/// (docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html, "Next invocation").
/// Errors: throws MalformedReply where there is no request id.
Context to_context(const Reply& next, const FunctionEnvironment& function);

}  // namespace understudy::runtime
