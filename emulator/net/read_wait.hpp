#pragma once

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/detail/reactor.hpp>
#include <boost/asio/detail/reactor_op.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/version.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

static_assert(BOOST_VERSION == 108100, "ReadWait knows the inside of this Asio: read it again before changing Boost");

namespace understudy::net {

/// Who is told that a socket has bytes, an end or an error to read.
class ReadObserver {
  public:
    virtual void on_readable() = 0;

  protected:
    ~ReadObserver() = default;
};

/// What the acceptor hands out: a TCP socket on a concrete executor, which is faster than the any_io_executor one.
using AcceptedSocket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

/// The same, with its reactor in reach of `ReadWait`.
class TcpSocket : public AcceptedSocket {
  public:
    explicit TcpSocket(AcceptedSocket&& socket)
        : AcceptedSocket(std::move(socket)),
          reactor_(boost::asio::use_service<boost::asio::detail::reactor>(get_executor().context())) {}

  private:
    friend class ReadWait;
    boost::asio::detail::reactor& reactor_;  ///< Asio looks for it by its type's name: too slow for each message.
};

/// The wait of one socket for something to read, used again and again.
///
/// Why not `async_wait`: that tells the kernel anew each time (one `epoll_ctl` a message), and `async_read_some` tries
/// to read first (one `EAGAIN` a message). Asio's epoll is edge-triggered, so neither is needed where the last read
/// is known to have taken everything. This class is the only one that uses Asio's reactor below its public interface.
class ReadWait : public boost::asio::detail::reactor_op, public std::enable_shared_from_this<ReadWait> {
  public:
    enum class Known : std::uint8_t {
        drained,  ///< Nothing was left when the socket was last read; an edge must come.
        nothing,  ///< Something may have been left: look again.
    };

    ReadWait() : reactor_op({}, &ReadWait::perform_wait, &ReadWait::complete_wait) {}

    /// Preconditions: not waiting. Keeps `observer` alive until it is told or the socket is closed; once the socket is
    /// closed it is told nothing.
    void start(TcpSocket& socket, Known known, std::shared_ptr<ReadObserver> observer);
    /// For a socket whose bytes are at hand already: tells `observer` in a later turn of the loop.
    void start_ready(TcpSocket& socket, std::shared_ptr<ReadObserver> observer);
    /// Tells another observer than the one that waits. Preconditions: waiting.
    void hand_over(std::shared_ptr<ReadObserver> observer) { observer_ = std::move(observer); }
    /// Forgets the observer. The socket's closing ends the wait.
    void abandon() { observer_.reset(); }
    bool waiting() const { return self_ != nullptr; }

  private:
    static status perform_wait(reactor_op* base);
    static void complete_wait(void* owner, boost::asio::detail::operation* base, const boost::system::error_code&,
                              std::size_t);

    std::shared_ptr<ReadWait> self_;  ///< Keeps the operation where Asio knows it, while Asio has it.
    std::shared_ptr<ReadObserver> observer_;
    bool starting_ = false;
};

}  // namespace understudy::net
