#include "handler/runtime/connection.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstddef>
#include <system_error>
#include <utility>

namespace understudy::runtime {
namespace {

constexpr int kMostAttempts = 3;
constexpr std::size_t kHeadBytes = 16 * 1024;

[[noreturn]] void fail(int error, const std::string& what) {
    throw std::system_error(error, std::generic_category(), what);
}

bool is_closed_by_peer(int error) {
    return error == ECONNRESET || error == EPIPE;
}

/// Bulk transfers over loopback are twice as fast with reno where the host's default is bbr; not allowed everywhere,
/// and then nothing is lost.
void prefer_reno(int socket) {
    constexpr std::string_view kReno = "reno";
    setsockopt(socket, IPPROTO_TCP, TCP_CONGESTION, kReno.data(), kReno.size());
}

}  // namespace

std::optional<ApiAddress> parse_api_address(std::string_view text) {
    ApiAddress address;
    if (const auto slash = text.find('/'); slash != std::string_view::npos) {
        address.prefix = text.substr(slash);
        while (address.prefix.ends_with('/')) address.prefix.pop_back();
        text = text.substr(0, slash);
    }
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const std::string_view port = text.substr(colon + 1);
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
    if (error != std::errc() || end != port.data() + port.size() || address.port == 0) return std::nullopt;
    address.host = text.substr(0, colon);
    if (address.host == "localhost") address.host = "127.0.0.1";
    in_addr ignored{};
    if (inet_pton(AF_INET, address.host.c_str(), &ignored) != 1) return std::nullopt;
    return address;
}

Connection::Connection(ApiAddress address) : address_(std::move(address)) {}

Connection::~Connection() {
    close();
}

void Connection::open() {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(address_.port);
    inet_pton(AF_INET, address_.host.c_str(), &to.sin_addr);
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket_ < 0) fail(errno, "cannot make a socket");
    constexpr int kYes = 1;
    setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &kYes, sizeof kYes);
    if (address_.host.starts_with("127.")) prefer_reno(socket_);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) {
        const int error = errno;
        close();
        fail(error, "cannot connect to the Runtime API at " + address_.host + ":" + std::to_string(address_.port));
    }
}

void Connection::close() {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
}

const Reply& Connection::exchange(std::string_view head, std::string_view body) {
    for (int attempt = 1; attempt <= kMostAttempts; ++attempt) {
        if (socket_ < 0) open();
        if (try_exchange(head, body)) return parser_.reply();
        close();
    }
    fail(ECONNRESET, "the Runtime API closes every connection");
}

bool Connection::try_exchange(std::string_view head, std::string_view body) {
    parser_.begin();
    // A server may refuse a body before it has read all of it: its reply is there to read although the write failed.
    write(head, body);
    std::array<char, kHeadBytes> buffer;
    while (!parser_.is_complete()) {
        std::size_t size = 0;
        if (const auto room = parser_.room(); !room.empty()) {
            size = read(room.data(), room.size(), MSG_WAITALL);
            parser_.advance(size);
        } else {
            size = read(buffer.data(), buffer.size(), 0);
            parser_.feed({buffer.data(), size});
        }
        if (size == 0 && !parser_.has_begun()) return false;
        if (size == 0) parser_.end();
    }
    if (!parser_.keeps_alive()) close();
    return true;
}

bool Connection::write(std::string_view head, std::string_view body) {
    std::array<iovec, 2> parts{{{const_cast<char*>(head.data()), head.size()},  //
                                {const_cast<char*>(body.data()), body.size()}}};
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = body.empty() ? 1 : 2;
    while (message.msg_iovlen > 0) {
        const ssize_t sent = ::sendmsg(socket_, &message, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0 && is_closed_by_peer(errno)) return false;
        if (sent < 0) fail(errno, "cannot write to the Runtime API");
        auto rest = static_cast<std::size_t>(sent);
        while (message.msg_iovlen > 0 && rest >= message.msg_iov->iov_len) {
            rest -= message.msg_iov->iov_len;
            ++message.msg_iov;
            --message.msg_iovlen;
        }
        if (message.msg_iovlen == 0) break;
        message.msg_iov->iov_base = static_cast<char*>(message.msg_iov->iov_base) + rest;
        message.msg_iov->iov_len -= rest;
    }
    return true;
}

std::size_t Connection::read(char* to, std::size_t size, int flags) {
    for (;;) {
        const ssize_t got = ::recv(socket_, to, size, flags);
        if (got >= 0) return static_cast<std::size_t>(got);
        if (is_closed_by_peer(errno)) return 0;
        if (errno != EINTR) fail(errno, "cannot read from the Runtime API");
    }
}

}  // namespace understudy::runtime
