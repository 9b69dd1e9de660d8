#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <utility>

namespace understudy::net {

/// All the moments at which something must happen, behind one timer. Most deadlines are called off long before they
/// come, so the timer is only armed anew when it fires or when an earlier moment is added: a call that ends in time
/// costs no system call here.
class Deadlines {
  public:
    using Clock = std::chrono::steady_clock;
    /// Names a deadline until it has come or was called off. Default-made: no deadline.
    using Handle = std::pair<Clock::time_point, std::uint64_t>;

    explicit Deadlines(boost::asio::io_context& context) : timer_(context) {}
    Deadlines(const Deadlines&) = delete;
    Deadlines& operator=(const Deadlines&) = delete;

    /// Calls `then` once, at `moment` or soon after, unless it is called off before.
    Handle add(Clock::time_point moment, std::function<void()> then);
    /// Does nothing for a deadline that has come or was called off already.
    void call_off(const Handle& handle) { pending_.erase(handle); }
    /// Forgets all deadlines, so that the context can run out of work.
    void clear();

  private:
    void arm();
    void on_timer();

    boost::asio::steady_timer timer_;
    std::map<Handle, std::function<void()>> pending_;
    std::uint64_t last_number_ = 0;
    Clock::time_point armed_ = Clock::time_point::max();
};

}  // namespace understudy::net
