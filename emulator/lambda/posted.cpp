#include "emulator/lambda/posted.hpp"

#include "emulator/http/surrogates.hpp"
#include "emulator/lambda/json_text.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::lambda {
namespace {

namespace json = boost::json;

constexpr std::string_view kErrorCauseType = "application/vnd.aws.lambda.error.cause+json";

Outcome function_error(std::string&& payload, std::string&& content_type) {
    return {
        .kind = OutcomeKind::function_error, .payload = std::move(payload), .content_type = std::move(content_type)};
}

/// An error document as RIE reads it: other members are ignored, absent and null ones are empty.
struct ErrorDocument {
    std::string message;
    std::string type;
    std::vector<std::string> stack;
};

/// Whether `value` could be read into `out` as text.
bool read_text(const json::value& value, std::string& out) {
    if (value.is_null()) return true;
    if (!value.is_string()) return false;
    out = std::string_view(value.get_string());
    return true;
}

bool read_stack(const json::value& value, std::vector<std::string>& out) {
    if (value.is_null()) return true;
    if (!value.is_array()) return false;
    for (const json::value& line : value.get_array()) {
        if (!read_text(line, out.emplace_back())) return false;
    }
    return true;
}

std::optional<ErrorDocument> parse_error_document(std::string_view body) {
    json::parse_options options;
    options.max_depth = 1000;
    options.allow_invalid_utf8 = true;
    json::error_code error;
    json::value root = json::parse(json::string_view(body.data(), body.size()), error, {}, options);
    if (error) root = json::parse(http::replace_lone_surrogates(body), error, {}, options);
    ErrorDocument document;
    if (error) return std::nullopt;
    if (root.is_null()) return document;
    if (!root.is_object()) return std::nullopt;
    for (const auto& [name, value] : root.get_object()) {
        if (name == "errorMessage" && !read_text(value, document.message)) return std::nullopt;
        if (name == "errorType" && !read_text(value, document.type)) return std::nullopt;
        if (name == "stackTrace" && !read_stack(value, document.stack)) return std::nullopt;
    }
    return document;
}

std::string render(const ErrorDocument& document) {
    std::string text = R"({"errorMessage":)";
    append_json_string(text, document.message);
    text += R"(,"errorType":)";
    append_json_string(text, document.type);
    if (!document.stack.empty()) {
        text += R"(,"stackTrace":)";
        char separator = '[';
        for (const std::string& line : document.stack) {
            text += std::exchange(separator, ',');
            append_json_string(text, line);
        }
        text += ']';
    }
    text += '}';
    return text;
}

Outcome to_error_outcome(std::string&& body, std::string&& content_type) {
    if (content_type != kErrorCauseType) return function_error(std::move(body), std::move(content_type));
    const auto document = parse_error_document(body);
    if (!document) return function_error("\"Invalid error body\"", "application/octet-stream");
    return function_error(render(*document), "application/json");
}

}  // namespace

Outcome to_outcome(InvocationResponse&& call) {
    if (!call.stream_error) {
        return {.payload = std::move(call.body), .content_type = std::move(call.content_type)};
    }
    Outcome outcome = call.stream_error->body.empty()
                          ? function_error(std::move(call.body), std::move(call.content_type))
                          : function_error(std::move(call.stream_error->body), "application/json");
    outcome.error_type = std::move(call.stream_error->type);
    return outcome;
}

Outcome to_outcome(StreamEnd&& call) {
    if (!call.error) return {};
    Outcome outcome = function_error(std::move(call.error->body), "application/json");
    outcome.error_type = std::move(call.error->type);
    return outcome;
}

Outcome to_outcome(InvocationError&& call) {
    Outcome outcome = to_error_outcome(std::move(call.body), std::move(call.content_type));
    outcome.error_type = std::move(call.error_type);
    return outcome;
}

Outcome to_outcome(InitError&& call) {
    std::string content_type = is_json(call.body) ? "application/json" : "application/octet-stream";
    return function_error(std::move(call.body), std::move(content_type));
}

}  // namespace understudy::lambda
