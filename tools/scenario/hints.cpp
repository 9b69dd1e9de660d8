#include "tools/scenario/hints.hpp"

#include "emulator/http/base64.hpp"

#include <cstdint>
#include <memory>

namespace understudy::scenario {

namespace {

namespace protobuf = google::protobuf;

bool is_message(std::string_view bytes, const protobuf::Message& prototype) {
    const std::unique_ptr<protobuf::Message> message(prototype.New());
    return message->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
}

// A flag byte and a big-endian length before the message, as in gRPC and gRPC-Web.
bool is_framed_message(std::string_view body, const protobuf::Message& prototype) {
    constexpr std::size_t kPrefix = 5;
    if (body.size() < kPrefix || body[0] != 0) return false;
    std::uint32_t length = 0;
    for (std::size_t i = 1; i < kPrefix; ++i) length = length << 8 | static_cast<unsigned char>(body[i]);
    return length == body.size() - kPrefix && is_message(body.substr(kPrefix), prototype);
}

}  // namespace

std::vector<std::string> to_hints(std::string_view body, const protobuf::Message& prototype) {
    std::vector<std::string> hints;
    const auto bytes = http::parse_base64(body);
    if (bytes && !bytes->empty() && is_message(*bytes, prototype))
        hints.push_back(
            "the body is the message as base64 text: a REST API decodes it only where the first type of the Accept "
            "header matches its binary_media_types; elsewhere, isBase64Encoded is missing or false in the function's "
            "reply");
    if (body.find("\xEF\xBF\xBD") != std::string_view::npos)
        hints.push_back(
            "the body holds EF BF BD, the replacement for bytes that are not UTF-8: somewhere a binary body was "
            "treated "
            "as text; reply with isBase64Encoded true, and name the content type in binary_media_types");
    if (is_framed_message(body, prototype))
        hints.push_back(
            "the body is a framed message (gRPC's five bytes of flag and length come first), where the bare message is "
            "expected");
    return hints;
}

}  // namespace understudy::scenario
