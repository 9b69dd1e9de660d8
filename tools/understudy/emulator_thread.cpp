#include "tools/understudy/emulator_thread.hpp"

#include <boost/asio/post.hpp>

#include <future>

namespace understudy::cli {

EmulatorThread::EmulatorThread() : thread_([this] { context_.run(); }) {}

EmulatorThread::~EmulatorThread() {
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
