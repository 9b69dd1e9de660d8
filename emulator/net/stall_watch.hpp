#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <functional>
#include <optional>
#include <utility>

namespace understudy::net {

/// When a client sent something last, and a look at it later. A look that is due is never put off: it finds out itself
/// whether the client went on, so that what arrives in time costs no more than a reading of the clock, which is its
/// owner's.
///
/// Tested by: StallWatch.EachByteBeginsTheTimeAnew
class StallWatch {
  public:
    using Clock = std::chrono::steady_clock;

    void on_progress(Clock::time_point now) { last_ = now; }
    /// Whether a look is due.
    bool looks() const { return timer_.has_value(); }
    /// How much longer the client may stand still; not above zero where it did for too long.
    Clock::duration left(std::chrono::milliseconds patience, Clock::time_point now) const {
        return last_ + patience - now;
    }
    /// Calls `look` once, and perhaps even where the watch has ended just before: it is to hold its owner weakly, and
    /// to begin with `end`. Preconditions: no look is due.
    void look_after(boost::asio::io_context::executor_type executor, Clock::duration wait, std::function<void()> look) {
        timer_.emplace(executor, wait);
        timer_->async_wait([look = std::move(look)](const boost::system::error_code& error) {
            if (!error) look();
        });
    }
    void end() { timer_.reset(); }

  private:
    Clock::time_point last_;
    std::optional<boost::asio::steady_timer> timer_;
};

}  // namespace understudy::net
