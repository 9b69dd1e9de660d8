#pragma once

#include "emulator/net/http_server.hpp"
#include "emulator/net/read_wait.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <span>
#include <unordered_set>
#include <utility>
#include <vector>

namespace understudy::net {

/// A connection as its listener sees it.
class OpenConnection {
  public:
    virtual ~OpenConnection() = default;
    /// Ends the connection at once. Nothing is called back any more.
    virtual void close() = 0;
    /// Whether nothing is under way but what the peer has to send or to read.
    virtual bool awaits_peer() const = 0;

    /// The listener's turn in which the peer sent or read something last.
    std::uint32_t last_moved() const { return last_moved_; }

  protected:
    void on_moved(std::uint32_t turn) { last_moved_ = turn; }

  private:
    std::uint32_t last_moved_ = 0;
};

/// What the connections of one server share: limits, callbacks, the acceptors, and who is connected.
class Listener : public std::enable_shared_from_this<Listener> {
  public:
    Listener(boost::asio::io_context& context, ServerLimits limits, HttpServer::OnRequest on_request,
             HttpServer::OnMalformed on_malformed);

    /// `tls` may be null.
    boost::system::result<Endpoint> listen(const std::string& address, std::uint16_t port,
                                           std::shared_ptr<TlsContext> tls);
    void close();

    const ServerLimits& limits() const { return limits_; }
    const HttpServer::OnRequest& on_request() const { return on_request_; }
    const HttpServer::OnMalformed& on_malformed() const { return on_malformed_; }
    /// May be empty.
    const HttpServer::OnRequest& on_truncated() const { return on_truncated_; }
    void set_on_truncated(HttpServer::OnRequest callback) { on_truncated_ = std::move(callback); }
    /// May be empty.
    const HttpServer::OnHead& on_head() const { return on_head_; }
    void set_on_head(HttpServer::OnHead callback) { on_head_ = std::move(callback); }
    /// May be empty, and `on_stalled` with it.
    const HttpServer::Patience& patience() const { return patience_; }
    const HttpServer::OnStalled& on_stalled() const { return on_stalled_; }
    void set_on_stalled(HttpServer::Patience patience, HttpServer::OnStalled callback) {
        patience_ = std::move(patience);
        on_stalled_ = std::move(callback);
    }
    void set_on_shortage(std::function<void()> callback) { on_shortage_ = std::move(callback); }
    void end_silent(std::chrono::milliseconds silence) { silence_ = silence; }
    /// Counted on while connections are open that may be silent for too long: who notes it when bytes move need not
    /// read a clock for each message.
    std::uint32_t turn() const { return turn_; }
    /// Where any connection may read into; what is to be kept has to be copied before anything else may read.
    std::span<char> scratch() { return {scratch_.get(), kScratchSize}; }
    /// Of all connections, but for those that have become HTTP/2.
    void add_received(std::size_t bytes) { received_bytes_ += bytes; }
    std::uint64_t received_bytes() const { return received_bytes_; }
    void keep(std::shared_ptr<OpenConnection> connection);
    void forget(const std::shared_ptr<OpenConnection>& connection) { connections_.erase(connection); }

  private:
    using Acceptor = boost::asio::basic_socket_acceptor<boost::asio::ip::tcp, AcceptedSocket::executor_type>;
    static constexpr std::size_t kScratchSize = 64 * 1024;

    /// A port that is listened on.
    struct Door {
        Acceptor acceptor;
        std::uint16_t port;
        std::shared_ptr<TlsContext> tls;  ///< Null without TLS.
    };

    void accept(Door& door);
    void on_accepted(Door& door, const boost::system::error_code& error, AcceptedSocket socket);
    void accept_later(Door& door);
    void begin_turn();
    void close_silent();

    boost::asio::io_context& context_;
    ServerLimits limits_;
    HttpServer::OnRequest on_request_;
    HttpServer::OnMalformed on_malformed_;
    HttpServer::OnRequest on_truncated_;
    HttpServer::OnHead on_head_;
    HttpServer::Patience patience_;
    HttpServer::OnStalled on_stalled_;
    std::function<void()> on_shortage_;
    std::unique_ptr<char[]> scratch_;
    std::list<Door> doors_;
    std::unordered_set<std::shared_ptr<OpenConnection>> connections_;
    std::list<boost::asio::steady_timer> retry_timers_;
    std::chrono::milliseconds silence_{0};  ///< 0: as long as they like.
    boost::asio::steady_timer turn_timer_;
    bool turning_ = false;
    std::uint32_t turn_ = 0;
    std::uint64_t received_bytes_ = 0;
    bool closed_ = false;
};

}  // namespace understudy::net
