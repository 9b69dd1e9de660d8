#include "tools/understudy/replay_socket.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <boost/system/error_code.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <optional>
#include <string_view>

namespace understudy::cli {
namespace {

namespace asio = boost::asio;
using Error = boost::system::error_code;

constexpr std::string_view kHeadEnd = "\r\n\r\n";
/// Opcodes (RFC 6455, 5.2).
constexpr unsigned kText = 1, kClose = 8;

struct SocketAddress {
    std::string host;
    std::uint16_t port = 0;
    std::string target;
};

/// Of a URL that an emulator of our own told: an address and a port.
std::optional<SocketAddress> parse_socket_address(std::string_view url) {
    const auto scheme = url.find("://");
    if (scheme == std::string_view::npos) return std::nullopt;
    url.remove_prefix(scheme + 3);
    const auto path = std::min(url.find_first_of("/?"), url.size());
    const auto authority = url.substr(0, path);
    const auto colon = authority.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    SocketAddress address{std::string(authority.substr(0, colon)), 0, std::string(url.substr(path))};
    const auto digits = authority.substr(colon + 1);
    std::from_chars(digits.data(), digits.data() + digits.size(), address.port);
    if (!address.target.starts_with('/')) address.target.insert(0, "/");
    return address;
}

/// The key is RFC 6455's sample (1.3): an emulator of our own is no cache that it could fool.
std::string render_handshake(const SocketAddress& address, const http::Headers& headers) {
    std::string text = "GET " + address.target + " HTTP/1.1\r\nHost: " + address.host + ':' +
                       std::to_string(address.port) +
                       "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                       "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    for (const auto line : headers) text.append(line.name).append(": ").append(line.value).append("\r\n");
    return text + "\r\n";
}

void append_length(std::string& frame, std::size_t size, unsigned bytes) {
    while (bytes-- > 0) frame += static_cast<char>(size >> (8 * bytes) & 0xFF);
}

/// A client's frame, masked with zeros for the same reason.
std::string render_client_frame(unsigned opcode, std::string_view payload) {
    constexpr unsigned kLast = 0x80, kMasked = 0x80, kTwoBytes = 126, kEightBytes = 127;
    std::string frame(1, static_cast<char>(kLast | opcode));
    if (payload.size() < kTwoBytes) {
        frame += static_cast<char>(kMasked | payload.size());
    } else {
        const bool is_short = payload.size() <= 0xFFFF;
        frame += static_cast<char>(kMasked | (is_short ? kTwoBytes : kEightBytes));
        append_length(frame, payload.size(), is_short ? 2 : 8);
    }
    return frame.append(4, '\0').append(payload);
}

struct ServerFrame {
    unsigned opcode = 0;
    std::string payload;
};

/// Takes a whole frame of a server off the bytes; nullopt where there is none yet.
std::optional<ServerFrame> take_frame(std::string& bytes) {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    if (bytes.size() < 2) return std::nullopt;
    std::size_t size = at(1) & 0x7FU, begin = 2;
    if (size >= 126) {
        const std::size_t width = size == 126 ? 2 : 8;
        if (bytes.size() < 2 + width) return std::nullopt;
        for (size = 0; begin < 2 + width; ++begin) size = size << 8 | at(begin);
    }
    if (bytes.size() - begin < size) return std::nullopt;
    ServerFrame frame{at(0) & 0x0FU, bytes.substr(begin, size)};
    bytes.erase(0, begin + size);
    return frame;
}

source::Problem to_socket_problem(const Error& error) {
    return {source::ProblemCode::unreadable, "its WebSocket: " + error.message()};
}

}  // namespace

struct ReplaySocket::Impl {
    asio::io_context context{1};
    asio::ip::tcp::socket socket{context};
    std::string pending;

    Error read_some() {
        std::array<char, 4096> part;
        Error error;
        const auto count = socket.read_some(asio::buffer(part), error);
        pending.append(part.data(), count);
        return error;
    }
};

ReplaySocket::ReplaySocket() : impl_(std::make_unique<Impl>()) {}
ReplaySocket::~ReplaySocket() = default;
ReplaySocket::ReplaySocket(ReplaySocket&&) noexcept = default;
ReplaySocket& ReplaySocket::operator=(ReplaySocket&&) noexcept = default;

source::Result<bool> ReplaySocket::open(const std::string& url, const http::Headers& headers) {
    const auto address = parse_socket_address(url);
    if (!address) return source::Problem(source::ProblemCode::invalid, "'" + url + "' is no address");
    Error error;
    const auto host = asio::ip::make_address(address->host, error);
    if (!error) impl_->socket.connect({host, address->port}, error);
    if (!error) asio::write(impl_->socket, asio::buffer(render_handshake(*address, headers)), error);
    std::string& pending = impl_->pending;
    while (!error && pending.find(kHeadEnd) == std::string::npos) error = impl_->read_some();
    if (error) return to_socket_problem(error);
    const bool granted = pending.starts_with("HTTP/1.1 101 ");
    pending.erase(0, pending.find(kHeadEnd) + kHeadEnd.size());
    return granted;
}

source::Result<void> ReplaySocket::send(const std::string& text) {
    Error error;
    asio::write(impl_->socket, asio::buffer(render_client_frame(kText, text)), error);
    if (error) return to_socket_problem(error);
    return {};
}

std::vector<std::string> ReplaySocket::receive() {
    Error error;
    while (!error && impl_->socket.available(error) > 0 && !error) error = impl_->read_some();
    std::vector<std::string> messages;
    while (auto frame = take_frame(impl_->pending)) {
        if (frame->opcode == kText) messages.push_back(std::move(frame->payload));
    }
    return messages;
}

void ReplaySocket::close(std::uint16_t code) {
    std::string payload;
    append_length(payload, code, 2);
    Error ignored;
    asio::write(impl_->socket, asio::buffer(render_client_frame(kClose, payload)), ignored);
}

}  // namespace understudy::cli
