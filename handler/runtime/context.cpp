#include "handler/runtime/context.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>

namespace understudy::runtime {
namespace {

std::string read_variable(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

template <class Number>
Number to_number(const std::string& text) {
    Number number{};
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

template <class Read>
FunctionEnvironment describe(const Read& read) {
    return {.runtime_api = read("AWS_LAMBDA_RUNTIME_API"),
            .function_name = read("AWS_LAMBDA_FUNCTION_NAME"),
            .function_version = read("AWS_LAMBDA_FUNCTION_VERSION"),
            .log_group_name = read("AWS_LAMBDA_LOG_GROUP_NAME"),
            .log_stream_name = read("AWS_LAMBDA_LOG_STREAM_NAME"),
            .memory_megabytes = to_number<std::uint32_t>(read("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"))};
}

std::string copy_header(const Reply& reply, std::string_view name) {
    const std::string* value = reply.find_header(name);
    return value == nullptr ? std::string() : *value;
}

}  // namespace

FunctionEnvironment read_function_environment() {
    return describe(read_variable);
}

FunctionEnvironment to_function_environment(const std::vector<std::string>& variables) {
    return describe([&variables](std::string_view name) {
        for (const std::string& variable : variables) {
            const std::size_t sign = variable.find('=');
            if (std::string_view(variable).substr(0, sign) == name) return variable.substr(sign + 1);
        }
        return std::string();
    });
}

std::chrono::milliseconds Context::remaining() const {
    using std::chrono::milliseconds;
    const auto left = std::chrono::duration_cast<milliseconds>(deadline - std::chrono::system_clock::now());
    return std::max(left, milliseconds(0));
}

Context to_context(const Reply& next, const FunctionEnvironment& function) {
    Context context;
    context.request_id = copy_header(next, "Lambda-Runtime-Aws-Request-Id");
    if (context.request_id.empty()) throw MalformedReply("the Runtime API sent an event without a request id");
    const auto since_epoch = to_number<std::int64_t>(copy_header(next, "Lambda-Runtime-Deadline-Ms"));
    if (since_epoch > 0) {
        context.deadline = std::chrono::system_clock::time_point(std::chrono::milliseconds(since_epoch));
    }
    context.invoked_function_arn = copy_header(next, "Lambda-Runtime-Invoked-Function-Arn");
    context.trace_id = copy_header(next, "Lambda-Runtime-Trace-Id");
    context.client_context = copy_header(next, "Lambda-Runtime-Client-Context");
    context.cognito_identity = copy_header(next, "Lambda-Runtime-Cognito-Identity");
    context.tenant_id = copy_header(next, "Lambda-Runtime-Aws-Tenant-Id");
    context.content_type = copy_header(next, "Content-Type");
    context.function = function;
    return context;
}

}  // namespace understudy::runtime
