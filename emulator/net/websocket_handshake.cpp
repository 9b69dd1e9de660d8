#include "emulator/http/base64.hpp"
#include "emulator/net/response_head.hpp"
#include "emulator/net/websocket.hpp"

#include <openssl/evp.h>

#include <array>

namespace understudy::net {
namespace {

/// RFC 6455, 1.3.
constexpr std::string_view kGuid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

std::string sha1(const std::string& text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
    unsigned size = 0;
    EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha1(), nullptr);
    return {reinterpret_cast<const char*>(digest.data()), size};
}

}  // namespace

std::optional<WebSocketOffer> parse_websocket_offer(const http::Request& request) {
    const auto& headers = request.headers;
    const auto key = headers.first("Sec-WebSocket-Key");
    if (request.method != "GET" || request.minor_version != 1 || !key) return std::nullopt;
    if (!lists_token(headers, "Upgrade", "websocket") || !lists_token(headers, "Connection", "upgrade"))
        return std::nullopt;
    if (headers.first("Sec-WebSocket-Version") != "13") return std::nullopt;
    const auto nonce = http::parse_base64(*key);
    if (!nonce || nonce->size() != 16) return std::nullopt;
    std::string accept;
    http::append_base64(accept, sha1(std::string(*key) + std::string(kGuid)));
    return WebSocketOffer{std::move(accept)};
}

}  // namespace understudy::net
