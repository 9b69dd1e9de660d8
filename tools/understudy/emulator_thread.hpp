#pragma once

#include "emulator/emulator.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <cstdint>
#include <functional>
#include <thread>
#include <utility>

namespace understudy::cli {

/// A thread that runs emulators for blocking code beside it. It lives as long as they do: the kernel kills a function's
/// process when the thread that started it ends.
class EmulatorThread {
  public:
    /// What an interrupt does: SIGINT, SIGTERM or SIGHUP.
    enum class Signals : std::uint8_t {
        end_program,  ///< It cleans up and ends the program with code 130.
        left_alone,   ///< Somebody else sees to it.
    };
    explicit EmulatorThread(Signals signals = Signals::end_program);
    /// Every emulator on it must be gone.
    ~EmulatorThread();
    EmulatorThread(const EmulatorThread&) = delete;
    EmulatorThread& operator=(const EmulatorThread&) = delete;

    boost::asio::io_context& context() { return context_; }
    /// What an interrupt does on this thread before it ends the program.
    void set_clean_up(std::function<void()> clean_up) { clean_up_ = std::move(clean_up); }
    /// Runs the action on the thread and waits for its end.
    void run(const std::function<void()>& action);

  private:
    boost::asio::io_context context_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{context_.get_executor()};
    std::function<void()> clean_up_;
    boost::asio::signal_set signals_{context_};
    std::thread thread_;
};

}  // namespace understudy::cli
