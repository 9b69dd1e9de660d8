#pragma once

#include "tools/understudy/start_terminal.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include <functional>

namespace understudy::cli {

/// The signals of a program that serves. SIGINT and SIGTERM stop it, the first time. SIGHUP reloads; it stops as well
/// where nothing can be reloaded or the terminal is gone, but where `nohup` bids us stay.
class ServeSignals {
  public:
    struct Actions {
        std::function<void()> reload;  ///< None where there is nothing to reload.
        std::function<void()> stop;    ///< Once.
    };

    ServeSignals(boost::asio::io_context& context, Actions actions);
    /// Another one ends what is left at once.
    void clear() { end_.clear(); }

  private:
    void await_hang_up();
    void on_hang_up();
    void look_again();
    void stop();

    Actions actions_;
    StartTerminal terminal_;
    bool stays_ = ignores_hang_up();  ///< Before `hang_up_` takes that signal.
    boost::asio::steady_timer later_;
    boost::asio::signal_set hang_up_;
    boost::asio::signal_set end_;
};

}  // namespace understudy::cli
