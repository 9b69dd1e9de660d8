#include "tools/understudy/start_interrupt.hpp"

#include "tools/understudy/start_terminal.hpp"

#include <signal.h>
#include <unistd.h>

#include <cstdlib>
#include <system_error>
#include <utility>

namespace understudy::cli {

StartInterrupt::StartInterrupt(std::filesystem::path folder)
    : folder_(std::move(folder)), signals_(context_, SIGINT, SIGTERM) {
    if (!ignores_hang_up()) signals_.add(SIGHUP);
    signals_.async_wait([this](const boost::system::error_code& error, int signal) {
        if (!error) end(signal);
    });
    thread_ = std::thread([this] { context_.run(); });
}

StartInterrupt::~StartInterrupt() {
    context_.stop();
    thread_.join();
}

void StartInterrupt::hold() {
    if (is_ending_) thread_.join();
}

/// The other thread goes on writing: where the folder is not found by its name any more, it begins nothing new.
void StartInterrupt::end(int signal) {
    is_ending_ = true;
    constexpr int kMostTries = 1000;
    std::error_code ignored;
    const std::filesystem::path gone = folder_.native() + ".end";
    std::filesystem::rename(folder_, gone, ignored);
    for (int i = 0; i < kMostTries && std::filesystem::exists(gone, ignored); ++i)
        std::filesystem::remove_all(gone, ignored);
    ::signal(signal, SIG_DFL);
    ::kill(::getpid(), signal);
    std::_Exit(128 + signal);
}

}  // namespace understudy::cli
