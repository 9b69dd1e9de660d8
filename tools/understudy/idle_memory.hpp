#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <functional>

namespace understudy::cli {

/// From now on the allocator keeps what is freed, so that a large body need not fetch each of its pages from the system
/// again: that took half of such a request's time.
void keep_freed_memory();
/// Gives what is kept to the system.
void return_freed_memory();
/// Gives the pages of the program's own code and constants to the system; those that are used again come back by
/// themselves, at a quarter of a millisecond for a whole request. Most of what is resident after the start is what only
/// the start needed.
void return_program_pages();

/// Does something once nobody has called for a while.
/// Lifetime: the context outlives it.
class IdleMemory {
  public:
    using Action = std::function<void()>;

    IdleMemory(boost::asio::io_context& context, std::chrono::milliseconds while_idle, Action action);

    /// Somebody has called.
    void on_request();
    /// Nothing is done any more.
    void stop();

  private:
    void wait();

    boost::asio::steady_timer timer_;
    std::chrono::milliseconds while_idle_;
    Action action_;
    bool waiting_ = false;
    bool called_ = false;  ///< Since the timer was set.
};

}  // namespace understudy::cli
