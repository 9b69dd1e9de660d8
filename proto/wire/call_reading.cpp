#include "proto/wire/call_reading.hpp"

#include "proto/wire/base64.hpp"
#include "proto/wire/envelope.hpp"
#include "proto/wire/timeout.hpp"

namespace understudy::wire {
namespace {

Status read_timeout(RequestView request, Call& call) {
    const bool grpc = has_envelopes(call.dialect.protocol);
    const char* name = grpc ? "grpc-timeout" : "Connect-Timeout-Ms";
    const std::string* text = find_value(request.headers, name);
    if (text == nullptr) return {};
    call.timeout = grpc ? parse_grpc_timeout(*text) : parse_connect_timeout(*text);
    if (call.timeout) return {};
    return {Code::invalid_argument, std::string(name) + " '" + *text + "' is no timeout"};
}

Status refuse_compression(std::string_view name) {
    return {Code::unimplemented, "the compression '" + std::string(name) + "' is not supported; supported are " +
                                     std::string(accepted_compressions())};
}

Status refuse_size(std::size_t most) {
    return {Code::resource_exhausted, "the message has more than " + std::to_string(most) + " bytes"};
}

// Takes `bytes` as the message, decompressed.
Status take_message(std::string_view bytes, Compression compression, std::size_t most, std::string& message) {
    if (compression == Compression::gzip && !bytes.empty()) {
        auto unzipped = from_gzip(bytes, most);
        if (unzipped.outcome == Unzipped::Outcome::too_large) return refuse_size(most);
        if (unzipped.outcome == Unzipped::Outcome::damaged)
            return {Code::invalid_argument, "the message is said to be gzip, and is none"};
        message = std::move(unzipped.bytes);
        return {};
    }
    if (bytes.size() > most) return refuse_size(most);
    message = bytes;
    return {};
}

Status read_query_message(const Metadata& query, std::size_t most, Call& call) {
    const std::string* text = find_value(query, "message");
    if (text == nullptr) return {Code::invalid_argument, "the query has no 'message'"};
    const auto encoding = value_of(query, "encoding");
    if (encoding != "proto" && encoding != "json")
        return {Code::invalid_argument, "the query's 'encoding' is 'proto' or 'json', not '" + encoding + "'"};
    call.dialect.codec = encoding == "json" ? Codec::json : Codec::proto;
    call.content_type = to_content_type(call.dialect);
    const auto name = value_of(query, "compression");
    const auto compression = parse_compression(name);
    if (!compression) return refuse_compression(name);
    call.compression = *compression;
    if (value_of(query, "base64") != "1") return take_message(*text, *compression, most, call.message);
    const auto bytes = read_base64(*text);
    if (!bytes) return {Code::invalid_argument, "the query's 'message' is no base64"};
    return take_message(*bytes, *compression, most, call.message);
}

Status read_bare_message(RequestView request, std::size_t most, Call& call) {
    const auto name = value_of(request.headers, "Content-Encoding");
    const auto compression = parse_compression(name);
    if (!compression) return refuse_compression(name);
    const bool undone = *compression == Compression::gzip && !looks_like_gzip(request.body);
    call.compression = undone ? Compression::identity : *compression;
    return take_message(request.body, call.compression, most, call.message);
}

Status read_enveloped_message(RequestView request, std::size_t most, Call& call) {
    const auto name = value_of(request.headers, "grpc-encoding");
    const auto compression = parse_compression(name);
    if (!compression) return refuse_compression(name);
    std::optional<std::string> decoded;
    if (call.dialect.protocol == Protocol::grpc_web_text) {
        decoded = read_base64_pieces(request.body);
        if (!decoded) return {Code::invalid_argument, "the body is no base64"};
    }
    const auto envelopes = read_envelopes(decoded ? std::string_view(*decoded) : request.body);
    if (!envelopes) return {Code::invalid_argument, "the body ends in the middle of a message"};
    if (envelopes->size() != 1)
        return {Code::unimplemented, "a unary call has one message, not " + std::to_string(envelopes->size())};
    const auto& envelope = envelopes->front();
    if (envelope.compressed() && *compression == Compression::identity)
        return {Code::internal, "the message is compressed, and grpc-encoding does not say how"};
    call.compression = envelope.compressed() ? *compression : Compression::identity;
    return take_message(envelope.payload, call.compression, most, call.message);
}

}  // namespace

Status read_call(RequestView request, const Metadata& query, std::size_t most, Call& call) {
    const bool grpc = has_envelopes(call.dialect.protocol);
    call.metadata = request.headers;
    if (accepts_gzip(value_of(request.headers, grpc ? "grpc-accept-encoding" : "Accept-Encoding")))
        call.accepts = Compression::gzip;
    if (auto status = read_timeout(request, call); !status.ok()) return status;
    if (call.dialect.protocol == Protocol::connect_get) return read_query_message(query, most, call);
    if (grpc) return read_enveloped_message(request, most, call);
    return read_bare_message(request, most, call);
}

}  // namespace understudy::wire
