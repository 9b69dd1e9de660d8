#include "emulator/http/websocket_frame.hpp"

#include "emulator/http/utf8.hpp"

#include <algorithm>
#include <utility>

namespace understudy::http {
namespace {

enum Opcode : std::uint8_t { continuation = 0, text = 1, binary = 2, close = 8, ping = 9, pong = 10 };

constexpr std::size_t kMaxControl = 125;
constexpr std::size_t kMaxReason = kMaxControl - 2;

std::uint64_t read_number(std::string_view bytes) {
    std::uint64_t number = 0;
    for (const char c : bytes) number = number << 8 | static_cast<std::uint8_t>(c);
    return number;
}

void append_number(std::string& out, std::uint64_t number, int size) {
    for (int i = size - 1; i >= 0; --i) out += static_cast<char>(number >> (8 * i) & 0xff);
}

/// Codes that may be on the wire.
bool may_be_sent(std::uint64_t code) {
    return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}

std::string render_frame(Opcode opcode, std::string_view payload) {
    std::string frame;
    frame.reserve(payload.size() + 10);
    frame += static_cast<char>(0x80 | opcode);
    if (payload.size() < 126) {
        frame += static_cast<char>(payload.size());
    } else if (payload.size() < 0x10000) {
        frame += static_cast<char>(126);
        append_number(frame, payload.size(), 2);
    } else {
        frame += static_cast<char>(127);
        append_number(frame, payload.size(), 8);
    }
    frame += payload;
    return frame;
}

}  // namespace

struct WebSocketReader::Frame {
    bool last = false;
    std::uint8_t opcode = 0;
    std::string payload;

    bool is_control() const { return opcode >= close; }
};

WebSocketInput WebSocketReader::fail(WebSocketClose code, std::string reason) {
    failed_ = true;
    pending_ = {};
    message_ = {};
    return WebSocketFault{code, std::move(reason)};
}

std::optional<WebSocketInput> WebSocketReader::next() {
    while (!failed_ && pending_.size() >= 2) {
        const auto first = static_cast<std::uint8_t>(pending_[0]);
        const auto second = static_cast<std::uint8_t>(pending_[1]);
        Frame frame{(first & 0x80) != 0, static_cast<std::uint8_t>(first & 0x0f), {}};
        if ((first & 0x70) != 0) return fail(WebSocketClose::protocol_error, "reserved bits are set");
        if ((second & 0x80) == 0) return fail(WebSocketClose::protocol_error, "a client's frame is not masked");
        std::uint64_t size = second & 0x7f;
        const std::size_t extra = size == 126 ? 2 : size == 127 ? 8 : 0;
        const std::size_t head = 2 + extra + 4;
        if (pending_.size() < 2 + extra) return std::nullopt;
        if (extra > 0) size = read_number(std::string_view(pending_).substr(2, extra));
        if (frame.is_control() && (size > kMaxControl || !frame.last)) {
            return fail(WebSocketClose::protocol_error, "a control frame is too long or not whole");
        }
        if (frame.opcode == binary) return fail(WebSocketClose::unsupported_data, "binary frames are not supported");
        if (size > limits_.frame) return fail(WebSocketClose::too_big, "the frame is over the limit");
        if (pending_.size() < head + size) return std::nullopt;
        frame.payload = pending_.substr(head, static_cast<std::size_t>(size));
        for (std::size_t i = 0; i < frame.payload.size(); ++i) {
            frame.payload[i] = static_cast<char>(frame.payload[i] ^ pending_[head - 4 + i % 4]);
        }
        pending_.erase(0, head + static_cast<std::size_t>(size));
        if (auto input = frame.is_control() ? take_control(std::move(frame)) : take(std::move(frame))) return input;
    }
    return std::nullopt;
}

std::optional<WebSocketInput> WebSocketReader::take(Frame&& frame) {
    if (frame.opcode > text || (frame.opcode == text) == in_message_) {
        return fail(WebSocketClose::protocol_error, "the frame does not fit here");
    }
    if (frame.payload.size() > limits_.message - message_.size()) {
        return fail(WebSocketClose::too_big, "the message is over the limit");
    }
    message_ += frame.payload;
    in_message_ = !frame.last;
    if (in_message_) return std::nullopt;
    if (!is_utf8(message_)) return fail(WebSocketClose::invalid_payload, "the text is not UTF-8");
    return TextMessage{std::exchange(message_, {})};
}

std::optional<WebSocketInput> WebSocketReader::take_control(Frame&& frame) {
    if (frame.opcode == ping) return PingMessage{std::move(frame.payload)};
    if (frame.opcode == pong) return PongMessage{};
    if (frame.opcode != close) return fail(WebSocketClose::protocol_error, "the frame's kind is unknown");
    failed_ = true;  // nothing follows
    if (frame.payload.empty()) return CloseMessage{};
    const std::uint64_t code = read_number(std::string_view(frame.payload).substr(0, 2));
    if (frame.payload.size() == 1 || !may_be_sent(code)) {
        return fail(WebSocketClose::protocol_error, "the close code may not be sent");
    }
    if (!is_utf8(frame.payload.substr(2))) return fail(WebSocketClose::invalid_payload, "the reason is not UTF-8");
    return CloseMessage{static_cast<std::uint16_t>(code), frame.payload.substr(2)};
}

std::string render_text_frame(std::string_view message) {
    return render_frame(text, message);
}

std::string render_pong_frame(std::string_view payload) {
    return render_frame(pong, payload);
}

std::string render_close_frame(std::uint16_t code, std::string_view reason) {
    if (code == static_cast<std::uint16_t>(WebSocketClose::no_status)) return render_frame(close, {});
    std::size_t size = std::min(reason.size(), kMaxReason);
    while (size < reason.size() && size > 0 && (static_cast<std::uint8_t>(reason[size]) & 0xc0) == 0x80) --size;
    std::string payload;
    append_number(payload, code, 2);
    payload += reason.substr(0, size);
    return render_frame(close, payload);
}

}  // namespace understudy::http
