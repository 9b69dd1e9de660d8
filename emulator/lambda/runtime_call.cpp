#include "emulator/lambda/runtime_call.hpp"

#include "emulator/http/base64.hpp"
#include "emulator/http/percent.hpp"
#include "emulator/lambda/extension_call.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace understudy::lambda {
namespace {

constexpr std::string_view kRuntimeVersion = "/2018-06-01";
constexpr std::string_view kInvocation = "/runtime/invocation/";
constexpr std::string_view kErrorTypeName = "Lambda-Runtime-Function-Error-Type";
constexpr std::string_view kErrorBodyName = "Lambda-Runtime-Function-Error-Body";
constexpr std::string_view kResponseModeName = "Lambda-Runtime-Function-Response-Mode";

std::string header_value(const http::Headers& headers, std::string_view name) {
    return std::string(headers.first(name).value_or(""));
}

bool is_chunked(const http::Headers& headers) {
    return std::ranges::any_of(headers, [](const http::HeaderLine& line) {
        return http::same_name(line.name, "Transfer-Encoding") && line.value.size() >= 7 &&
               http::same_name(line.value.substr(line.value.size() - 7), "chunked");
    });
}

/// In mode `streaming`, or in chunks and without a mode: Go's client streams, and names no mode.
bool is_written_in_pieces(const http::Headers& headers) {
    const auto mode = headers.first(kResponseModeName);
    return mode && !mode->empty() ? *mode == "streaming" : is_chunked(headers);
}

/// The trailers stand behind the headers of the request; there is no mark between the two.
std::optional<StreamError> stream_error(const http::Headers& headers) {
    const auto type = headers.last(kErrorTypeName);
    const auto body = headers.last(kErrorBodyName);
    if ((!type && !body) || !is_chunked(headers)) return std::nullopt;
    return StreamError{std::string(type.value_or("")), http::parse_base64(body.value_or("")).value_or("")};
}

InvocationResponse to_response(std::string id, http::Request&& request) {
    return {.id = std::move(id),
            .body = std::move(request.body),
            .content_type = header_value(request.headers, "Content-Type"),
            .response_mode = header_value(request.headers, kResponseModeName),
            .stream_error = stream_error(request.headers)};
}

InvocationError to_error(std::string id, http::Request&& request) {
    return {.id = std::move(id),
            .body = std::move(request.body),
            .content_type = header_value(request.headers, "Content-Type"),
            .error_type = header_value(request.headers, kErrorTypeName)};
}

InitError to_init_error(http::Request&& request) {
    return {.body = std::move(request.body),
            .content_type = header_value(request.headers, "Content-Type"),
            .error_type = header_value(request.headers, kErrorTypeName)};
}

RuntimeCall fixed(FixedCall::Kind kind) {
    return FixedCall{.kind = kind};
}

RuntimeCall wrong_method(std::string_view allowed) {
    return FixedCall{FixedCall::Kind::wrong_method, allowed};
}

/// `/runtime/invocation/{id}/response` or `…/error`.
RuntimeCall parse_post_to_invocation(std::string_view rest, http::Request&& request) {
    const std::size_t slash = rest.find('/');
    const std::string_view verb = slash == std::string_view::npos ? "" : rest.substr(slash + 1);
    if (verb != "response" && verb != "error") return fixed(FixedCall::Kind::unknown_path);
    if (request.method != "POST") return wrong_method("POST");
    std::string id = http::decode_percent(rest.substr(0, slash), http::Plus::literal);
    if (verb == "response") return to_response(std::move(id), std::move(request));
    return to_error(std::move(id), std::move(request));
}

/// Paths below the version prefix.
RuntimeCall parse_runtime_path(std::string_view path, http::Request&& request) {
    if (path == "/runtime/invocation/next") return request.method == "GET" ? Next{} : wrong_method("GET");
    if (path.starts_with(kInvocation)) {
        return parse_post_to_invocation(path.substr(kInvocation.size()), std::move(request));
    }
    if (path == "/runtime/init/error") {
        if (request.method != "POST") return wrong_method("POST");
        return to_init_error(std::move(request));
    }
    if (path == "/ping") return request.method == "GET" ? Ping{} : wrong_method("GET");
    return fixed(FixedCall::Kind::unknown_path);
}

}  // namespace

std::optional<StreamBegin> parse_stream_begin(const http::Request& head) {
    constexpr std::string_view kVerb = "/response";
    if (head.method != "POST" || !is_written_in_pieces(head.headers)) return std::nullopt;
    std::string_view path = head.path();
    const std::string prefix = std::string(kRuntimeVersion) + std::string(kInvocation);
    if (!path.starts_with(prefix)) return std::nullopt;
    path.remove_prefix(prefix.size());
    const std::size_t slash = path.find('/');
    if (slash == std::string_view::npos || path.substr(slash) != kVerb) return std::nullopt;
    return StreamBegin{.id = http::decode_percent(path.substr(0, slash), http::Plus::literal),
                       .content_type = header_value(head.headers, "Content-Type")};
}

StreamEnd parse_stream_end(const http::Request& request) {
    return {stream_error(request.headers)};
}

RuntimeCall parse_runtime_call(http::Request&& request) {
    const std::string_view path = request.path();
    if (path.starts_with(kRuntimeVersion)) {
        return parse_runtime_path(path.substr(kRuntimeVersion.size()), std::move(request));
    }
    if (path.starts_with("/2020-01-01/")) return parse_extension_call(request);
    if (path == "/2022-07-01/telemetry") {
        return request.method == "PUT" ? fixed(FixedCall::Kind::telemetry) : wrong_method("PUT");
    }
    if (path == "/2020-08-15/logs") {
        return request.method == "PUT" ? fixed(FixedCall::Kind::logs) : wrong_method("PUT");
    }
    return fixed(FixedCall::Kind::unknown_path);
}

std::optional<FailedUpload> parse_failed_upload(http::Request&& head, FailedUpload::Reason reason) {
    using Kind = FailedUpload::Kind;
    RuntimeCall call = parse_runtime_call(std::move(head));
    if (auto* response = std::get_if<InvocationResponse>(&call)) {
        return FailedUpload{Kind::response, reason, std::move(response->id)};
    }
    if (auto* error = std::get_if<InvocationError>(&call)) {
        return FailedUpload{Kind::error, reason, std::move(error->id)};
    }
    return std::nullopt;
}

}  // namespace understudy::lambda
