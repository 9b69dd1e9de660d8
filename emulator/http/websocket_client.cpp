#include "emulator/http/websocket_client.hpp"

#include <algorithm>
#include <utility>

namespace understudy::http {
namespace {

/// Opcodes (RFC 6455, 5.2), and the bit of a message's last frame.
constexpr unsigned kContinuation = 0, kText = 1, kClose = 8, kLast = 0x80;

void append_big_endian(std::string& frame, std::uint64_t number, unsigned bytes) {
    while (bytes-- > 0) frame += static_cast<char>(number >> (8 * bytes) & 0xFF);
}

void append_client_frame(std::string& frame, unsigned first, std::string_view payload) {
    constexpr unsigned kMasked = 0x80, kTwoBytes = 126, kEightBytes = 127;
    frame += static_cast<char>(first);
    if (payload.size() < kTwoBytes) {
        frame += static_cast<char>(kMasked | payload.size());
    } else {
        const bool is_short = payload.size() <= 0xFFFF;
        frame += static_cast<char>(kMasked | (is_short ? kTwoBytes : kEightBytes));
        append_big_endian(frame, payload.size(), is_short ? 2 : 8);
    }
    frame.append(4, '\0').append(payload);
}

ServerFrame::Kind to_frame_kind(unsigned opcode) {
    return opcode == kText    ? ServerFrame::Kind::text
           : opcode == kClose ? ServerFrame::Kind::close
                              : ServerFrame::Kind::other;
}

}  // namespace

std::string render_client_handshake(std::string_view authority, std::string_view target, const Headers& headers) {
    std::string text = "GET ";
    text.append(target).append(" HTTP/1.1\r\nHost: ").append(authority);
    text +=
        "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    for (const auto line : headers) text.append(line.name).append(": ").append(line.value).append("\r\n");
    return text + "\r\n";
}

std::string render_client_message(std::string_view text, std::size_t max_frame) {
    std::string frames;
    unsigned opcode = kText;
    while (text.size() > max_frame) {
        append_client_frame(frames, std::exchange(opcode, kContinuation), text.substr(0, max_frame));
        text.remove_prefix(max_frame);
    }
    append_client_frame(frames, kLast | opcode, text);
    return frames;
}

std::string render_client_close(std::uint16_t code) {
    std::string payload, frame;
    append_big_endian(payload, code, 2);
    append_client_frame(frame, kLast | kClose, payload);
    return frame;
}

std::optional<ServerFrame> take_server_frame(std::string& bytes) {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    if (bytes.size() < 2) return std::nullopt;
    std::size_t size = at(1) & 0x7FU, begin = 2;
    if (size >= 126) {
        const std::size_t width = size == 126 ? 2 : 8;
        if (bytes.size() < 2 + width) return std::nullopt;
        for (size = 0; begin < 2 + width; ++begin) size = size << 8 | at(begin);
    }
    if (bytes.size() - begin < size) return std::nullopt;
    ServerFrame frame{to_frame_kind(at(0) & 0x0FU), bytes.substr(begin, size)};
    bytes.erase(0, begin + size);
    return frame;
}

std::uint16_t parse_close_code(std::string_view payload) {
    if (payload.size() < 2) return static_cast<std::uint16_t>(WebSocketClose::no_status);
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(payload[i]); };
    return static_cast<std::uint16_t>(at(0) << 8 | at(1));
}

}  // namespace understudy::http
