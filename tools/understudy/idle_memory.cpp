#include "tools/understudy/idle_memory.hpp"

#include <malloc.h>

#include <utility>

namespace understudy::cli {
namespace {

/// The most that glibc takes: bodies are smaller, and so come from the heap that is kept.
constexpr int kMmapThreshold = 32 * 1024 * 1024;
/// What may lie unused at the heap's end before it goes back at once.
constexpr int kTrimThreshold = 256 * 1024 * 1024;

}  // namespace

void keep_freed_memory() {
    ::mallopt(M_MMAP_THRESHOLD, kMmapThreshold);
    ::mallopt(M_TRIM_THRESHOLD, kTrimThreshold);
}

void return_freed_memory() {
    ::malloc_trim(0);
}

IdleMemory::IdleMemory(boost::asio::io_context& context, std::chrono::milliseconds while_idle, Action action)
    : timer_(context), while_idle_(while_idle), action_(std::move(action)) {}

void IdleMemory::on_request() {
    called_ = true;
    if (!waiting_) wait();
}

void IdleMemory::stop() {
    timer_.cancel();
}

/// One timer a period however many calls there are; a call in the meantime makes another period.
void IdleMemory::wait() {
    waiting_ = true;
    called_ = false;
    timer_.expires_after(while_idle_);
    timer_.async_wait([this](const boost::system::error_code& error) {
        if (error) return;
        waiting_ = false;
        if (called_) return wait();
        action_();
    });
}

}  // namespace understudy::cli
