#pragma once

#include "emulator/hosted_runtime.hpp"
#include "handler/runtime/runtime.hpp"

#include <mutex>
#include <thread>
#include <vector>

namespace understudy {

/// The threads that answer for a function's environments, each with the Runtime API's loop of handler/runtime.
class RuntimeThreads {
  public:
    explicit RuntimeThreads(runtime::Handler handler) : handler_(std::move(handler)) {}
    /// Waits for their ends: the environments must be gone.
    ~RuntimeThreads();
    RuntimeThreads(const RuntimeThreads&) = delete;
    RuntimeThreads& operator=(const RuntimeThreads&) = delete;

    void start(HostedRuntime hosted);

  private:
    runtime::Handler handler_;
    std::mutex mutex_;
    std::vector<std::thread> threads_;
};

}  // namespace understudy
