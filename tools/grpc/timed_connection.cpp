#include "tools/grpc/timed_connection.hpp"

#include <boost/asio/error.hpp>

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <utility>

namespace understudy::grpc {
namespace {

source::Problem to_connection_problem(const std::string& authority, const std::string& why) {
    return {source::ProblemCode::unreadable, "no connection to " + authority + ": " + why};
}

/// Whether the call is to be made again once the socket is ready.
bool would_block() {
    return errno == EAGAIN || errno == EINTR;
}

}  // namespace

TimedConnection::~TimedConnection() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

TimedConnection::TimedConnection(TimedConnection&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), until_(other.until_) {}

TimedConnection::Outcome TimedConnection::wait_for(client::ReadyTo what) const {
    const auto error = client::wait_until_ready(descriptor_, what, until_);
    if (!error) return Outcome::done;
    return error == boost::asio::error::timed_out ? Outcome::late : Outcome::closed;
}

TimedConnection::Outcome TimedConnection::wait_until_connected() const {
    if (const auto waited = wait_for(client::ReadyTo::write); waited != Outcome::done) return waited;
    return client::find_connection_error(descriptor_) ? Outcome::closed : Outcome::done;
}

source::Result<TimedConnection> TimedConnection::connect(const std::string& authority, Clock::time_point until) {
    const auto colon = authority.rfind(':');
    const auto host = authority.substr(0, colon);
    const auto port = colon == std::string::npos ? std::string("80") : authority.substr(colon + 1);
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (const int error = ::getaddrinfo(host.c_str(), port.c_str(), &wanted, &found); error != 0)
        return to_connection_problem(authority, ::gai_strerror(error));
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> addresses(found, &::freeaddrinfo);
    auto outcome = Outcome::closed;
    for (const addrinfo* one = found; one != nullptr && outcome == Outcome::closed; one = one->ai_next) {
        TimedConnection socket(::socket(one->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), until);
        if (socket.descriptor_ < 0) continue;
        const bool connected = ::connect(socket.descriptor_, one->ai_addr, one->ai_addrlen) == 0;
        // An interrupted one goes on by itself.
        const bool begun = !connected && (errno == EINPROGRESS || errno == EINTR);
        if (begun) outcome = socket.wait_until_connected();
        if (connected || (begun && outcome == Outcome::done)) return socket;
    }
    return to_connection_problem(authority, outcome == Outcome::late ? "not in time" : "nobody accepts it");
}

TimedConnection::Outcome TimedConnection::send(std::string_view bytes) const {
    while (!bytes.empty()) {
        const auto sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(sent));
            continue;
        }
        if (!would_block()) return Outcome::closed;
        if (const auto waited = wait_for(client::ReadyTo::write); waited != Outcome::done) return waited;
    }
    return Outcome::done;
}

TimedConnection::Received TimedConnection::receive(std::array<std::uint8_t, 65536>& bytes) const {
    for (;;) {
        if (const auto waited = wait_for(client::ReadyTo::read); waited != Outcome::done) return {waited};
        const auto size = ::recv(descriptor_, bytes.data(), bytes.size(), 0);
        if (size > 0) return {Outcome::done, static_cast<std::size_t>(size)};
        if (size == 0 || !would_block()) return {Outcome::closed};
    }
}

}  // namespace understudy::grpc
