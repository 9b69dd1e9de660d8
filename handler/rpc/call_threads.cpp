#include "handler/rpc/call_threads.hpp"

#include <utility>

namespace understudy::rpc {

CallThreads::~CallThreads() {
    for (auto& call : overdue_) call.thread.join();
}

bool CallThreads::has_room() {
    const std::lock_guard lock(mutex_);
    overdue_.remove_if([](Overdue& call) {
        const bool ended = call.end.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
        if (ended) call.thread.join();
        return ended;
    });
    return overdue_.size() < kMostOverdue;
}

CallThreads::Outcome CallThreads::run(std::chrono::milliseconds time, std::function<void()> work) {
    if (!has_room()) return Outcome::refused;
    std::packaged_task<void()> task(std::move(work));
    auto end = task.get_future();
    std::thread thread(std::move(task));
    if (end.wait_for(time) == std::future_status::timeout) {
        const std::lock_guard lock(mutex_);
        overdue_.push_back({std::move(thread), std::move(end)});
        return Outcome::overdue;
    }
    thread.join();
    end.get();
    return Outcome::ended;
}

}  // namespace understudy::rpc
