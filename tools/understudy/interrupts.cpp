#include "tools/understudy/interrupts.hpp"

#include <boost/asio/steady_timer.hpp>

#include <csignal>
#include <cstdlib>
#include <utility>

namespace understudy::cli {
namespace {

/// What the orderly end may take: a reply from elsewhere cannot be cut short.
constexpr std::chrono::seconds kPatienceToEnd{5};

}  // namespace

Interrupts::Interrupts() : signals_(context_, SIGINT, SIGTERM, SIGHUP) {
    wait_for_signal();
    thread_ = std::thread([this] { context_.run(); });
}

Interrupts::~Interrupts() {
    context_.stop();
    thread_.join();
}

void Interrupts::wait_for_signal() {
    signals_.async_wait([this](const boost::system::error_code& error, int) {
        if (error) return;
        if (came()) std::_Exit(kExitCode);
        tell();
        auto limit = std::make_shared<boost::asio::steady_timer>(context_, kPatienceToEnd);
        limit->async_wait([limit](const boost::system::error_code& cancelled) {
            if (!cancelled) std::_Exit(kExitCode);
        });
        wait_for_signal();
    });
}

void Interrupts::tell() {
    {
        const std::lock_guard lock(mutex_);
        came_ = true;
    }
    changed_.notify_all();
    const std::lock_guard lock(duties_mutex_);
    for (const auto& duty : duties_) duty();
}

bool Interrupts::came() const {
    const std::lock_guard lock(mutex_);
    return came_;
}

void Interrupts::sleep(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, time, [this] { return came_; });
}

void Interrupts::wait(const std::function<bool()>& condition) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return came_ || condition(); });
}

void Interrupts::wake() {
    const std::lock_guard lock(mutex_);
    changed_.notify_all();
}

std::unique_ptr<Interrupts::Duty> Interrupts::on_signal(std::function<void()> action) {
    const std::lock_guard lock(duties_mutex_);
    return std::make_unique<Duty>(*this, duties_.insert(duties_.end(), std::move(action)));
}

Interrupts::Duty::~Duty() {
    const std::lock_guard lock(interrupts_.duties_mutex_);
    interrupts_.duties_.erase(place_);
}

}  // namespace understudy::cli
