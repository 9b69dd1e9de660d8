#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <atomic>
#include <filesystem>
#include <thread>

namespace understudy::cli {

/// While this is there, SIGINT, SIGTERM and SIGHUP end the program as they do by themselves, and the folder that is
/// being filled goes before. For a start that blocks, in which no event loop looks for signals.
class StartInterrupt {
  public:
    explicit StartInterrupt(std::filesystem::path folder);
    ~StartInterrupt();
    StartInterrupt(const StartInterrupt&) = delete;
    StartInterrupt& operator=(const StartInterrupt&) = delete;

    /// Where the program is ending, does not return: what went wrong in the folder is nobody's concern.
    void hold();

  private:
    [[noreturn]] void end(int signal);

    std::filesystem::path folder_;
    boost::asio::io_context context_{1};
    boost::asio::signal_set signals_;
    std::atomic<bool> is_ending_ = false;
    std::thread thread_;
};

}  // namespace understudy::cli
