#include "tools/understudy/idle_memory.hpp"

#include <link.h>
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <span>
#include <utility>

namespace understudy::cli {
namespace {

/// The most that glibc takes: bodies are smaller, and so come from the heap that is kept.
constexpr int kMmapThreshold = 32 * 1024 * 1024;
/// What may lie unused at the heap's end before it goes back at once.
constexpr int kTrimThreshold = 256 * 1024 * 1024;
/// Small chunks that were freed are joined at once: else each large allocation, of which a call makes some, first looks
/// through all of them.
constexpr int kNoFastChunks = 0;

/// Where it is read again, it comes back from the kernel's memory of the file.
void unmap_if_never_written(std::uintptr_t base, const ElfW(Phdr) & segment) {
    if (segment.p_type != PT_LOAD || (segment.p_flags & PF_W) != 0) return;
    const auto page = static_cast<std::uintptr_t>(::getpagesize());
    const std::uintptr_t begin = (base + segment.p_vaddr) / page * page;
    ::madvise(reinterpret_cast<void*>(begin), base + segment.p_vaddr + segment.p_filesz - begin, MADV_DONTNEED);
}

}  // namespace

void keep_freed_memory() {
    ::mallopt(M_MMAP_THRESHOLD, kMmapThreshold);
    ::mallopt(M_MXFAST, kNoFastChunks);
    ::mallopt(M_TRIM_THRESHOLD, kTrimThreshold);
}

void return_freed_memory() {
    ::malloc_trim(0);
}

void return_program_pages() {
    constexpr int kProgramIsEnough = 1;
    const auto unmap = [](dl_phdr_info* object, std::size_t, void*) {
        for (const auto& segment : std::span(object->dlpi_phdr, object->dlpi_phnum))
            unmap_if_never_written(object->dlpi_addr, segment);
        return kProgramIsEnough;
    };
    ::dl_iterate_phdr(unmap, nullptr);
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
