#include "tools/understudy/serve_signals.hpp"

#include <chrono>
#include <csignal>
#include <utility>

namespace understudy::cli {
namespace {

/// A shell that goes passes SIGHUP on first; then its terminal goes.
constexpr std::chrono::seconds kTerminalLingers{2};

}  // namespace

ServeSignals::ServeSignals(boost::asio::io_context& context, Actions actions)
    : actions_(std::move(actions)), later_(context), hang_up_(context, SIGHUP), end_(context, SIGINT, SIGTERM) {
    await_hang_up();
    end_.async_wait([this](const boost::system::error_code& error, int) {
        if (!error) stop();
    });
}

void ServeSignals::await_hang_up() {
    hang_up_.async_wait([this](const boost::system::error_code& error, int) {
        if (!error) on_hang_up();
    });
}

void ServeSignals::on_hang_up() {
    if (!stays_ && (!actions_.reload || terminal_.is_gone())) return stop();
    if (actions_.reload) actions_.reload();
    if (!stays_ && terminal_.was_there()) look_again();
    await_hang_up();
}

void ServeSignals::look_again() {
    later_.expires_after(kTerminalLingers);
    later_.async_wait([this](const boost::system::error_code& error) {
        if (!error && terminal_.is_gone()) stop();
    });
}

void ServeSignals::stop() {
    if (!actions_.stop) return;
    hang_up_.cancel();
    later_.cancel();
    end_.cancel();
    std::exchange(actions_.stop, {})();
}

}  // namespace understudy::cli
