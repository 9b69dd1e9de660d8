#include "handler/rpc/method_table.hpp"

#include "proto/wire/connect_error.hpp"
#include "proto/wire/method_path.hpp"

#include <optional>

namespace understudy::rpc {
namespace {

constexpr int kOk = 200;
constexpr int kNotFound = 404;
constexpr int kMethodNotAllowed = 405;
constexpr int kUnsupportedMediaType = 415;

using HeaderLine = std::pair<std::string, std::string>;

Reply refuse(int http_status, wire::Status status, std::optional<HeaderLine> header) {
    Reply reply{.http_status = http_status,
                .headers = {{"Content-Type", std::string(wire::kConnectJson.name)}},
                .body = wire::render_connect_error(status),
                .form = BodyForm::text};
    if (header) reply.headers.push_back(*std::move(header));
    reply.status = std::move(status);
    return reply;
}

Reply refuse_path(const std::string& path) {
    return refuse(kNotFound, {wire::Code::unimplemented, "there is no method at " + path}, std::nullopt);
}

Reply refuse_verb(const std::string& verb) {
    return refuse(kMethodNotAllowed, {wire::Code::unknown, "a method is called by POST, not by " + verb},
                  HeaderLine{"Allow", "POST"});
}

Reply refuse_content_type(const std::string* given) {
    const std::string accepted(wire::accepted_content_types());
    const std::string what = given == nullptr ? "the request has no content type" : "unknown content type " + *given;
    return refuse(kUnsupportedMediaType, {wire::Code::unknown, what + "; known are " + accepted},
                  HeaderLine{"Accept-Post", accepted});
}

Reply accept(std::string body, const wire::ContentType& type) {
    return {.http_status = kOk,
            .headers = {{"Content-Type", std::string(type.name)}},
            .body = std::move(body),
            .form = type.codec == wire::Codec::json ? BodyForm::text : BodyForm::bytes};
}

Reply named(Reply reply, std::string_view name) {
    reply.method = name;
    return reply;
}

}  // namespace

Reply MethodTable::answer(const ProxyRequest& request) const {
    const auto path = wire::parse_method_path(request.path);
    if (!path) return named(refuse_path(request.path), request.path);
    const std::string name = std::string(path->service) + "/" + std::string(path->method);
    if (!methods_.contains(name)) return named(refuse_path(request.path), request.path);
    if (request.method != "POST") return named(refuse_verb(request.method), name);
    const std::string* header = request.find_header("Content-Type");
    const auto type = header == nullptr ? std::nullopt : wire::parse_content_type(*header);
    if (!type) return named(refuse_content_type(header), name);
    return call(name, request.body, *type);
}

Reply MethodTable::call(const std::string& name, std::string_view body, const wire::ContentType& type) const {
    const auto method = methods_.find(name);
    if (method == methods_.end()) return named(refuse_path(name), name);
    std::string reply;
    wire::Status status = method->second(body, type.codec, reply);
    if (status.ok()) return named(accept(std::move(reply), type), name);
    const int http_status = wire::to_http_status(status.code());
    return named(refuse(http_status, std::move(status), std::nullopt), name);
}

}  // namespace understudy::rpc
