#pragma once

#include "handler/runtime/context.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace understudy::runtime {

/// The content type of a reply for a front door that streams: JSON with status and headers, eight NUL bytes, the body.
inline constexpr const char* kStreamedReply = "application/vnd.awslambda.http-integration-response";

/// What an invocation returns: any bytes. Of the type `kStreamedReply` they are sent as a stream that is there at once.
struct Response {
    std::string bytes;
    std::string content_type = "application/json";
};

/// Answers one event. `event` is valid during the call. An exception that leaves it becomes the invocation's error:
/// `errorType` is its C++ type, `errorMessage` what it says; the next invocation comes as if nothing had been.
using Handler = std::function<Response(std::string_view event, const Context& context)>;

/// Serves invocations, one at a time, until Lambda ends the process. It only returns when that is not possible, with
/// the exit code for `main` (1) and the reason on stderr: no Runtime API, a broken reply, or a response that was
/// refused for another reason than its size. A response over Lambda's limit costs its caller an error and nobody else
/// anything.
int run(const Handler& handler);

/// As `run`, after `initialise` has made the handler. An exception that leaves it is reported as the function's
/// initialisation error; the process then ends with code 1.
int run_after(const std::function<Handler()>& initialise);

/// As above, for a given environment instead of this process's.
int run_after(const std::function<Handler()>& initialise, const FunctionEnvironment& function);

/// As above, in a thread of a program that does other things too: what would go to stderr goes to `log`, line by line,
/// and the variable _X_AMZN_TRACE_ID, which is the whole process's, is left alone.
int run_within(const std::function<Handler()>& initialise, const FunctionEnvironment& function,
               const std::function<void(const std::string& line)>& log);

}  // namespace understudy::runtime
