#pragma once

#include "emulator/gateway/access/compression.hpp"
#include "emulator/http/message.hpp"

#include <cstddef>
#include <cstdint>
#include <variant>

namespace understudy::access {

/// Why a request's body cannot be had.
enum class CodingFault : std::uint8_t {
    unsupported,  ///< 415
    damaged,      ///< 400 (unverified).
    too_large,    ///< 413: over the limit once it is unpacked (unverified).
};

/// A request without its content coding: the body unpacked, Content-Encoding gone. For REST APIs with
/// `minimumCompressionSize`, before anything else looks at the body.
///
/// Rule: [API Gateway developer guide, api-gateway-gzip-compression-decompression].
/// Tested by: ContentCoding.OfRequestsIsTakenOff
std::variant<http::Request, CodingFault> decode_request(const http::Request& request, std::size_t limit);

/// Packs a response as the client accepts it, if its body has at least `minimum` bytes and no coding yet.
///
/// Rule: [same page]. Tested by: ContentCoding.OfResponsesIsAddedFromTheMinimumOn
void encode_response(http::Response& response, Coding accepted, std::size_t minimum);

}  // namespace understudy::access
