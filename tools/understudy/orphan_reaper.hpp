#pragma once

#include "emulator/process/orphans.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>

namespace understudy::cli {

/// Keeps orphans that have ended from gathering in a program that serves for long. Looks only where a child has ended.
/// Lifetime: the context and the orphans outlive it.
class OrphanReaper {
  public:
    /// Whoever waits for a child himself has done so a `pause` after its end.
    OrphanReaper(boost::asio::io_context& context, process::Orphans& orphans,
                 std::chrono::milliseconds pause = std::chrono::seconds(1));

    /// Nothing is looked at any more.
    void stop();

  private:
    void await_end();
    void look_later();

    process::Orphans& orphans_;
    std::chrono::milliseconds pause_;
    boost::asio::signal_set ended_;
    boost::asio::steady_timer later_;
    bool stopped_ = false;  ///< What had come when it was cancelled still arrives.
};

}  // namespace understudy::cli
