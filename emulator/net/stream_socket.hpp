#pragma once

#include "emulator/net/moved.hpp"
#include "emulator/net/read_wait.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <utility>

namespace understudy::net {

class TlsContext;
class TlsStream;

/// A connected socket that never blocks: reads and writes happen now or not at all, and waits are separate.
class StreamSocket {
  public:
    using Status = Moved::Status;
    /// What a caller thinks that may have arrived unnoticed since the last read.
    enum class Rest : std::uint8_t {
        nothing,   ///< `read` knows best.
        anything,  ///< A reset behind the last bytes, too, which `read_message` cannot see.
    };

    explicit StreamSocket(AcceptedSocket socket);
    /// The same, inside TLS.
    StreamSocket(AcceptedSocket socket, std::shared_ptr<TlsContext> tls);
    /// Closes. An observer that still waits is told nothing.
    ~StreamSocket();
    StreamSocket(const StreamSocket&) = delete;
    StreamSocket& operator=(const StreamSocket&) = delete;

    /// Reads what has arrived, with one system call that also finds out whether it was all.
    Moved read_message(std::span<char> room);
    /// Reads as much as `room` takes: for bodies.
    Moved read(std::span<char> room);
    /// Writes `first` and then `second`, as much as fits, with one system call.
    Moved write(std::string_view first, std::string_view second) { return write(first, second, {}); }
    /// The same with `third` behind them.
    Moved write(std::string_view first, std::string_view second, std::string_view third);
    void end_writing();

    /// Tells `observer` once when there is something to read. Preconditions: not waiting already.
    void wait_readable(std::shared_ptr<ReadObserver> observer, Rest rest);
    /// The same in place of another observer, which may wait already and is then told nothing.
    void take_over(std::shared_ptr<ReadObserver> observer);
    bool waits_readable() const { return wait_->waiting(); }
    /// Calls `done(error)` when bytes can be written.
    template <class Done>
    void wait_writable(Done done) {
        socket_.async_wait(TcpSocket::wait_write, std::move(done));
    }
    TcpSocket::executor_type executor() { return socket_.get_executor(); }

  private:
    TcpSocket socket_;
    std::unique_ptr<TlsStream> tls_;  ///< Null where bytes go over the wire as they are.
    std::shared_ptr<ReadWait> wait_ = std::make_shared<ReadWait>();
    bool drained_ = false;  ///< The last read left nothing behind.
};

}  // namespace understudy::net
