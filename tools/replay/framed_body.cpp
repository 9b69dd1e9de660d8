#include "tools/replay/framed_body.hpp"

#include "proto/wire/base64.hpp"
#include "proto/wire/call_reading.hpp"
#include "proto/wire/compression.hpp"
#include "proto/wire/content_type.hpp"
#include "proto/wire/envelope.hpp"
#include "proto/wire/protocol.hpp"
#include "proto/wire/trailer_lines.hpp"

#include <cstdint>

namespace understudy::replay {
namespace {

/// nullopt where what is said to be compressed is not.
std::optional<std::string> to_payload(const wire::Envelope& envelope) {
    if (!envelope.compressed()) return std::string(envelope.payload);
    auto unzipped = wire::from_gzip(envelope.payload, wire::kMostMessageBytes);
    if (unzipped.outcome != wire::Unzipped::Outcome::whole) return std::nullopt;
    return std::move(unzipped.bytes);
}

/// What the frames of a body are, by its content type.
struct Framing {
    wire::Codec codec = wire::Codec::proto;
    enum class Kind : std::uint8_t { grpc_web, grpc_web_text, connect_stream } kind = Kind::grpc_web;
};

std::optional<Framing> parse_framing(std::string_view content_type) {
    using enum Framing::Kind;
    const std::string type = wire::to_media_type(content_type);
    if (type == "application/connect+proto") return Framing{wire::Codec::proto, connect_stream};
    if (type == "application/connect+json") return Framing{wire::Codec::json, connect_stream};
    const auto dialect = wire::parse_dialect(content_type);
    if (dialect && dialect->protocol == wire::Protocol::grpc_web) return Framing{dialect->codec, grpc_web};
    if (dialect && dialect->protocol == wire::Protocol::grpc_web_text) return Framing{dialect->codec, grpc_web_text};
    return std::nullopt;
}

}  // namespace

std::optional<FramedBody> parse_framed_body(std::string_view content_type, std::string_view body) {
    const auto framing = parse_framing(content_type);
    if (!framing) return std::nullopt;
    const auto decoded = framing->kind == Framing::Kind::grpc_web_text ? wire::read_base64_pieces(body)
                                                                       : std::optional(std::string(body));
    const auto envelopes = decoded ? wire::read_envelopes(*decoded) : std::nullopt;
    if (!envelopes || envelopes->empty()) return std::nullopt;
    FramedBody framed{.codec = framing->codec, .messages = {}, .trailers = {}, .end = {}};
    const bool is_stream = framing->kind == Framing::Kind::connect_stream;
    const std::uint8_t last_flag = is_stream ? wire::kEndOfStream : wire::kTrailers;
    if (is_stream) framed.end.emplace();
    for (const auto& envelope : *envelopes) {
        const auto payload = to_payload(envelope);
        const bool is_last = (envelope.flags & last_flag) != 0;
        const bool is_known = (envelope.flags & ~(last_flag | wire::kCompressed)) == 0;
        if (!payload || !is_known || (is_last && &envelope != &envelopes->back())) return std::nullopt;
        if (!is_last)
            framed.messages.push_back(*payload);
        else if (is_stream)
            framed.end = *payload;
        else
            framed.trailers = wire::read_trailer_lines(*payload);
    }
    return framed;
}

}  // namespace understudy::replay
