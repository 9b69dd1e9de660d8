#include "testing/runtime_threads.hpp"

#include "handler/runtime/context.hpp"

#include <utility>

namespace understudy {

RuntimeThreads::~RuntimeThreads() {
    for (std::thread& thread : threads_) thread.join();
}

void RuntimeThreads::start(HostedRuntime hosted) {
    const std::lock_guard lock(mutex_);
    threads_.emplace_back([this, hosted = std::move(hosted)] {
        const auto function = runtime::to_function_environment(hosted.variables);
        hosted.on_ended(runtime::run_within([this] { return handler_; }, function, hosted.log));
    });
}

}  // namespace understudy
