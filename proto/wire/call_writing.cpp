#include "proto/wire/call_writing.hpp"

#include "proto/wire/base64.hpp"
#include "proto/wire/connect_error.hpp"
#include "proto/wire/envelope.hpp"
#include "proto/wire/grpc_status.hpp"
#include "proto/wire/percent.hpp"
#include "proto/wire/timeout.hpp"
#include "proto/wire/trailer_lines.hpp"
#include "proto/wire/twirp_error.hpp"

namespace understudy::wire {
namespace {

std::string compressed(const std::string& message, Compression compression) {
    // Connect: a body of no bytes is never compressed.
    return compression == Compression::gzip && !message.empty() ? to_gzip(message) : message;
}

std::string enveloped(const std::string& message, Compression compression) {
    std::string body;
    const bool gzip = compression == Compression::gzip;
    append_envelope(body, gzip ? kCompressed : 0, gzip ? to_gzip(message) : message);
    return body;
}

std::string type_of(const Call& call) {
    return call.content_type.empty() ? std::string(to_content_type(call.dialect)) : call.content_type;
}

void add_connect_lines(const Call& call, Metadata& lines) {
    // GET says it in the query.
    if (call.dialect.protocol == Protocol::connect) lines.emplace_back("Connect-Protocol-Version", "1");
    if (call.timeout) lines.emplace_back("Connect-Timeout-Ms", to_connect_timeout(*call.timeout));
    if (call.accepts == Compression::gzip) lines.emplace_back("Accept-Encoding", "gzip");
}

void add_envelope_lines(const Call& call, Metadata& lines) {
    if (call.dialect.protocol == Protocol::grpc)
        lines.emplace_back("te", "trailers");
    else
        lines.emplace_back("X-Grpc-Web", "1");
    if (call.dialect.protocol == Protocol::grpc_web_text) lines.emplace_back("Accept", "application/grpc-web-text");
    if (call.timeout) lines.emplace_back("grpc-timeout", to_grpc_timeout(*call.timeout));
    if (call.compression == Compression::gzip) lines.emplace_back("grpc-encoding", "gzip");
    if (call.accepts == Compression::gzip) lines.emplace_back("grpc-accept-encoding", "gzip");
}

Metadata protocol_lines(const Call& call) {
    Metadata lines;
    const auto protocol = call.dialect.protocol;
    if (protocol != Protocol::connect_get) lines.emplace_back("Content-Type", type_of(call));
    if (has_envelopes(protocol)) {
        add_envelope_lines(call, lines);
        return lines;
    }
    if (protocol == Protocol::plain || protocol == Protocol::twirp) {
        lines.emplace_back("Accept", type_of(call));
        if (call.accepts == Compression::gzip) lines.emplace_back("Accept-Encoding", "gzip");
    } else {
        add_connect_lines(call, lines);
    }
    if (call.compression == Compression::gzip && protocol != Protocol::connect_get && !call.message.empty())
        lines.emplace_back("Content-Encoding", "gzip");
    return lines;
}

// In the order that caches know: connect, base64, compression, encoding, message.
std::string to_query(const Call& call) {
    const bool gzip = call.compression == Compression::gzip && !call.message.empty();
    const bool bytes = gzip || call.dialect.codec == Codec::proto;
    std::string query = "?connect=v1";
    if (bytes) query += "&base64=1";
    if (gzip) query += "&compression=gzip";
    query.append("&encoding=").append(call.dialect.codec == Codec::json ? "json" : "proto").append("&message=");
    const auto message = compressed(call.message, call.compression);
    return query + (bytes ? to_url_base64(message) : to_percent_query(message));
}

std::string to_target(const Call& call) {
    std::string target = call.dialect.protocol == Protocol::twirp ? std::string(kTwirpPrefix) : std::string();
    target.append("/").append(call.method);
    return call.dialect.protocol == Protocol::connect_get ? target + to_query(call) : target;
}

std::string to_body(const Call& call) {
    if (call.dialect.protocol == Protocol::connect_get) return {};
    if (!has_envelopes(call.dialect.protocol)) return compressed(call.message, call.compression);
    auto body = enveloped(call.message, call.compression);
    return call.dialect.protocol == Protocol::grpc_web_text ? to_base64(body, Padding::full) : body;
}

void append(Metadata& lines, const Metadata& more, std::string_view prefix) {
    for (const auto& [name, value] : more) lines.emplace_back(std::string(prefix) + name, value);
}

Compression to_reply_compression(const Call& call, const Answer& answer) {
    return call.accepts == Compression::gzip ? answer.compression : Compression::identity;
}

HttpReply to_bare_reply(const Call& call, const Answer& answer) {
    HttpReply reply;
    const bool twirp = call.dialect.protocol == Protocol::twirp;
    reply.headers.emplace_back("Content-Type", answer.status.ok() ? type_of(call) : "application/json");
    append(reply.headers, answer.headers, "");
    append(reply.headers, answer.trailers, kTrailerPrefix);
    if (!answer.status.ok()) {
        const auto code = answer.status.code();
        reply.status = twirp ? to_twirp_http_status(code) : to_http_status(code);
        reply.body = twirp ? render_twirp_error(answer.status, to_name(code)) : render_connect_error(answer.status);
        return reply;
    }
    const auto compression = to_reply_compression(call, answer);
    if (compression == Compression::gzip && !answer.message.empty())
        reply.headers.emplace_back("Content-Encoding", "gzip");
    reply.body = compressed(answer.message, compression);
    return reply;
}

HttpReply to_enveloped_reply(const Call& call, const Answer& answer) {
    HttpReply reply;
    const auto compression = to_reply_compression(call, answer);
    reply.headers.emplace_back("Content-Type", type_of(call));
    if (compression == Compression::gzip) reply.headers.emplace_back("grpc-encoding", "gzip");
    append(reply.headers, answer.headers, "");
    auto trailers = to_grpc_status(answer.status);
    trailers.insert(trailers.end(), answer.trailers.begin(), answer.trailers.end());
    if (answer.status.ok()) reply.body = enveloped(answer.message, compression);
    if (call.dialect.protocol == Protocol::grpc) {
        reply.trailers = std::move(trailers);
    } else if (!answer.status.ok() && answer.headers.empty()) {
        append(reply.headers, trailers, "");
    } else {
        append_envelope(reply.body, kTrailers, to_trailer_lines(trailers));
    }
    if (call.dialect.protocol == Protocol::grpc_web_text) reply.body = to_base64(reply.body, Padding::full);
    return reply;
}

}  // namespace

HttpRequest to_http_request(const Call& call) {
    const bool get = call.dialect.protocol == Protocol::connect_get;
    HttpRequest request{
        .method = get ? "GET" : "POST", .target = to_target(call), .headers = {}, .body = to_body(call)};
    for (auto& line : protocol_lines(call)) {
        if (find_value(call.metadata, line.first) == nullptr) request.headers.push_back(std::move(line));
    }
    append(request.headers, call.metadata, "");
    return request;
}

HttpReply to_http_reply(const Call& call, const Answer& answer) {
    return has_envelopes(call.dialect.protocol) ? to_enveloped_reply(call, answer) : to_bare_reply(call, answer);
}

}  // namespace understudy::wire
