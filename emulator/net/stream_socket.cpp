#include "emulator/net/stream_socket.hpp"

#include "emulator/net/tls.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>

#include <fcntl.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace understudy::net {

namespace asio = boost::asio;

namespace {

/// What may arrive between the two reads of one call; it is moved to where the first read ended.
constexpr std::size_t kSecondRead = 256;

bool would_block(const boost::system::error_code& error) {
    return error == asio::error::would_block || error == asio::error::try_again;
}

}  // namespace

StreamSocket::StreamSocket(AcceptedSocket socket) : socket_(std::move(socket)) {
    boost::system::error_code ignored;
    socket_.non_blocking(true, ignored);
    // Children must not inherit the connection: the peer would never see it close.
    ::fcntl(socket_.native_handle(), F_SETFD, FD_CLOEXEC);
}

StreamSocket::StreamSocket(AcceptedSocket socket, std::shared_ptr<TlsContext> tls) : StreamSocket(std::move(socket)) {
    tls_ = std::make_unique<TlsStream>(std::move(tls), socket_.native_handle());
}

StreamSocket::~StreamSocket() {
    wait_->abandon();
}

Moved StreamSocket::read_message(std::span<char> room) {
    if (tls_) return tls_->read_message(room, drained_);
    const std::size_t first_size = room.size() - kSecondRead;
    std::array<iovec, 2> parts{{{room.data(), first_size}, {room.data() + first_size, kSecondRead}}};
    std::array<mmsghdr, 2> reads{};
    for (std::size_t i = 0; i < reads.size(); ++i) {
        reads[i].msg_hdr.msg_iov = &parts[i];
        reads[i].msg_hdr.msg_iovlen = 1;
    }
    // The second read of the same call finds the socket empty, which is what a plain read would need a second call for;
    // or it finds the peer's end, or bytes that came late.
    const int count = ::recvmmsg(socket_.native_handle(), reads.data(), reads.size(), MSG_DONTWAIT, nullptr);
    if (count < 0) {
        drained_ = errno == EAGAIN || errno == EWOULDBLOCK;
        return {drained_ || errno == EINTR ? Status::would_block : Status::broken, 0};
    }
    const std::size_t first = reads[0].msg_len;
    drained_ = count == 1 && first < first_size;
    if (first == 0) return {Status::ended, 0};
    const std::size_t second = count > 1 ? reads[1].msg_len : 0;
    std::memmove(room.data() + first, room.data() + first_size, second);
    return {Status::moved, first + second};
}

Moved StreamSocket::read(std::span<char> room) {
    drained_ = false;
    if (tls_) return tls_->read(room);
    boost::system::error_code error;
    const std::size_t size = socket_.read_some(asio::buffer(room.data(), room.size()), error);
    if (!error) return {Status::moved, size};
    if (would_block(error)) return {Status::would_block, 0};
    return {error == asio::error::eof ? Status::ended : Status::broken, 0};
}

Moved StreamSocket::write(std::string_view first, std::string_view second, std::string_view third) {
    if (tls_) return tls_->write(first, second, third);
    const std::array<asio::const_buffer, 3> buffers{asio::buffer(first.data(), first.size()),
                                                    asio::buffer(second.data(), second.size()),
                                                    asio::buffer(third.data(), third.size())};
    boost::system::error_code error;
    const std::size_t size = socket_.write_some(buffers, error);
    if (!error) return {Status::moved, size};
    return {would_block(error) ? Status::would_block : Status::broken, 0};
}

void StreamSocket::take_over(std::shared_ptr<ReadObserver> observer) {
    if (wait_->waiting()) return wait_->hand_over(std::move(observer));
    wait_readable(std::move(observer), Rest::nothing);
}

void StreamSocket::end_writing() {
    if (tls_) tls_->end_writing();
    boost::system::error_code ignored;
    socket_.shutdown(TcpSocket::shutdown_send, ignored);
}

void StreamSocket::wait_readable(std::shared_ptr<ReadObserver> observer, Rest rest) {
    if (tls_ && tls_->has_pending()) return wait_->start_ready(socket_, std::move(observer));
    const bool drained = drained_ && rest == Rest::nothing;
    wait_->start(socket_, drained ? ReadWait::Known::drained : ReadWait::Known::nothing, std::move(observer));
}

}  // namespace understudy::net
