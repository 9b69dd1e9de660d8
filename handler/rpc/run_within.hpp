#pragma once

#include <chrono>
#include <functional>
#include <future>
#include <optional>
#include <thread>
#include <utility>

namespace understudy::rpc {

/// Does `work` in a thread of its own, and waits for it until `time` has passed. nullopt: it takes longer, and goes on
/// to its end while nobody waits; what it refers to must live as long. Throws what `work` throws.
template <class Result>
std::optional<Result> run_within(std::chrono::milliseconds time, std::function<Result()> work) {
    std::packaged_task<Result()> task(std::move(work));
    auto done = task.get_future();
    std::thread(std::move(task)).detach();
    if (done.wait_for(time) == std::future_status::timeout) return std::nullopt;
    return done.get();
}

}  // namespace understudy::rpc
