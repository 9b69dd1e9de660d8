#include "client/wait_until_ready.hpp"

#include <boost/asio/error.hpp>

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <limits>

namespace understudy::client {

using boost::system::error_code;

error_code wait_until_ready(int socket, ReadyTo what, std::chrono::steady_clock::time_point deadline) {
    using std::chrono::milliseconds;
    const short events = what == ReadyTo::read ? POLLIN : POLLOUT;
    pollfd watched{.fd = socket, .events = events, .revents = 0};
    for (;;) {
        const auto left = std::chrono::ceil<milliseconds>(deadline - std::chrono::steady_clock::now()).count();
        if (left <= 0) return boost::asio::error::timed_out;
        constexpr milliseconds::rep kLongest = std::numeric_limits<int>::max();
        const int ready = ::poll(&watched, 1, static_cast<int>(std::min(left, kLongest)));
        if (ready > 0) return {};
        if (ready < 0 && errno != EINTR) return {errno, boost::system::system_category()};
    }
}

error_code find_connection_error(int socket) {
    int outcome = 0;
    socklen_t size = sizeof outcome;
    if (::getsockopt(socket, SOL_SOCKET, SO_ERROR, &outcome, &size) != 0) outcome = errno;
    return {outcome, boost::system::system_category()};
}

}  // namespace understudy::client
