#include "recorder/link.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <exception>

#include "recorder/clock.hpp"

namespace understudy::recorder {
namespace {

bool would_block(int error) {
    return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

}  // namespace

Link::Link(int function, int api, Journal& journal) : conversation_(journal) {
    function_.socket = function;
    api_.socket = api;
}

Link::~Link() {
    // Torn down as it was: the other side learns that this is no orderly end.
    const linger hard{1, 0};
    for (const End* end : {&function_, &api_}) {
        if (broken_) ::setsockopt(end->socket, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
        ::close(end->socket);
    }
}

void Link::collect(End& end, const End& other, std::vector<pollfd>& waits) {
    short events = 0;
    if (!end.has_ended && other.waiting.empty()) events |= POLLIN;
    if (!end.waiting.empty()) events |= POLLOUT;
    end.wait = events == 0 ? kNone : waits.size();
    if (events != 0) waits.push_back({end.socket, events, 0});
}

void Link::collect(std::vector<pollfd>& waits) {
    if (connecting_) {
        function_.wait = kNone;
        api_.wait = waits.size();
        waits.push_back({api_.socket, POLLOUT, 0});
        return;
    }
    collect(function_, api_, waits);
    collect(api_, function_, waits);
}

bool Link::perform(std::span<const pollfd> waits, std::vector<char>& buffer) {
    const auto ready = [waits](const End& end) { return end.wait == kNone ? short{0} : waits[end.wait].revents; };
    const short function = ready(function_), api = ready(api_);
    if (connecting_) {
        if (api == 0) return true;
        int error = 0;
        socklen_t size = sizeof error;
        ::getsockopt(api_.socket, SOL_SOCKET, SO_ERROR, &error, &size);
        broken_ = error != 0;
        connecting_ = false;
        return !broken_;
    }
    if ((function & POLLOUT) != 0 && !flush(function_)) return false;
    if ((api & POLLOUT) != 0 && !flush(api_)) return false;
    constexpr short kReadable = POLLIN | POLLHUP | POLLERR;
    if ((function & kReadable) != 0 && !function_.has_ended && !pass(function_, api_, buffer)) return false;
    if ((api & kReadable) != 0 && !api_.has_ended && !pass(api_, function_, buffer)) return false;
    return !(function_.is_shut && api_.is_shut);
}

/// Reads once, and writes on at once: what is not taken waits.
bool Link::pass(End& from, End& to, std::vector<char>& buffer) {
    if (!to.waiting.empty()) return true;
    const ssize_t got = ::recv(from.socket, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (got < 0) {
        if (would_block(errno)) return true;
        broken_ = true;
        if (&from == &function_) overhear(from, {});
        return false;
    }
    if (got == 0) {
        from.has_ended = true;
        ::shutdown(to.socket, SHUT_WR);
        to.is_shut = true;
        overhear(from, {});
        return true;
    }
    const std::string_view bytes(buffer.data(), static_cast<std::size_t>(got));
    const ssize_t put = ::send(to.socket, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (put < 0 && !would_block(errno)) {
        broken_ = true;
        return false;
    }
    to.waiting = bytes.substr(put < 0 ? 0 : static_cast<std::size_t>(put));
    overhear(from, bytes);
    return true;
}

bool Link::flush(End& to) {
    const ssize_t put = ::send(to.socket, to.waiting.data(), to.waiting.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (put < 0) {
        broken_ = !would_block(errno);
        return !broken_;
    }
    to.waiting.erase(0, static_cast<std::size_t>(put));
    return true;
}

/// Whatever goes wrong with the record, the function goes on.
void Link::overhear(const End& from, std::string_view bytes) {
    if (!overhears_) return;
    try {
        const Moment now = read_clocks();
        if (&from == &function_) {
            bytes.empty() ? conversation_.on_request_end(now) : conversation_.on_request_bytes(bytes, now);
        } else if (bytes.empty()) {
            conversation_.on_reply_end(now);
        } else {
            conversation_.on_reply_bytes(bytes, now);
        }
    } catch (const std::exception&) {
        overhears_ = false;
    }
}

bool Link::is_done() const {
    return function_.has_ended && api_.waiting.empty() && (api_.has_ended || !conversation_.is_waiting());
}

}  // namespace understudy::recorder
