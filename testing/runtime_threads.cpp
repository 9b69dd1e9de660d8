#include "testing/runtime_threads.hpp"

#include "handler/runtime/context.hpp"

#include <utility>

#include "testing/thread_output.hpp"

namespace understudy {
namespace {

/// Ends a line of the log with its invocation, however that ends.
struct LineEnd {
    ThreadOutput& output;
    ~LineEnd() { output.end_line(); }
};

}  // namespace

RuntimeThreads::~RuntimeThreads() {
    for (std::thread& thread : threads_) thread.join();
}

void RuntimeThreads::start(HostedRuntime hosted) {
    const std::lock_guard lock(mutex_);
    threads_.emplace_back([this, hosted = std::move(hosted)] {
        const auto function = runtime::to_function_environment(hosted.variables);
        ThreadOutput output(hosted.log);
        const auto handler = [&](std::string_view event, const runtime::Context& context) {
            const LineEnd end{output};
            return handler_(event, context);
        };
        hosted.on_ended(runtime::run_within([&] { return handler; }, function, hosted.log));
    });
}

}  // namespace understudy
