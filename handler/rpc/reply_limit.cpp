#include "handler/rpc/reply_limit.hpp"

#include "handler/rpc/json_text.hpp"
#include "proto/wire/message.hpp"

#include <string>

namespace understudy::rpc {
namespace {

/// What the proxy reply around the body takes at most: status, content type and names.
constexpr std::size_t kEnvelopeBytes = 256;

wire::ReplySize measure_proto(const google::protobuf::Message& message) {
    const std::size_t size = wire::binary_size(message);
    return {.encoded = size, .carried = (size + 2) / 3 * 4};
}

/// A message without a JSON form takes nothing: the call will fail for that reason.
wire::ReplySize measure_json(const google::protobuf::Message& message) {
    std::string body;
    if (!wire::encode(message, wire::Codec::json, body).ok()) return {};
    return {.encoded = body.size(), .carried = json_string_size(body)};
}

}  // namespace

wire::ReplyLimit to_reply_limit(wire::Codec codec) {
    return {.measure = codec == wire::Codec::json ? measure_json : measure_proto,
            .most_carried = kMostResponseBytes - kEnvelopeBytes};
}

}  // namespace understudy::rpc
