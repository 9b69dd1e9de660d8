#include "tools/understudy/emulator_thread.hpp"

#include <boost/asio/post.hpp>

#include <csignal>
#include <cstdlib>
#include <future>

namespace understudy::cli {
namespace {

constexpr int kInterrupted = 130;

}  // namespace

EmulatorThread::EmulatorThread(Signals signals) : thread_([this] { context_.run(); }) {
    if (signals == Signals::left_alone) return;
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) signals_.add(signal);
    signals_.async_wait([this](const boost::system::error_code& error, int) {
        if (error) return;
        if (clean_up_) clean_up_();
        std::_Exit(kInterrupted);
    });
}

EmulatorThread::~EmulatorThread() {
    run([this] { signals_.cancel(); });
    work_.reset();
    thread_.join();
}

void EmulatorThread::run(const std::function<void()>& action) {
    std::promise<void> done;
    boost::asio::post(context_, [&] {
        action();
        done.set_value();
    });
    done.get_future().wait();
}

}  // namespace understudy::cli
