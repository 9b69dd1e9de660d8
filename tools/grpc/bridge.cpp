#include "tools/grpc/bridge.hpp"

#include "proto/wire/call_reading.hpp"
#include "proto/wire/call_writing.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace understudy::grpc {
namespace {

constexpr int kNotFound = 404, kUnsupportedMediaType = 415;

// Lines that are the connection's or the protocol's: Connect's are written anew.
bool passes_on(std::string_view name) {
    constexpr std::array<std::string_view, 7> kOwn{
        "te",        "content-type", "content-length", "accept-encoding", "transfer-encoding", "content-encoding",
        "connection"};
    return !name.starts_with("grpc-") &&
           std::ranges::none_of(kOwn, [name](std::string_view own) { return wire::same_name(own, name); });
}

wire::Metadata filtered(const wire::Metadata& lines) {
    wire::Metadata kept;
    std::ranges::copy_if(lines, std::back_inserter(kept), [](const auto& line) { return passes_on(line.first); });
    return kept;
}

}  // namespace

std::variant<Bridged, wire::HttpReply> to_connect(const wire::HttpRequest& request, std::size_t most) {
    const std::string* type = wire::find_value(request.headers, "content-type");
    const auto dialect = type == nullptr ? std::nullopt : wire::parse_grpc_dialect(*type);
    if (!dialect) return wire::HttpReply{.status = kUnsupportedMediaType};
    if (request.target.size() < 2) return wire::HttpReply{.status = kNotFound};
    Bridged bridged{.call = {.dialect = *dialect, .content_type = *type, .method = request.target.substr(1)},
                    .request = {}};
    auto& call = bridged.call;
    if (auto status = wire::read_call(request, {}, most, call); !status.ok())
        return wire::to_http_reply(call, {.status = std::move(status)});
    bridged.request = wire::to_http_request({.dialect = {wire::Protocol::connect, dialect->codec},
                                             .method = call.method,
                                             .metadata = filtered(call.metadata),
                                             .timeout = call.timeout,
                                             .message = std::exchange(call.message, {})});
    return bridged;
}

wire::HttpReply to_grpc(const Bridged& bridged, wire::HttpReply reply) {
    auto read = wire::read_answer({wire::Protocol::connect, bridged.call.dialect.codec}, wire::Compression::identity,
                                  std::move(reply));
    read.answer.headers = filtered(read.answer.headers);
    // HTTP/2 knows lower case only.
    for (auto* lines : {&read.answer.headers, &read.answer.trailers}) {
        for (auto& line : *lines) line.first = wire::to_lower_name(line.first);
    }
    return wire::to_http_reply(bridged.call, read.answer);
}

wire::HttpReply to_grpc(const Bridged& bridged, wire::Status status) {
    return wire::to_http_reply(bridged.call, {.status = std::move(status)});
}

}  // namespace understudy::grpc
