#include "tools/replay/framed_body.hpp"

#include "proto/wire/base64.hpp"
#include "proto/wire/compression.hpp"
#include "proto/wire/envelope.hpp"
#include "proto/wire/protocol.hpp"
#include "proto/wire/trailer_lines.hpp"

#include <cstddef>

namespace understudy::replay {
namespace {

constexpr std::size_t kMostUnzipped = std::size_t{64} << 20;

std::string to_payload(const wire::Envelope& envelope) {
    if (!envelope.compressed()) return std::string(envelope.payload);
    auto unzipped = wire::from_gzip(envelope.payload, kMostUnzipped);
    return unzipped.outcome == wire::Unzipped::Outcome::whole ? std::move(unzipped.bytes)
                                                              : std::string(envelope.payload);
}

}  // namespace

std::optional<FramedBody> parse_framed_body(std::string_view content_type, std::string_view body) {
    using wire::Protocol;
    const auto dialect = wire::parse_dialect(content_type);
    if (!dialect || (dialect->protocol != Protocol::grpc_web && dialect->protocol != Protocol::grpc_web_text))
        return std::nullopt;
    const auto decoded = dialect->protocol == Protocol::grpc_web_text ? wire::read_base64_pieces(body)
                                                                      : std::optional(std::string(body));
    const auto envelopes = decoded ? wire::read_envelopes(*decoded) : std::nullopt;
    if (!envelopes || envelopes->empty()) return std::nullopt;
    FramedBody framed{.codec = dialect->codec, .messages = {}, .trailers = {}};
    for (const auto& envelope : *envelopes) {
        if (envelope.trailers())
            framed.trailers = wire::read_trailer_lines(to_payload(envelope));
        else
            framed.messages.push_back(to_payload(envelope));
    }
    return framed;
}

}  // namespace understudy::replay
