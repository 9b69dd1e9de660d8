#include "tools/bench/load.hpp"

#include "tools/bench/process.hpp"

#include <sys/epoll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <memory>
#include <stdexcept>
#include <system_error>

namespace understudy::bench {
namespace {

using Clock = std::chrono::steady_clock;

void receive_answer(Connection& connection, const Request& request) {
    connection.receive();
    if (connection.head().starts_with("HTTP/1.1 200") && connection.body().size() >= request.reply_size) return;
    throw std::runtime_error("unexpected answer: " + std::string(connection.head()) +
                             std::string(connection.body().substr(0, 200)));
}

/// An epoll descriptor that closes itself.
class Poll {
  public:
    Poll() : descriptor_(::epoll_create1(EPOLL_CLOEXEC)) {}
    ~Poll() { ::close(descriptor_); }
    Poll(const Poll&) = delete;
    Poll& operator=(const Poll&) = delete;

    void add(Connection& connection) {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.ptr = &connection;
        if (::epoll_ctl(descriptor_, EPOLL_CTL_ADD, connection.descriptor(), &event) != 0) {
            throw std::system_error(errno, std::generic_category(), "epoll_ctl");
        }
    }
    /// Calls `on_readable` for each connection that has something, once.
    template <class OnReadable>
    void wait(OnReadable on_readable) {
        std::array<epoll_event, 64> events;
        const int count = ::epoll_wait(descriptor_, events.data(), static_cast<int>(events.size()), -1);
        if (count < 0) throw_if_interrupted();
        for (int i = 0; i < count; ++i)
            on_readable(*static_cast<Connection*>(events[static_cast<std::size_t>(i)].data.ptr));
    }

  private:
    int descriptor_;
};

}  // namespace

Request make_post(std::string_view target, std::string_view content_type, std::string body, std::size_t reply_size) {
    std::string head =
        "POST " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\nUser-Agent: bench/1\r\nAccept: ";
    head.append(content_type).append("\r\nContent-Type: ").append(content_type);
    head += "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n";
    return {std::move(head), std::move(body), reply_size};
}

std::vector<std::chrono::nanoseconds> Caller::call(int count) {
    std::vector<std::chrono::nanoseconds> latencies;
    for (int i = 0; i < count; ++i) {
        const auto start = Clock::now();
        connection_.send(request_.head, request_.body);
        receive_answer(connection_, request_);
        latencies.push_back(Clock::now() - start);
    }
    throw_if_interrupted();
    return latencies;
}

double measure_throughput(std::uint16_t port, const Request& request, int concurrency,
                          std::chrono::milliseconds duration) {
    Poll poll;
    std::vector<std::unique_ptr<Connection>> connections;
    for (int i = 0; i < concurrency; ++i) {
        poll.add(*connections.emplace_back(std::make_unique<Connection>(port)));
    }
    for (const auto& connection : connections) connection->send(request.head, request.body);
    const auto start = Clock::now();
    const auto end = start + duration;
    auto now = start;
    for (int waiting = concurrency, answered = 0;;) {
        poll.wait([&](Connection& connection) {
            receive_answer(connection, request);
            now = Clock::now();
            if (now < end) {
                ++answered;
                connection.send(request.head, request.body);
            } else {
                --waiting;
            }
        });
        if (waiting > 0) continue;
        throw_if_interrupted();
        return answered / std::chrono::duration<double>(duration).count();
    }
}

}  // namespace understudy::bench
