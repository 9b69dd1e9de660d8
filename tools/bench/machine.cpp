#include "tools/bench/machine.hpp"

#include "tools/bench/process.hpp"
#include "tools/bench/readings.hpp"

#include <sys/utsname.h>

#include <thread>

namespace understudy::bench {
namespace {

std::string first_line(const std::string& text) {
    return text.substr(0, text.find('\n'));
}

std::string read_processor() {
    const std::string text = read_file("/proc/cpuinfo");
    const std::size_t line = text.find("model name");
    if (line == std::string::npos) return "unknown processor";
    const std::size_t value = text.find(": ", line);
    return first_line(text.substr(value + 2));
}

std::string read_kernel() {
    utsname name{};
    ::uname(&name);
    return std::string(name.sysname) + ' ' + name.release;
}

std::string read_git_id(const std::string& source) {
    try {
        Process git({{"git", "-C", source, "describe", "--always", "--dirty"}, {}, ProcessPlan::Errors::dropped});
        return git.read_line();
    } catch (const std::runtime_error&) {
        throw_if_interrupted();
        return "unknown";
    }
}

}  // namespace

std::string describe_machine(const std::string& source) {
    return read_kernel() + ", " + read_processor() + ", " + std::to_string(std::thread::hardware_concurrency()) +
           " processors\nTCP congestion control " + first_line(read_file("/proc/sys/net/ipv4/tcp_congestion_control")) +
           ", transparent huge pages " + first_line(read_file("/sys/kernel/mm/transparent_hugepage/enabled")) +
           "\ng++ " + __VERSION__ + ", sources at " + read_git_id(source) + '\n';
}

}  // namespace understudy::bench
