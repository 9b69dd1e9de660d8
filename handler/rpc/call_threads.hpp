#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <future>
#include <list>
#include <mutex>
#include <optional>
#include <thread>

namespace understudy::rpc {

/// Threads for calls with a timeout. One that outruns its timeout goes on, and the destructor waits for it.
///
/// Thread safety: `run` may be called in several threads at once.
class CallThreads {
  public:
    /// So many calls may go on, those that are waited for and those that have outrun their timeouts; more are refused
    /// until one of them ends.
    static constexpr std::size_t kMostCalls = 64;

    enum class Outcome : std::uint8_t {
        ended,    ///< In time.
        overdue,  ///< It goes on while nobody waits.
        refused,  ///< Not begun: too many go on.
    };

    CallThreads() = default;
    ~CallThreads();
    CallThreads(const CallThreads&) = delete;
    CallThreads& operator=(const CallThreads&) = delete;

    /// Does `work` in a thread of its own, and waits for it until `time` has passed. What it refers to must live as
    /// long as it goes on. Throws what `work` throws in time.
    Outcome run(std::chrono::milliseconds time, std::function<void()> work);

  private:
    struct Overdue {
        std::thread thread;
        std::future<void> end;
    };

    void join_ended();
    /// Errors: nullopt where no more may go on.
    std::optional<std::thread> start(std::packaged_task<void()> task);

    std::mutex mutex_;
    std::size_t waited_for_ = 0;
    std::list<Overdue> overdue_;
};

}  // namespace understudy::rpc
