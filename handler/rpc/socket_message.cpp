#include "handler/rpc/socket_message.hpp"

#include "proto/wire/base64.hpp"
#include "proto/wire/connect_error.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <optional>

namespace understudy::rpc {
namespace {

namespace json = boost::json;

constexpr std::size_t kMostMessageBytes = 128 * 1024;

Reply refuse_call(wire::Status status, std::string method) {
    Reply reply{.http_status = wire::to_http_status(status.code()),
                .headers = {},
                .body = wire::render_connect_error(status),
                .form = BodyForm::text,
                .method = std::move(method)};
    reply.status = std::move(status);
    return reply;
}

Reply refuse_envelope(const std::string& why) {
    return refuse_call({wire::Code::invalid_argument,
                        R"(a message is {"method": "package.Service/Method", "message": {…}}, its message an object )"
                        "or base64: " +
                            why},
                       "?");
}

Reply call_in_base64(const MethodTable& methods, const std::string& method, std::string_view text) {
    const auto bytes = wire::read_padded_base64(text);
    if (!bytes) return refuse_envelope("the text of 'message' is no base64");
    Reply reply = methods.call(method, *bytes, wire::kConnectProto);
    if (!reply.status.ok()) return reply;
    std::string encoded;
    wire::append_base64(encoded, reply.body);
    reply.body = std::move(encoded);
    reply.form = BodyForm::text;
    return reply;
}

Reply answer_message(const MethodTable& methods, const std::string& text) {
    json::error_code error;
    const json::value value = json::parse(text, error);
    const json::object* envelope = error ? nullptr : value.if_object();
    if (envelope == nullptr) return refuse_envelope("this is no JSON object");
    const json::value* name = envelope->if_contains("method");
    if (name == nullptr || !name->is_string()) return refuse_envelope("there is no text 'method'");
    const std::string method(name->get_string());
    const json::value* message = envelope->if_contains("message");
    if (message != nullptr && message->is_string()) return call_in_base64(methods, method, message->get_string());
    if (message == nullptr || !message->is_object()) return refuse_envelope("there is no 'message'");
    return methods.call(method, json::serialize(*message), wire::kConnectJson);
}

}  // namespace

Served serve_socket_event(const MethodTable& methods, const SocketEvent& event) {
    constexpr const char* kOk = R"({"statusCode":200})";
    if (event.kind == SocketEvent::Kind::connect) return {kOk, "$connect", {}};
    if (event.kind == SocketEvent::Kind::disconnect) return {kOk, "$disconnect", {}};
    Reply reply = answer_message(methods, event.text);
    if (reply.body.size() > kMostMessageBytes) {
        const std::string size = std::to_string(reply.body.size());
        reply = refuse_call({wire::Code::resource_exhausted, "the reply takes " + size +
                                                                 " bytes, and a WebSocket API carries at most " +
                                                                 std::to_string(kMostMessageBytes) + "; ask for less"},
                            std::move(reply.method));
    }
    return {render_proxy_reply(reply), std::move(reply.method), std::move(reply.status)};
}

}  // namespace understudy::rpc
