#include "handler/rpc/method_table.hpp"

#include "handler/rpc/call_threads.hpp"
#include "proto/wire/call_writing.hpp"
#include "proto/wire/connect_error.hpp"
#include "proto/wire/method_path.hpp"
#include "proto/wire/twirp_error.hpp"

#include <chrono>
#include <optional>

namespace understudy::rpc {
namespace {

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

Reply refuse_verb(const std::string& verb, const std::string& allowed) {
    return refuse(kMethodNotAllowed, {wire::Code::unknown, "the method is called by " + allowed + ", not by " + verb},
                  HeaderLine{"Allow", allowed});
}

Reply refuse_content_type(const std::string* given) {
    const std::string accepted =
        std::string(wire::accepted_content_types()) + ", application/grpc-web, application/grpc-web-text";
    const std::string what = given == nullptr ? "the request has no content type" : "unknown content type " + *given;
    return refuse(kUnsupportedMediaType, {wire::Code::unknown, what + "; known are " + accepted},
                  HeaderLine{"Accept-Post", accepted});
}

// Twirp has one answer to whatever it cannot route.
Reply refuse_route(const std::string& what) {
    wire::Status status(wire::Code::unimplemented, what);
    Reply reply{.http_status = kNotFound,
                .headers = {{"Content-Type", std::string(wire::kConnectJson.name)}},
                .body = wire::render_twirp_error(status, wire::kBadRoute),
                .form = BodyForm::text};
    reply.status = std::move(status);
    return reply;
}

Reply named(Reply reply, std::string_view name) {
    reply.method = name;
    return reply;
}

/// What can stand in a proxy reply as it is, so that it passes a REST API without binary media types.
bool is_text(const wire::HttpReply& reply) {
    if (wire::find_value(reply.headers, "Content-Encoding") != nullptr) return false;
    const auto type = wire::parse_dialect(*wire::find_value(reply.headers, "Content-Type"));
    if (!type) return false;
    const bool framed = wire::has_envelopes(type->protocol);
    return framed ? type->protocol == wire::Protocol::grpc_web_text : type->codec == wire::Codec::json;
}

Reply to_reply(wire::HttpReply reply, wire::Status status) {
    const auto form = is_text(reply) ? BodyForm::text : BodyForm::bytes;
    Reply result{
        .http_status = reply.status, .headers = std::move(reply.headers), .body = std::move(reply.body), .form = form};
    result.status = std::move(status);
    return result;
}

// To clients of gRPC-Web a reply of another content type is none: what it says is lost on them.
Reply refuse_enveloped(wire::Dialect dialect, const std::string& content_type, const std::string& path) {
    const wire::Call call{.dialect = dialect, .content_type = wire::to_media_type(content_type)};
    const wire::Status status(wire::Code::unimplemented, "there is no method at " + path);
    return to_reply(wire::to_http_reply(call, {.status = status}), status);
}

Reply refuse_method(const ProxyRequest& request) {
    const std::string* type = request.find_header("Content-Type");
    const auto dialect = type == nullptr ? std::nullopt : wire::parse_dialect(*type);
    const bool enveloped = dialect && wire::has_envelopes(dialect->protocol) && request.method == "POST";
    return enveloped ? refuse_enveloped(*dialect, *type, request.path) : refuse_path(request.path);
}

/// Whether what precedes the method is Twirp's prefix.
bool is_twirp(const std::string& path, const wire::MethodPath& method) {
    const auto before = static_cast<std::size_t>(method.service.data() - path.data());
    return std::string_view(path).substr(0, before).ends_with("/twirp/");
}

}  // namespace

/// What a call came to.
struct MethodTable::Ended {
    wire::Status status = {};
    std::string message = {};
    CallContext context = {};
};

MethodTable::MethodTable() : threads_(std::make_shared<CallThreads>()) {}

Reply MethodTable::answer(const ProxyRequest& request) const {
    const auto path = wire::parse_method_path(request.path);
    if (!path) return named(refuse_path(request.path), request.path);
    const bool twirp = is_twirp(request.path, *path);
    const std::string name = std::string(path->service) + "/" + std::string(path->method);
    const auto method = methods_.find(name);
    if (method == methods_.end())
        return named(twirp ? refuse_route("there is no method " + name) : refuse_method(request), request.path);
    const bool by_get = request.method == "GET" && !twirp && wire::has_no_side_effects(*path);
    if (by_get) {
        wire::Call call{.dialect = {wire::Protocol::connect_get, wire::Codec::proto}, .method = name};
        return named(answer_call(method->second, request, std::move(call)), name);
    }
    if (request.method != "POST") {
        if (twirp) return named(refuse_route("a method is called by POST, not by " + request.method), name);
        return named(refuse_verb(request.method, wire::has_no_side_effects(*path) ? "GET, POST" : "POST"), name);
    }
    const std::string* header = request.find_header("Content-Type");
    auto dialect = header == nullptr ? std::nullopt : wire::parse_dialect(*header);
    if (!dialect && twirp) return named(refuse_route("unknown content type"), name);
    if (!dialect) return named(refuse_content_type(header), name);
    if (twirp && !wire::has_envelopes(dialect->protocol)) dialect->protocol = wire::Protocol::twirp;
    wire::Call call{.dialect = *dialect, .content_type = wire::to_media_type(*header), .method = name};
    return named(answer_call(method->second, request, std::move(call)), name);
}

Reply MethodTable::answer_call(const Method& method, const ProxyRequest& request, wire::Call call) const {
    auto status = wire::read_call({request.headers, request.body}, request.query, most_request_, call);
    if (!status.ok()) return to_reply(wire::to_http_reply(call, {.status = status}), status);
    const auto codec = call.dialect.codec;
    CallContext context{.metadata = std::move(call.metadata), .timeout = call.timeout, .limit = to_reply_limit(codec)};
    context.by_get = call.dialect.protocol == wire::Protocol::connect_get;
    if (context.by_get) context.query = request.query;
    // Holds all that it needs: it may outlive this call.
    auto work = [method, codec, message = std::move(call.message), context = std::move(context)]() mutable {
        Ended ended{.context = std::move(context)};
        ended.status = method(message, codec, ended.context, ended.message);
        return ended;
    };
    auto ended = call.timeout ? run_within(*call.timeout, std::move(work)) : work();
    auto reply = wire::to_http_reply(call, {.status = ended.status,
                                            .headers = std::move(ended.context.headers),
                                            .trailers = std::move(ended.context.trailers),
                                            .message = std::move(ended.message),
                                            .compression = reply_compression_});
    return to_reply(std::move(reply), std::move(ended.status));
}

MethodTable::Ended MethodTable::run_within(std::chrono::milliseconds timeout, std::function<Ended()> work) const {
    // Shared with the thread, which may write it when nobody waits any more.
    const auto ended = std::make_shared<Ended>();
    switch (threads_->run(timeout, [ended, work = std::move(work)] { *ended = work(); })) {
        case CallThreads::Outcome::ended:
            return std::move(*ended);
        case CallThreads::Outcome::overdue:
            return {.status = {wire::Code::deadline_exceeded,
                               "the call took longer than its timeout of " + std::to_string(timeout.count()) + " ms"}};
        case CallThreads::Outcome::refused:
            break;
    }
    return {.status = {wire::Code::resource_exhausted,
                       std::to_string(CallThreads::kMostCalls) + " calls with timeouts go on, within them or beyond"}};
}

Reply MethodTable::call(const std::string& name, std::string_view body, const wire::ContentType& type) const {
    const auto method = methods_.find(name);
    if (method == methods_.end()) return named(refuse_path(name), name);
    CallContext context{.limit = to_reply_limit(type.codec)};
    std::string message;
    wire::Status status = method->second(body, type.codec, context, message);
    const wire::Call call{.dialect = {wire::Protocol::connect, type.codec}, .content_type = std::string(type.name)};
    auto reply = wire::to_http_reply(call, {.status = status, .message = std::move(message)});
    return named(to_reply(std::move(reply), std::move(status)), name);
}

}  // namespace understudy::rpc
