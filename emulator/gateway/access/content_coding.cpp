#include "emulator/gateway/access/content_coding.hpp"

#include <string>
#include <utility>

namespace understudy::access {
namespace {

http::Headers without(const http::Headers& headers, std::string_view name) {
    http::Headers kept;
    for (const auto [other, value] : headers) {
        if (!http::same_name(other, name)) kept.add(other, value);
    }
    return kept;
}

}  // namespace

std::variant<http::Request, CodingFault> decode_request(const http::Request& request, std::size_t limit,
                                                        RequestCoding::Header header) {
    const auto coding = parse_coding(request.headers.last("Content-Encoding"));
    if (!coding) return CodingFault::unsupported;
    if (*coding == Coding::identity) return request;
    auto unpacked = decompress(request.body, *coding, limit);
    if (unpacked.fault == UnpackFault::too_large) return CodingFault::too_large;
    if (unpacked.fault == UnpackFault::damaged) return CodingFault::damaged;
    const bool stays = header == RequestCoding::Header::kept;
    return http::Request{request.method, request.target, request.minor_version,
                         stays ? request.headers : without(request.headers, "Content-Encoding"),
                         std::move(unpacked.body)};
}

void encode_response(http::Response& response, Coding accepted, std::size_t minimum) {
    const bool is_packed = response.headers.contains("Content-Encoding");
    if (accepted == Coding::identity || is_packed || response.body.empty() || response.body.size() < minimum) return;
    response.body = compress(response.body.view(), accepted);
    response.headers = without(response.headers, "Content-Length");
    response.headers.add("Content-Encoding", coding_name(accepted));
}

}  // namespace understudy::access
