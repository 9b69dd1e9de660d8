#include "handler/runtime/runtime.hpp"

#include "handler/runtime/connection.hpp"
#include "handler/runtime/failure.hpp"

#include <errno.h>

#include <array>
#include <charconv>
#include <cstdlib>
#include <iostream>
#include <stdexcept>
#include <string>
#include <variant>

namespace understudy::runtime {
namespace {

constexpr int kOk = 200;
constexpr int kAccepted = 202;
constexpr int kTooLarge = 413;
constexpr std::string_view kJson = "application/json";

/// What depends on whether the process is the function's own.
struct Surroundings {
    std::function<void(const std::string& line)> log;
    std::function<void(const std::string& trace_id)> publish_trace_id;
};

/// The Runtime API, version 2018-06-01, as calls.
class RuntimeApi {
  public:
    RuntimeApi(const ApiAddress& address, const Surroundings& surroundings)
        : surroundings_(surroundings),
          connection_(address),
          path_(address.prefix + "/2018-06-01/runtime/"),
          common_("Host: " + address.host + ":" + std::to_string(address.port) +
                  "\r\nUser-Agent: understudy-runtime/0.1\r\nAccept: */*\r\n"),
          next_("GET " + path_ + "invocation/next HTTP/1.1\r\n" + common_ + "\r\n") {}

    const Reply& next_invocation() {
        const Reply& reply = connection_.exchange(next_, {});
        if (reply.status != kOk) refuse("an event was refused", reply);
        return reply;
    }

    void post_response(const std::string& request_id, const Response& response) {
        const auto path = "invocation/" + request_id + "/response";
        const bool streamed = response.content_type == kStreamedReply;
        const Reply& reply = streamed ? post_chunked(path, response.content_type, response.bytes)
                                      : post(path, response.content_type, {}, response.bytes);
        if (reply.status == kTooLarge) {
            surroundings_.log("the response of " + std::to_string(response.bytes.size()) +
                              " bytes is too large for Lambda: " + std::string(reply.body));
        } else if (reply.status != kAccepted) {
            refuse("the response was refused", reply);
        }
    }

    void post_error(const std::string& request_id, const Failure& failure) {
        const Reply& reply = post("invocation/" + request_id + "/error", kJson, {}, render_failure(failure));
        if (reply.status != kAccepted) refuse("the error was refused", reply);
    }

    const Surroundings& surroundings() const { return surroundings_; }

    void post_init_error(const Failure& failure) {
        const Reply& reply = post("init/error", kJson, "Lambda-Runtime-Function-Error-Type: Runtime.InitError\r\n",
                                  render_failure(failure));
        if (reply.status != kAccepted) refuse("the initialisation error was refused", reply);
    }

  private:
    const Reply& post(const std::string& path, std::string_view content_type, std::string_view header_lines,
                      std::string_view body) {
        head_.assign("POST ").append(path_).append(path).append(" HTTP/1.1\r\n").append(common_);
        head_.append("Content-Type: ").append(content_type).append("\r\n").append(header_lines);
        head_.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n\r\n");
        return connection_.exchange(head_, body);
    }

    /// Lambda takes a stream in chunks only; this one is a single chunk.
    const Reply& post_chunked(const std::string& path, std::string_view content_type, std::string_view body) {
        head_.assign("POST ").append(path_).append(path).append(" HTTP/1.1\r\n").append(common_);
        head_.append("Content-Type: ").append(content_type);
        head_.append("\r\nLambda-Runtime-Function-Response-Mode: streaming\r\nTransfer-Encoding: chunked\r\n\r\n");
        std::array<char, sizeof(std::size_t) * 2> digits;
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), body.size(), 16).ptr;
        std::string chunk;
        chunk.reserve(body.size() + digits.size() + 16);
        if (!body.empty()) chunk.append(digits.data(), end).append("\r\n").append(body).append("\r\n");
        return connection_.exchange(head_, chunk.append("0\r\n\r\n"));
    }

    [[noreturn]] static void refuse(const std::string& what, const Reply& reply) {
        throw std::runtime_error(what + " by the Runtime API: " + std::to_string(reply.status) + " " +
                                 std::string(reply.body));
    }

    const Surroundings& surroundings_;
    Connection connection_;
    std::string path_;
    std::string common_;
    std::string next_;
    std::string head_;
};

/// Where X-Ray's SDKs look for it; each invocation's own, or none. Not by setenv, which keeps each value that there
/// ever was.
void publish_trace_id(const std::string& trace_id) {
    constexpr const char* kVariable = "_X_AMZN_TRACE_ID";
    static std::string& entry = *new std::string;  // The environment refers to it to the end.
    ::unsetenv(kVariable);
    if (trace_id.empty()) return;
    entry.assign(kVariable).append("=").append(trace_id);
    ::putenv(entry.data());
}

std::variant<Response, Failure> call(const Handler& handler, std::string_view event, const Context& context) {
    try {
        return handler(event, context);
    } catch (...) {
        return describe_current_exception();
    }
}

void serve_one(RuntimeApi& api, const Handler& handler, const FunctionEnvironment& function) {
    const Reply& next = api.next_invocation();
    const Context context = to_context(next, function);
    api.surroundings().publish_trace_id(context.trace_id);
    const auto outcome = call(handler, next.body, context);
    if (const auto* response = std::get_if<Response>(&outcome)) {
        api.post_response(context.request_id, *response);
    } else {
        const auto& failure = std::get<Failure>(outcome);
        api.surroundings().log("invocation failed: " + failure.type + ": " + failure.message);
        api.post_error(context.request_id, failure);
    }
}

int serve(RuntimeApi& api, const std::function<Handler()>& initialise, const FunctionEnvironment& function) {
    Handler handler;
    try {
        handler = initialise();
    } catch (...) {
        const Failure failure = describe_current_exception();
        api.surroundings().log("initialisation failed: " + failure.type + ": " + failure.message);
        api.post_init_error(failure);
        return EXIT_FAILURE;
    }
    for (;;) serve_one(api, handler, function);
}

int explain_missing_api() {
    std::cerr << program_invocation_short_name
              << ": AWS_LAMBDA_RUNTIME_API is not set: this is a Lambda function, and there is no Lambda around it.\n"
                 "On your own machine, let the emulator run it:\n\n    understudy serve -- "
              << program_invocation_name << "\n\n";
    return EXIT_FAILURE;
}

int serve_until_refused(const std::function<Handler()>& initialise, const FunctionEnvironment& function,
                        const Surroundings& surroundings) {
    const auto address = parse_api_address(function.runtime_api);
    if (!address) {
        surroundings.log("AWS_LAMBDA_RUNTIME_API is '" + function.runtime_api + "', not ADDRESS:PORT");
        return EXIT_FAILURE;
    }
    try {
        RuntimeApi api(*address, surroundings);
        return serve(api, initialise, function);
    } catch (const std::exception& error) {
        surroundings.log(error.what());
        return EXIT_FAILURE;
    }
}

}  // namespace

int run(const Handler& handler) {
    return run_after([&handler] { return handler; });
}

int run_after(const std::function<Handler()>& initialise) {
    return run_after(initialise, read_function_environment());
}

int run_after(const std::function<Handler()>& initialise, const FunctionEnvironment& function) {
    if (function.runtime_api.empty()) return explain_missing_api();
    return serve_until_refused(initialise, function,
                               {[](const std::string& line) { std::cerr << line << std::endl; }, publish_trace_id});
}

int run_within(const std::function<Handler()>& initialise, const FunctionEnvironment& function,
               const std::function<void(const std::string& line)>& log) {
    return serve_until_refused(initialise, function, {log, [](const std::string&) {}});
}

}  // namespace understudy::runtime
