#include "client/timed_socket.hpp"

#include <boost/asio/error.hpp>

#include <sys/socket.h>

#include <cerrno>

namespace understudy::client {

namespace asio = boost::asio;
using boost::system::error_code;

bool TimedSocket::wait(ReadyTo what, error_code& error) {
    error = wait_until_ready(socket_.native_handle(), what, deadline_);
    return !error;
}

void TimedSocket::connect(const asio::ip::tcp::endpoint& endpoint, error_code& error) {
    socket_.close(error);
    socket_.open(endpoint.protocol(), error);
    if (!error) socket_.non_blocking(true, error);
    if (error) return;
    if (::connect(socket_.native_handle(), endpoint.data(), static_cast<socklen_t>(endpoint.size())) == 0) return;
    if (errno != EINPROGRESS) return error.assign(errno, boost::system::system_category());
    if (wait(ReadyTo::write, error)) error = find_connection_error(socket_.native_handle());
}

void TimedSocket::connect(const std::vector<asio::ip::tcp::endpoint>& endpoints, error_code& error) {
    error = asio::error::not_found;
    for (const auto& endpoint : endpoints) {
        connect(endpoint, error);
        if (!error || error == asio::error::timed_out) return;
    }
}

}  // namespace understudy::client
