#pragma once

#include "client/wait_until_ready.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/system/system_error.hpp>

#include <chrono>
#include <cstddef>
#include <vector>

namespace understudy::client {

/// A blocking socket of TCP, whose every step is over by its deadline: a stream for blocking functions of Asio and
/// Beast. The asynchronous ones have deadlines too, and take twice as long to compile.
/// Tested by: TimedSockets.*
class TimedSocket {
  public:
    using Clock = std::chrono::steady_clock;
    using Socket = boost::asio::ip::tcp::socket;
    using executor_type = Socket::executor_type;
    using lowest_layer_type = Socket::lowest_layer_type;

    explicit TimedSocket(boost::asio::io_context& context) : socket_(context) {}

    executor_type get_executor() { return socket_.get_executor(); }
    lowest_layer_type& lowest_layer() { return socket_.lowest_layer(); }

    /// A step that is not done by then fails with `boost::asio::error::timed_out`.
    void expires_at(Clock::time_point deadline) { deadline_ = deadline; }

    /// Connects to the first of these that accepts; the error is the last one's.
    void connect(const std::vector<boost::asio::ip::tcp::endpoint>& endpoints, boost::system::error_code& error);

    template <class Buffers>
    std::size_t read_some(const Buffers& buffers, boost::system::error_code& error) {
        do {
            const std::size_t count = socket_.read_some(buffers, error);
            if (error != boost::asio::error::would_block) return count;
        } while (wait(ReadyTo::read, error));
        return 0;
    }

    /// As Beast asks it of a stream, though it does not call it.
    template <class Buffers>
    std::size_t read_some(const Buffers& buffers) {
        boost::system::error_code error;
        const std::size_t count = read_some(buffers, error);
        if (error) throw boost::system::system_error(error);
        return count;
    }

    template <class Buffers>
    std::size_t write_some(const Buffers& buffers, boost::system::error_code& error) {
        do {
            const std::size_t count = socket_.write_some(buffers, error);
            if (error != boost::asio::error::would_block) return count;
        } while (wait(ReadyTo::write, error));
        return 0;
    }

  private:
    void connect(const boost::asio::ip::tcp::endpoint& endpoint, boost::system::error_code& error);

    /// Until the socket can go on. False where it cannot by the deadline, and `error` says so.
    bool wait(ReadyTo what, boost::system::error_code& error);

    Socket socket_;
    Clock::time_point deadline_;
};

}  // namespace understudy::client
