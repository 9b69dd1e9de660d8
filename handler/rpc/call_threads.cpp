#include "handler/rpc/call_threads.hpp"

#include <utility>

namespace understudy::rpc {

CallThreads::~CallThreads() {
    for (auto& call : overdue_) call.thread.join();
}

void CallThreads::join_ended() {
    overdue_.remove_if([](Overdue& call) {
        const bool ended = call.end.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
        if (ended) call.thread.join();
        return ended;
    });
}

std::optional<std::thread> CallThreads::start(std::packaged_task<void()> task) {
    const std::lock_guard lock(mutex_);
    join_ended();
    if (waited_for_ + overdue_.size() >= kMostCalls) return std::nullopt;
    std::thread thread(std::move(task));
    ++waited_for_;
    return thread;
}

CallThreads::Outcome CallThreads::run(std::chrono::milliseconds time, std::function<void()> work) {
    std::packaged_task<void()> task(std::move(work));
    auto end = task.get_future();
    auto thread = start(std::move(task));
    if (!thread) return Outcome::refused;
    const bool late = end.wait_for(time) == std::future_status::timeout;
    {
        const std::lock_guard lock(mutex_);
        --waited_for_;
        if (late) overdue_.push_back({*std::move(thread), std::move(end)});
    }
    if (late) return Outcome::overdue;
    thread->join();
    end.get();
    return Outcome::ended;
}

}  // namespace understudy::rpc
