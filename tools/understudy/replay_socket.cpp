#include "tools/understudy/replay_socket.hpp"

#include "emulator/http/websocket_client.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <boost/system/error_code.hpp>

#include <poll.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <optional>
#include <string_view>

namespace understudy::cli {
namespace {

namespace asio = boost::asio;
using Error = boost::system::error_code;
using Clock = std::chrono::steady_clock;

constexpr std::string_view kHeadEnd = "\r\n\r\n";

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

source::Problem to_socket_problem(const Error& error) {
    return {source::ProblemCode::unreadable, "its WebSocket: " + error.message()};
}

}  // namespace

struct ReplaySocket::Impl {
    asio::io_context context{1};
    asio::ip::tcp::socket socket{context};
    std::string pending;
    std::optional<std::uint16_t> close_code;

    /// Waits for bytes of the server, or its end.
    bool wait_readable(Clock::time_point last) {
        const auto rest = std::chrono::ceil<std::chrono::milliseconds>(last - Clock::now()).count();
        pollfd wait{socket.native_handle(), POLLIN, 0};
        return ::poll(&wait, 1, static_cast<int>(std::max<std::int64_t>(rest, 0))) > 0;
    }

    Error read_some() {
        std::array<char, 4096> part;
        Error error;
        const auto count = socket.read_some(asio::buffer(part), error);
        pending.append(part.data(), count);
        return error;
    }

    Error read_head(Clock::time_point last) {
        Error error;
        while (!error && pending.find(kHeadEnd) == std::string::npos) {
            if (wait_readable(last))
                error = read_some();
            else if (Clock::now() >= last)
                error = asio::error::timed_out;
        }
        return error;
    }
};

ReplaySocket::ReplaySocket() : impl_(std::make_unique<Impl>()) {}
ReplaySocket::~ReplaySocket() = default;
ReplaySocket::ReplaySocket(ReplaySocket&&) noexcept = default;
ReplaySocket& ReplaySocket::operator=(ReplaySocket&&) noexcept = default;

source::Result<bool> ReplaySocket::open(const std::string& url, const http::Headers& headers,
                                        std::chrono::milliseconds patience) {
    const auto last = Clock::now() + patience;
    const auto address = parse_socket_address(url);
    if (!address) return source::Problem(source::ProblemCode::invalid, "'" + url + "' is no address");
    Error error;
    const auto host = asio::ip::make_address(address->host, error);
    if (!error) impl_->socket.connect({host, address->port}, error);
    const std::string authority = address->host + ':' + std::to_string(address->port);
    const std::string handshake = http::render_client_handshake(authority, address->target, headers);
    if (!error) asio::write(impl_->socket, asio::buffer(handshake), error);
    if (!error) error = impl_->read_head(last);
    if (error) return to_socket_problem(error);
    std::string& pending = impl_->pending;
    const bool granted = pending.starts_with("HTTP/1.1 101 ");
    pending.erase(0, pending.find(kHeadEnd) + kHeadEnd.size());
    return granted;
}

source::Result<void> ReplaySocket::send(const std::string& text) {
    Error error;
    asio::write(impl_->socket, asio::buffer(http::render_client_message(text)), error);
    if (error) return to_socket_problem(error);
    return {};
}

ReceivedMessages ReplaySocket::receive() {
    Error error;
    while (!error && impl_->wait_readable(Clock::now())) error = impl_->read_some();
    ReceivedMessages received;
    while (auto frame = http::take_server_frame(impl_->pending)) {
        if (frame->kind == http::ServerFrame::Kind::text) received.messages.push_back(std::move(frame->payload));
        if (frame->kind == http::ServerFrame::Kind::close) impl_->close_code = http::parse_close_code(frame->payload);
    }
    if (error && !impl_->close_code) impl_->close_code = static_cast<std::uint16_t>(http::WebSocketClose::abnormal);
    received.close_code = impl_->close_code;
    return received;
}

void ReplaySocket::close(std::uint16_t code) {
    Error ignored;
    asio::write(impl_->socket, asio::buffer(http::render_client_close(code)), ignored);
    // A server that has closed by itself may read no frames any more, and waits for the end.
    if (impl_->close_code) impl_->socket.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
}

}  // namespace understudy::cli
