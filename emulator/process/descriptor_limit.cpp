#include "emulator/process/descriptor_limit.hpp"

namespace understudy::process {
namespace {

/// As the limit itself, it belongs to the whole process.
std::optional<rlimit> original_limit;

}  // namespace

void raise_descriptor_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max) return;
    const rlimit raised{limit.rlim_max, limit.rlim_max};
    if (::setrlimit(RLIMIT_NOFILE, &raised) == 0) original_limit = limit;
}

rlim_t descriptor_limit() {
    rlimit limit{};
    return ::getrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_cur : 0;
}

std::optional<rlimit> original_descriptor_limit() {
    return original_limit;
}

}  // namespace understudy::process
