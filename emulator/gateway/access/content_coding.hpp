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

/// What REST APIs do with the content coding of requests. `minimumCompressionSize` is about replies alone.
///
/// Rule: by default a request's payload is decompressed [API Gateway developer guide,
/// api-gateway-gzip-compression-decompression]. Unverified, told by one user: Content-Encoding stays in the event
/// [github.com/dougmoscrop/serverless-http issue 194]. Tested by: FrontDoorCompression.RequestsAreUnpackedByDefault
struct RequestCoding {
    enum class When : std::uint8_t { always, with_compression };
    enum class Header : std::uint8_t { kept, removed };
    When when;
    Header header;
};
inline constexpr RequestCoding kRestRequestCoding{RequestCoding::When::always, RequestCoding::Header::kept};

/// A request with its body unpacked. For REST APIs, before anything else but a signature looks at the body.
/// Tested by: ContentCoding.OfRequestsIsTakenOff
std::variant<http::Request, CodingFault> decode_request(const http::Request& request, std::size_t limit,
                                                        RequestCoding::Header header);

/// Packs a response as the client accepts it, if its body has at least `minimum` bytes and no coding yet.
///
/// Rule: [same page]. Tested by: ContentCoding.OfResponsesIsAddedFromTheMinimumOn
void encode_response(http::Response& response, Coding accepted, std::size_t minimum);

}  // namespace understudy::access
