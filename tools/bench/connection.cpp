#include "tools/bench/connection.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <stdexcept>
#include <system_error>

namespace understudy::bench {
namespace {

constexpr std::size_t kFirstRead = 16 * 1024;

}  // namespace

Connection::Connection(std::uint16_t port) : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        const int error = errno;
        ::close(descriptor_);
        throw std::system_error(error, std::generic_category(), "connect");
    }
    const int on = 1;
    ::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    buffer_.resize(kStart + kFirstRead);
}

Connection::Connection(const std::string& host_and_port)
    : Connection(static_cast<std::uint16_t>(std::stoi(host_and_port.substr(host_and_port.rfind(':') + 1)))) {}

Connection::~Connection() {
    ::close(descriptor_);
}

void Connection::send(std::string_view head, std::string_view body) {
    iovec parts[2] = {{const_cast<char*>(head.data()), head.size()}, {const_cast<char*>(body.data()), body.size()}};
    msghdr message{};
    message.msg_iov = parts;
    message.msg_iovlen = 2;
    std::size_t left = head.size() + body.size();
    while (left > 0) {
        const ssize_t sent = ::sendmsg(descriptor_, &message, MSG_NOSIGNAL);
        if (sent < 0) throw std::system_error(errno, std::generic_category(), "send");
        left -= static_cast<std::size_t>(sent);
        std::size_t done = static_cast<std::size_t>(sent);
        for (iovec& part : parts) {
            const std::size_t step = std::min(done, part.iov_len);
            part.iov_base = static_cast<char*>(part.iov_base) + step;
            part.iov_len -= step;
            done -= step;
        }
    }
}

std::string_view Connection::header(std::string_view name) const {
    std::string_view rest = head();
    while (!rest.empty()) {
        const auto end = rest.find("\r\n");
        const std::string_view line = rest.substr(0, end);
        if (line.size() > name.size() && line[name.size()] == ':' &&
            ::strncasecmp(line.data(), name.data(), name.size()) == 0) {
            return line.substr(line.find_first_not_of(' ', name.size() + 1));
        }
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 2);
    }
    return {};
}

void Connection::receive() {
    filled_ = head_size_ = body_size_ = 0;
    while (head_size_ == 0 || filled_ < head_size_ + body_size_) {
        const ssize_t got =
            ::recv(descriptor_, buffer_.data() + kStart + filled_, buffer_.size() - kStart - filled_, 0);
        if (got <= 0) throw std::runtime_error("the peer closed the connection");
        filled_ += static_cast<std::size_t>(got);
        if (head_size_ != 0) continue;
        const auto end = message().find("\r\n\r\n");
        if (end == std::string_view::npos) continue;
        head_size_ = end + 4;
        const std::string length(header("Content-Length"));
        body_size_ = length.empty() ? 0 : std::strtoull(length.c_str(), nullptr, 10);
        const std::size_t whole = kStart + head_size_ + body_size_;
        if (buffer_.size() < whole) buffer_.resize(whole);
    }
}

}  // namespace understudy::bench
