#include "emulator/service/error.hpp"

#include <utility>

namespace understudy::service {
namespace {

/// A string of JSON, in its quotes.
void append_json_string(std::string& out, std::string_view text) {
    constexpr std::string_view kHex = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (static_cast<unsigned char>(c) < 0x20) {
            out += "\\u00";
            out += kHex[static_cast<unsigned char>(c) >> 4];
            out += kHex[static_cast<unsigned char>(c) & 0xf];
        } else {
            out += c;
        }
    }
    out += '"';
}

std::string render_body(const ServiceError& error) {
    std::string out = "{";
    if (error.body == ErrorBody::reason_and_type) {
        out += "\"Reason\":";
        append_json_string(out, error.reason);
        out += ',';
    }
    const bool has_type = error.body != ErrorBody::lower_message && error.body != ErrorBody::upper_message;
    if (has_type) out += error.status < 500 ? "\"Type\":\"User\"," : "\"Type\":\"Service\",";
    const bool upper = error.body == ErrorBody::upper_message_and_type || error.body == ErrorBody::upper_message;
    out += upper ? "\"Message\":" : "\"message\":";
    append_json_string(out, error.message);
    return out + '}';
}

}  // namespace

ServiceError request_too_large() {
    return {413, "RequestEntityTooLargeException",
            "Request must be smaller than " + std::to_string(kMaxPayload) + " bytes for the InvokeFunction operation",
            ErrorBody::lower_message, ""};
}

ServiceError event_too_large(std::size_t size) {
    return {413, "RequestEntityTooLargeException",
            std::to_string(size) + " byte payload is too large for the Event invocation type (limit " +
                std::to_string(kMaxEventPayload) + " bytes)",
            ErrorBody::lower_message, ""};
}

ServiceError not_implemented(std::string message) {
    return {501, "NotImplementedException", std::move(message), ErrorBody::lower_message_and_type, ""};
}

ServiceError validation_failed(std::string message) {
    return {400, "ValidationException", std::move(message), ErrorBody::lower_message, ""};
}

ServiceError invalid_parameter(std::string message) {
    return {400, "InvalidParameterValueException", std::move(message), ErrorBody::lower_message_and_type, ""};
}

ServiceError invalid_content(std::string message) {
    return {400, "InvalidRequestContentException", std::move(message), ErrorBody::lower_message_and_type, ""};
}

ServiceError function_not_found(std::string_view arn) {
    return {404, "ResourceNotFoundException", "Function not found: " + std::string(arn),
            ErrorBody::upper_message_and_type, ""};
}

http::Headers common_headers(std::string_view request_id, std::string_view date) {
    return {{"Date", date},
            {"Content-Type", "application/json"},
            {"Connection", "keep-alive"},
            {"x-amzn-RequestId", request_id}};
}

http::Response render_error(const ServiceError& error, std::string_view request_id, std::string_view date) {
    http::Response response{error.status, common_headers(request_id, date), render_body(error)};
    response.headers.add("x-amzn-ErrorType", error.code);
    return response;
}

}  // namespace understudy::service
