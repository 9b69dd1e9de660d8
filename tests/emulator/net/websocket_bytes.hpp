#pragma once

#include <string>

namespace understudy::net {

/// What a client begins a WebSocket with; the key is RFC 6455's sample (1.3).
inline std::string handshake(const std::string& target, const std::string& host, const std::string& lines = {}) {
    return "GET " + target + " HTTP/1.1\r\nHost: " + host +
           "\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n" +
           lines + "\r\n";
}

/// A client's frame of less than 126 bytes, masked with zeros; `first` is its first byte.
inline std::string frame(int first, const std::string& payload) {
    std::string bytes(1, static_cast<char>(first));
    bytes += static_cast<char>(0x80 | payload.size());
    return bytes + std::string(4, '\0') + payload;
}

}  // namespace understudy::net
