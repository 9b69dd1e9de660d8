#include "tools/bench/compare.hpp"
#include "tools/bench/rows.hpp"

#include <sys/resource.h>

#include <chrono>
#include <stdexcept>

namespace understudy::bench {
namespace {

/// Processor time of all processes that have ended and were ours.
double read_children_seconds() {
    rusage usage{};
    ::getrusage(RUSAGE_CHILDREN, &usage);
    const auto to_seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return to_seconds(usage.ru_utime) + to_seconds(usage.ru_stime);
}

void run_or_throw(std::vector<std::string> command) {
    const std::string name = command.front() + ' ' + command[1];
    if (run({std::move(command), {"CCACHE_DISABLE=1"}, {}}) != 0) throw std::runtime_error(name + " failed");
}

}  // namespace

Measured measure_build(Run& run) {
    const TempDirectory folder;
    const double used = read_children_seconds();
    const auto start = std::chrono::steady_clock::now();
    run_or_throw({"cmake", "-S", run.source, "--preset", "release", "-B", folder.path(), "--log-level=NOTICE",
                  "-DUNDERSTUDY_BUILD_TESTS=OFF", "-DUNDERSTUDY_BUILD_BENCH=OFF"});
    run_or_throw({"cmake", "--build", folder.path(), "-j", "2"});
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return {{seconds, seconds, seconds}, format(read_children_seconds() - used) + " s of processor time", {}};
}

}  // namespace understudy::bench
