#include "tools/understudy/orphan_reaper.hpp"

#include <csignal>

namespace understudy::cli {

OrphanReaper::OrphanReaper(boost::asio::io_context& context, process::Orphans& orphans, std::chrono::milliseconds pause)
    : orphans_(orphans), pause_(pause), ended_(context, SIGCHLD), later_(context) {
    await_end();
}

void OrphanReaper::stop() {
    stopped_ = true;
    ended_.cancel();
    later_.cancel();
}

void OrphanReaper::await_end() {
    ended_.async_wait([this](const boost::system::error_code& error, int) {
        if (!error && !stopped_) look_later();
    });
}

void OrphanReaper::look_later() {
    later_.expires_after(pause_);
    later_.async_wait([this](const boost::system::error_code& error) {
        if (error || stopped_) return;
        if (orphans_.reap()) return look_later();
        await_end();
    });
}

}  // namespace understudy::cli
