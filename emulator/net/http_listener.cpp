#include "emulator/net/http_listener.hpp"

#include "emulator/net/http_connection.hpp"

#include <boost/asio/error.hpp>

#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <chrono>
#include <initializer_list>
#include <iterator>
#include <string_view>
#include <utility>

namespace understudy::net {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

/// How long to wait where accepting failed for want of file descriptors or memory.
constexpr std::chrono::milliseconds kRetryDelay{50};

Endpoint to_endpoint(const tcp::endpoint& endpoint) {
    return {endpoint.address().to_string(), endpoint.port()};
}

/// The turns within the time that a connection may be silent, which is known to a turn only.
constexpr std::uint32_t kTurns = 4;

/// Accepted sockets inherit all of this from the one that listens.
void set_options(int socket, bool is_loopback) {
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ::fcntl(socket, F_SETFD, FD_CLOEXEC);
    // A host's default may be made for long distances (bbr), which halves bulk speed on loopback. It is a wish: not
    // every system allows it.
    constexpr std::string_view kReno = "reno";
    if (is_loopback) ::setsockopt(socket, IPPROTO_TCP, TCP_CONGESTION, kReno.data(), kReno.size());
}

namespace errc = boost::system::errc;

bool is_one_of(const error_code& error, std::initializer_list<errc::errc_t> codes) {
    return std::ranges::any_of(codes, [&](errc::errc_t code) { return error == errc::make_error_condition(code); });
}

bool lacks_descriptors(const error_code& error) {
    return is_one_of(error, {errc::too_many_files_open, errc::too_many_files_open_in_system});
}

bool lacks_resources(const error_code& error) {
    return lacks_descriptors(error) || is_one_of(error, {errc::no_buffer_space, errc::not_enough_memory});
}

}  // namespace

Listener::Listener(asio::io_context& context, ServerLimits limits, HttpServer::OnRequest on_request,
                   HttpServer::OnMalformed on_malformed)
    : context_(context),
      limits_(limits),
      on_request_(std::move(on_request)),
      on_malformed_(std::move(on_malformed)),
      scratch_(std::make_unique_for_overwrite<char[]>(kScratchSize)),
      turn_timer_(context) {}

boost::system::result<Endpoint> Listener::listen(const std::string& address, std::uint16_t port,
                                                 std::shared_ptr<TlsContext> tls) {
    error_code error;
    const auto number = asio::ip::make_address(address, error);
    if (error) return error;
    const tcp::endpoint wanted(number, port);
    Acceptor acceptor(context_.get_executor());
    if (acceptor.open(wanted.protocol(), error)) return error;
    set_options(acceptor.native_handle(), number.is_loopback());
    if (acceptor.set_option(Acceptor::reuse_address(true), error)) return error;
    if (acceptor.bind(wanted, error)) return error;
    if (acceptor.listen(Acceptor::max_listen_connections, error)) return error;
    const Endpoint bound = to_endpoint(acceptor.local_endpoint());
    accept(doors_.emplace_back(Door{std::move(acceptor), bound.port, std::move(tls)}));
    return bound;
}

void Listener::close() {
    closed_ = true;
    retry_timers_.clear();
    turn_timer_.cancel();
    doors_.clear();
    // Each connection takes itself off the list.
    const auto connections = std::exchange(connections_, {});
    for (const auto& connection : connections) connection->close();
}

void Listener::accept(Door& door) {
    door.acceptor.async_accept([self = shared_from_this(), &door](const error_code& error, AcceptedSocket socket) {
        if (!self->closed_) self->on_accepted(door, error, std::move(socket));
    });
}

void Listener::on_accepted(Door& door, const error_code& error, AcceptedSocket socket) {
    if (on_shortage_ && lacks_descriptors(error)) on_shortage_();
    if (lacks_resources(error)) return accept_later(door);
    error_code vanished;
    const auto remote = error ? tcp::endpoint() : socket.remote_endpoint(vanished);
    if (!error && !vanished) {
        Peer peer{remote.address().to_string(), remote.port(), door.port, door.tls != nullptr};
        auto stream = door.tls ? std::make_unique<StreamSocket>(std::move(socket), door.tls)
                               : std::make_unique<StreamSocket>(std::move(socket));
        const auto connection = std::make_shared<Connection>(shared_from_this(), std::move(stream), std::move(peer));
        keep(connection);
        connection->begin();
    }
    if (!closed_) accept(door);
}

void Listener::accept_later(Door& door) {
    const auto timer = retry_timers_.emplace(retry_timers_.end(), context_);
    timer->expires_after(kRetryDelay);
    timer->async_wait([self = shared_from_this(), &door, timer](const error_code&) {
        if (self->closed_) return;
        self->retry_timers_.erase(timer);
        self->accept(door);
    });
}

void Listener::keep(std::shared_ptr<OpenConnection> connection) {
    connections_.insert(std::move(connection));
    if (!turning_ && silence_.count() > 0) begin_turn();
}

void Listener::begin_turn() {
    turning_ = true;
    turn_timer_.expires_after(silence_ / kTurns);
    turn_timer_.async_wait([self = shared_from_this()](const error_code& error) {
        self->turning_ = false;
        if (error || self->closed_) return;
        self->close_silent();
        if (!self->connections_.empty()) self->begin_turn();
    });
}

void Listener::close_silent() {
    ++turn_;
    std::vector<std::shared_ptr<OpenConnection>> silent;
    std::ranges::copy_if(connections_, std::back_inserter(silent), [this](const auto& connection) {
        return turn_ - connection->last_moved() > kTurns && connection->awaits_peer();
    });
    for (const auto& connection : silent) connection->close();
}

}  // namespace understudy::net
