#include "handler/rpc/proxy_reply.hpp"

#include "handler/rpc/base64.hpp"
#include "handler/rpc/json_text.hpp"
#include "handler/rpc/reply_limit.hpp"
#include "handler/rpc/socket_message.hpp"
#include "proto/wire/connect_error.hpp"

namespace understudy::rpc {
namespace {

void append_headers(std::string& out, const Reply& reply) {
    const char* separator = "";
    for (const auto& [name, value] : reply.headers) {
        out.append(separator);
        append_json_string(out, name);
        out.append(":");
        append_json_string(out, value);
        separator = ",";
    }
}

Reply refuse_size(std::string method, std::size_t size) {
    wire::Status status(wire::Code::resource_exhausted, "the reply takes " + std::to_string(size) +
                                                            " bytes, and Lambda carries at most " +
                                                            std::to_string(kMostResponseBytes) + "; ask for less");
    Reply reply{.http_status = wire::to_http_status(status.code()),
                .headers = {{"Content-Type", std::string(wire::kConnectJson.name)}},
                .body = wire::render_connect_error(status),
                .form = BodyForm::text,
                .method = std::move(method)};
    reply.status = std::move(status);
    return reply;
}

}  // namespace

std::string render_proxy_reply(const Reply& reply) {
    constexpr std::size_t kAroundBody = 1024;
    const bool as_bytes = reply.form == BodyForm::bytes;
    std::string json;
    json.reserve((as_bytes ? reply.body.size() / 3 * 4 : json_string_size(reply.body)) + kAroundBody);
    json.append(R"({"statusCode":)").append(std::to_string(reply.http_status)).append(R"(,"headers":{)");
    append_headers(json, reply);
    json.append(R"(},"body":)");
    if (as_bytes) {
        json.append("\"");
        append_base64(json, reply.body);
        json.append(R"(","isBase64Encoded":true})");
    } else {
        append_json_string(json, reply.body);
        json.append(R"(,"isBase64Encoded":false})");
    }
    return json;
}

Served serve_event(const MethodTable& methods, std::string_view event) {
    const auto parsed = parse_event(event);
    if (const auto* socket = std::get_if<SocketEvent>(&parsed)) return serve_socket_event(methods, *socket);
    Reply reply = methods.answer(std::get<ProxyRequest>(parsed));
    std::string response = render_proxy_reply(reply);
    if (response.size() > kMostResponseBytes) {
        reply = refuse_size(std::move(reply.method), response.size());
        response = render_proxy_reply(reply);
    }
    return {std::move(response), std::move(reply.method), std::move(reply.status)};
}

}  // namespace understudy::rpc
