#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <future>
#include <list>
#include <mutex>
#include <thread>

namespace understudy::rpc {

/// Threads for calls with a timeout. One that outruns its timeout goes on, and the destructor waits for it.
///
/// Thread safety: `run` may be called in several threads at once.
class CallThreads {
  public:
    /// So many that have outrun their timeouts may go on; more calls are refused until one of them ends.
    static constexpr std::size_t kMostOverdue = 64;

    enum class Outcome : std::uint8_t {
        ended,    ///< In time.
        overdue,  ///< It goes on while nobody waits.
        refused,  ///< Not begun: too many are overdue.
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

    bool has_room();

    std::mutex mutex_;
    std::list<Overdue> overdue_;
};

}  // namespace understudy::rpc
