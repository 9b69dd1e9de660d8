#include "tools/scenario/protocol_hints.hpp"

#include "emulator/http/base64.hpp"
#include "proto/wire/envelope.hpp"
#include "tools/scenario/hints.hpp"

#include <google/protobuf/stubs/logging.h>

#include <algorithm>

namespace understudy::scenario {

namespace {

bool is_stream(std::string_view bytes) {
    const auto envelopes = wire::read_envelopes(bytes);
    return envelopes && !envelopes->empty();
}

std::string to_protocol_name(const Step& step) {
    return '\'' + std::string(wire::to_name({step.protocol, step.codec})) + '\'';
}

std::vector<std::string> to_stream_hints(const Step& step, std::string_view body,
                                         const google::protobuf::Message& prototype) {
    const auto bytes = http::parse_base64(body);
    const google::protobuf::LogSilencer quiet;  // That it does not parse is no news.
    if (is_bare_message(body, prototype) || (bytes && is_bare_message(*bytes, prototype)))
        return {"the reply is the bare message, and " + to_protocol_name(step) +
                " takes a framed one: five bytes of flag and length come first"};
    if (step.protocol != wire::Protocol::grpc_web_text && bytes && is_stream(*bytes))
        return {
            "the body is the reply as base64 text: a REST API decodes it only where the first type of the Accept "
            "header matches its binary_media_types, and clients of gRPC-Web send none; name */* there, or use "
            "grpc-web-text"};
    if (step.protocol == wire::Protocol::grpc_web_text && is_stream(body))
        return {"the body is gRPC-Web's binary form: the function answers application/grpc-web-text with bytes"};
    if (auto replaced = find_replaced_bytes(body)) return {*std::move(replaced)};
    if (!body.empty() && !is_stream(body))
        return {
            "the body has no envelopes, gRPC's five bytes of flag and length: the function does not speak this "
            "protocol"};
    return {};
}

bool differs(const StepResult& result, std::string_view path) {
    return std::ranges::any_of(result.differences,
                               [path](const auto& difference) { return difference.path.starts_with(path); });
}

}  // namespace

std::vector<std::string> to_protocol_hints(const Step& step, const StepResult& result,
                                           const google::protobuf::Message& prototype) {
    const auto& received = *result.received;
    if (wire::has_envelopes(step.protocol) && !received.undecodable.empty() && received.response.empty() &&
        received.message.empty())
        return to_stream_hints(step, received.body, prototype);
    const google::protobuf::LogSilencer quiet;
    if (!wire::has_envelopes(step.protocol) && !received.undecodable.empty() && received.message.empty() &&
        is_framed_message(received.body, prototype))
        return {"the reply is a framed message (five bytes of flag and length come first), and " +
                to_protocol_name(step) + " takes the bare one"};
    constexpr int kMethodNotAllowed = 405;
    if (step.protocol == wire::Protocol::connect_get && received.http_status == kMethodNotAllowed)
        return {"only methods with `option idempotency_level = NO_SIDE_EFFECTS` in their .proto are called by GET"};
    if (step.protocol == wire::Protocol::twirp && differs(result, "details"))
        return {"Twirp's errors have no details; in a matrix, expect_failure says so"};
    return {};
}

}  // namespace understudy::scenario
