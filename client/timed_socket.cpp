#include "client/timed_socket.hpp"

#include <boost/asio/error.hpp>

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <limits>

namespace understudy::client {

namespace asio = boost::asio;
using boost::system::error_code;

bool TimedSocket::wait(Socket::wait_type what, error_code& error) {
    const short events = what == Socket::wait_read ? POLLIN : POLLOUT;
    pollfd watched{.fd = socket_.native_handle(), .events = events, .revents = 0};
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline_ - Clock::now()).count();
        constexpr decltype(left) kLongest = std::numeric_limits<int>::max();
        const int ready = ::poll(&watched, 1, static_cast<int>(std::clamp<decltype(left)>(left, 0, kLongest)));
        if (ready > 0) {
            error.clear();
            return true;
        }
        if (ready < 0 && errno != EINTR) {
            error.assign(errno, boost::system::system_category());
            return false;
        }
        if (Clock::now() >= deadline_) {
            error = asio::error::timed_out;
            return false;
        }
    }
}

void TimedSocket::connect(const asio::ip::tcp::endpoint& endpoint, error_code& error) {
    socket_.close(error);
    socket_.open(endpoint.protocol(), error);
    if (!error) socket_.non_blocking(true, error);
    if (error) return;
    if (::connect(socket_.native_handle(), endpoint.data(), static_cast<socklen_t>(endpoint.size())) == 0) return;
    int outcome = errno;
    if (outcome != EINPROGRESS) return error.assign(outcome, boost::system::system_category());
    if (!wait(Socket::wait_write, error)) return;
    socklen_t size = sizeof outcome;
    ::getsockopt(socket_.native_handle(), SOL_SOCKET, SO_ERROR, &outcome, &size);
    error.assign(outcome, boost::system::system_category());
}

void TimedSocket::connect(const std::vector<asio::ip::tcp::endpoint>& endpoints, error_code& error) {
    error = asio::error::not_found;
    for (const auto& endpoint : endpoints) {
        connect(endpoint, error);
        if (!error || error == asio::error::timed_out) return;
    }
}

}  // namespace understudy::client
