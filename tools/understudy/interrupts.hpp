#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <thread>

namespace understudy::cli {

/// Waits for SIGINT, SIGTERM and SIGHUP in a thread of its own, so that several threads can be stopped in order. A
/// second signal, or some seconds without an end, ends the program with code 130.
class Interrupts {
  public:
    static constexpr int kExitCode = 130;

    Interrupts();
    ~Interrupts();
    Interrupts(const Interrupts&) = delete;
    Interrupts& operator=(const Interrupts&) = delete;

    bool came() const;
    /// Until the time has passed or a signal has come.
    void sleep(std::chrono::milliseconds time);
    /// Until a signal has come, or the condition holds; it is looked at after each `wake`.
    void wait(const std::function<bool()>& condition);
    void wake();

    /// Something to do when a signal comes, in this object's thread, unless it has been let go of before. Letting go
    /// waits until it is not being done.
    class Duty;
    std::unique_ptr<Duty> on_signal(std::function<void()> action);

  private:
    void wait_for_signal();
    void tell();

    boost::asio::io_context context_{1};
    boost::asio::signal_set signals_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    bool came_ = false;
    std::mutex duties_mutex_;
    std::list<std::function<void()>> duties_;
    std::thread thread_;
};

class Interrupts::Duty {
  public:
    Duty(Interrupts& interrupts, std::list<std::function<void()>>::iterator place)
        : interrupts_(interrupts), place_(place) {}
    ~Duty();
    Duty(const Duty&) = delete;
    Duty& operator=(const Duty&) = delete;

  private:
    Interrupts& interrupts_;
    std::list<std::function<void()>>::iterator place_;
};

}  // namespace understudy::cli
