#include "emulator/event/grpc_finding.hpp"

#include "emulator/event/media_type.hpp"

#include <string>

namespace understudy::event {
namespace {

constexpr std::string_view kGrpc = "application/grpc";

bool is_grpc(std::string_view type) {
    return type == kGrpc || (type.starts_with(kGrpc) && type.substr(kGrpc.size()).starts_with('+'));
}

}  // namespace

std::optional<Finding> find_native_grpc(const http::Request& request, std::string_view front, GrpcSign sign) {
    const std::string type = media_type(request.headers.last("Content-Type").value_or(""));
    if (!is_grpc(type)) return std::nullopt;
    const bool certain = http::same_name(request.headers.last("TE").value_or(""), "trailers");
    if (!certain && sign == GrpcSign::te_trailers) return std::nullopt;
    std::string text =
        "Native gRPC does not get through " + std::string(front) +
        ": the status of a call comes in trailers of HTTP/2, and what a function replies has none "
        "(github.com/connectrpc/connect-go/issues/618). The function gets the framed message as any body; to the "
        "client "
        "its reply is UNKNOWN for want of trailers, or INTERNAL under another content type. Make unary calls by "
        "Connect "
        "or gRPC-Web instead, or try clients of gRPC with serve --grpc-port: a proxy, and no front door of AWS.";
    if (!certain && type != kGrpc) text += " A bare message under " + type + ", without gRPC's envelope, gets through.";
    return Finding{kNativeGrpc, type, std::move(text)};
}

}  // namespace understudy::event
