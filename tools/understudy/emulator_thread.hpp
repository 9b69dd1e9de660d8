#pragma once

#include "emulator/emulator.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <functional>
#include <thread>

namespace understudy::cli {

/// A thread that runs emulators for blocking code beside it. It lives as long as they do: the kernel kills a function's
/// process when the thread that started it ends.
class EmulatorThread {
  public:
    EmulatorThread();
    /// Every emulator on it must be gone.
    ~EmulatorThread();
    EmulatorThread(const EmulatorThread&) = delete;
    EmulatorThread& operator=(const EmulatorThread&) = delete;

    boost::asio::io_context& context() { return context_; }
    /// Runs the action on the thread and waits for its end.
    void run(const std::function<void()>& action);

  private:
    boost::asio::io_context context_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{context_.get_executor()};
    std::thread thread_;
};

}  // namespace understudy::cli
