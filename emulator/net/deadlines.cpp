#include "emulator/net/deadlines.hpp"

namespace understudy::net {

Deadlines::Handle Deadlines::add(Clock::time_point moment, std::function<void()> then) {
    const Handle handle{moment, ++last_number_};
    pending_.emplace(handle, std::move(then));
    if (moment < armed_) arm();
    return handle;
}

void Deadlines::clear() {
    pending_.clear();
    timer_.cancel();
    armed_ = Clock::time_point::max();
}

void Deadlines::arm() {
    armed_ = pending_.begin()->first.first;
    timer_.expires_at(armed_);
    timer_.async_wait([this](const boost::system::error_code& error) {
        if (!error) on_timer();
    });
}

void Deadlines::on_timer() {
    armed_ = Clock::time_point::max();
    const auto now = Clock::now();
    while (!pending_.empty() && pending_.begin()->first.first <= now) {
        auto due = pending_.extract(pending_.begin());
        due.mapped()();
    }
    if (!pending_.empty() && pending_.begin()->first.first < armed_) arm();
}

}  // namespace understudy::net
