#include "client/api_client.hpp"

#include "proto/wire/connect_error.hpp"

#include <google/protobuf/message.h>

#include <algorithm>
#include <memory>
#include <utility>

namespace understudy::client {
namespace {

bool is_base64_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/' ||
           c == '=';
}

/// A reply that is base64 text where bytes were due comes from a REST API whose binary media types do not match Accept.
wire::Status refuse_body(const std::string& body, const wire::Status& reason) {
    std::string text = "the reply cannot be read: " + reason.message();
    if (body.size() % 4 == 0 && std::ranges::all_of(body, is_base64_character)) {
        text.append("; it looks like base64 text: does the REST API list the content type as a binary media type?");
    }
    return {wire::Code::internal, std::move(text)};
}

wire::Status refuse_content_type(const Exchange& exchange, const wire::ContentType& expected) {
    const std::string* given = exchange.find_header("Content-Type");
    std::string text = "the reply's content type is ";
    text.append(given == nullptr ? std::string("missing") : *given).append(", not ").append(expected.name);
    return {wire::Code::internal, std::move(text)};
}

bool has_codec(const Exchange& exchange, const wire::ContentType& expected) {
    const std::string* given = exchange.find_header("Content-Type");
    const auto type = given == nullptr ? std::nullopt : wire::parse_content_type(*given);
    return type.has_value() && type->codec == expected.codec;
}

CallResult to_call_result(const TransportProblem& problem) {
    const auto code = problem.code() == TransportCode::timed_out ? wire::Code::deadline_exceeded  //
                                                                 : wire::Code::unavailable;
    return {.status = {code, problem.message()}, .transport = problem};
}

}  // namespace

HttpRequest to_http_request(const wire::MethodPath& method, std::string message, const CallOptions& options) {
    HttpRequest request{.method = "POST", .target = wire::to_path(method), .body = std::move(message)};
    for (const char* name : {"Content-Type", "Accept"}) {
        if (find_header(options.headers, name) == nullptr) {
            request.headers.emplace_back(name, options.content_type.name);
        }
    }
    request.headers.insert(request.headers.end(), options.headers.begin(), options.headers.end());
    return request;
}

CallResult to_call_result(Exchange exchange, const wire::ContentType& content_type) {
    CallResult result;
    if (exchange.status != wire::kHttpOk) {
        result.status = wire::parse_connect_error(exchange.status, exchange.body);
    } else if (!has_codec(exchange, content_type)) {
        result.status = refuse_content_type(exchange, content_type);
    } else {
        result.response = exchange.body;
    }
    result.exchange = std::move(exchange);
    return result;
}

CallResult call(HttpClient& client, const wire::MethodPath& method, std::string message, const CallOptions& options) {
    auto reply = client.exchange(to_http_request(method, std::move(message), options), options.limit);
    if (reply.has_error()) return to_call_result(reply.error());
    return to_call_result(std::move(*reply), options.content_type);
}

CallResult call(HttpClient& client, const wire::MethodPath& method, const google::protobuf::Message& request,
                google::protobuf::Message& response, const CallOptions& options) {
    const auto codec = options.content_type.codec;
    std::string message;
    if (auto status = wire::encode(request, codec, message); !status.ok()) return {.status = std::move(status)};
    CallResult result = call(client, method, std::move(message), options);
    if (!result.status.ok()) return result;
    const std::unique_ptr<google::protobuf::Message> decoded(response.New());
    if (const auto status = wire::decode(result.response, codec, *decoded); !status.ok()) {
        result.status = refuse_body(result.response, status);
    } else {
        response.GetReflection()->Swap(&response, decoded.get());
    }
    return result;
}

}  // namespace understudy::client
