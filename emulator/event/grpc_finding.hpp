#pragma once

#include "emulator/event/finding.hpp"
#include "emulator/http/message.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace understudy::event {

inline constexpr std::string_view kNativeGrpc = "native-grpc";

/// By what native gRPC is told from messages that only have its content type: bare protobuf under
/// `application/grpc+proto` goes through every front door.
enum class GrpcSign : std::uint8_t {
    te_trailers,   ///< `TE: trailers`, which every client of gRPC sends, and nobody else does.
    content_type,  ///< The type alone: for whoever asks what would become of it.
};

/// Why a call of native gRPC does not get through a front door; nullopt for other requests. `front` in words: `an HTTP
/// API`. Tested by: GrpcFinding.NativeGrpcIsToldFromItsContentType
std::optional<Finding> find_native_grpc(const http::Request& request, std::string_view front, GrpcSign sign);

}  // namespace understudy::event
