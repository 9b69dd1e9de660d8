#include "emulator/lambda/runtime_reply.hpp"

#include "emulator/app/reply_limit.hpp"
#include "emulator/lambda/json_text.hpp"

#include <memory>
#include <string>
#include <utility>

namespace understudy::lambda {
namespace {

http::Response render_json(int status, std::string body) {
    return {.status = status, .headers = {{"Content-Type", "application/json"}}, .body = std::move(body)};
}

http::Response render_error(int status, std::string_view type, std::string_view message) {
    std::string body = R"({"errorMessage":)";
    append_json_string(body, message);
    body += R"(,"errorType":)";
    append_json_string(body, type);
    body += "}\n";
    return render_json(status, std::move(body));
}

void add_unless_empty(http::Headers& headers, std::string_view name, std::string_view value) {
    if (!value.empty()) headers.add(name, value);
}

}  // namespace

http::Response render_event(const Invocation& invocation, std::chrono::system_clock::time_point deadline) {
    const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(deadline).time_since_epoch().count();
    http::Response response;
    http::Headers& headers = response.headers;
    add_unless_empty(headers, "Lambda-Runtime-Aws-Request-Id", invocation.id);
    add_unless_empty(headers, "Lambda-Runtime-Trace-Id", invocation.trace);
    add_unless_empty(headers, "Lambda-Runtime-Client-Context", invocation.client_context);
    add_unless_empty(headers, "Lambda-Runtime-Cognito-Identity", invocation.identity);
    add_unless_empty(headers, "Lambda-Runtime-Invoked-Function-Arn", invocation.function_arn);
    headers.add("Lambda-Runtime-Deadline-Ms", std::to_string(milliseconds));
    add_unless_empty(headers, "Lambda-Runtime-Aws-Tenant-Id", invocation.tenant);
    headers.add("Content-Type", "application/json");
    if (invocation.payload) response.body = http::Body(invocation.payload);
    return response;
}

http::Response render_accepted() {
    static const auto body = std::make_shared<const std::string>("{\"status\":\"OK\"}\n");
    return {.status = 202, .headers = {{"Content-Type", "application/json"}}, .body = body};
}

http::Response render_invalid_request_id() {
    return render_error(400, "InvalidRequestID", "Invalid request ID");
}

http::Response render_invalid_response_mode() {
    return render_error(400, "InvalidFunctionResponseMode", "Invalid function response mode");
}

http::Response render_invalid_transition(std::string_view from, std::string_view to) {
    std::string message = "State transition from ";
    message.append(from).append(" to ").append(to);
    message += " failed for runtime. Error: State transition is not allowed";
    return render_error(403, "InvalidStateTransition", message);
}

http::Response render_registration_closed() {
    return render_error(403, "Extension.RegistrationClosed", "Extension registration closed already");
}

http::Response render_too_large() {
    return render_error(413, "RequestEntityTooLarge",
                        "Exceeded maximum allowed payload size (" + std::to_string(app::kMostReplyBytes) + " bytes).");
}

http::Response render_stream_too_large() {
    return render_error(413, "RequestEntityTooLarge", "Exceeded maximum allowed payload size (209715200 bytes).");
}

http::Response render_truncated() {
    return render_error(400, "TruncatedHTTPRequest", "HTTP request detected as truncated");
}

http::Response render_pong() {
    return {.status = 200, .headers = {{"Content-Type", "text/plain; charset=utf-8"}}, .body = "pong"};
}

http::Response render_fixed(const FixedCall& call) {
    switch (call.kind) {
        case FixedCall::Kind::telemetry:
            return render_error(202, "Telemetry.NotSupported", "Telemetry API is not supported");
        case FixedCall::Kind::logs:
            return render_error(202, "Logs.NotSupported", "Logs API is not supported");
        case FixedCall::Kind::extension:
            return {.status = 404, .headers = {}, .body = {}};
        case FixedCall::Kind::wrong_method:
            return {.status = 405, .headers = {{"Allow", call.allowed_method}}, .body = {}};
        case FixedCall::Kind::unknown_path:
            break;
    }
    return {.status = 404,
            .headers = {{"Content-Type", "text/plain; charset=utf-8"}, {"X-Content-Type-Options", "nosniff"}},
            .body = "404 page not found\n"};
}

}  // namespace understudy::lambda
