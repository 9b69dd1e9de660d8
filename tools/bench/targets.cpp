#include "tools/bench/targets.hpp"

#include "tools/bench/readings.hpp"

#include <filesystem>
#include <sstream>
#include <stdexcept>

namespace understudy::bench {
namespace {

/// The port of the URL that follows `"name":` in the ready line.
std::uint16_t parse_port(const std::string& ready, const std::string& name) {
    const std::string start = '"' + name + "\":\"http://127.0.0.1:";
    const std::size_t place = ready.find(start);
    if (place == std::string::npos) throw std::runtime_error("no " + name + " in the ready line: " + ready);
    return static_cast<std::uint16_t>(std::stoi(ready.substr(place + start.size())));
}

ProcessPlan plan_understudy(const Programs& programs, const Understudy::Plan& plan) {
    std::vector<std::string> command = {programs.understudy,
                                        "serve",
                                        "--port",
                                        "0",
                                        "--lambda-port",
                                        "0",
                                        "--timeout",
                                        "60",
                                        "--max-environments",
                                        std::to_string(plan.environments)};
    if (plan.log == Understudy::Log::quiet) command.emplace_back("--quiet");
    if (!plan.recording.empty()) command.insert(command.end(), {"--record", plan.recording});
    command.insert(command.end(), {"--env", plan.variable, "--"});
    command.insert(command.end(), plan.command.begin(), plan.command.end());
    return {command, {}, ProcessPlan::Errors::dropped};
}

}  // namespace

Programs find_programs() {
    const std::filesystem::path folder = std::filesystem::read_symlink("/proc/self/exe").parent_path();
    const auto beside = [&folder](const char* name) { return (folder / name).string(); };
    return {beside("understudy"),  beside("bootstrap"),    beside("loggen"),
            beside("bench_relay"), beside("bench_worker"), beside("understudy-recorder")};
}

Relay::Relay(const Programs& programs, const std::string& reply) : server_({{programs.relay}, {}, {}}) {
    std::istringstream ports(server_.read_line());
    std::uint16_t worker_port = 0;
    ports >> port_ >> worker_port;
    for (int i = 0; i < kWorkers; ++i) {
        workers_.emplace_back(
            ProcessPlan{{programs.worker},
                        {"AWS_LAMBDA_RUNTIME_API=127.0.0.1:" + std::to_string(worker_port), "BENCH_REPLY=" + reply},
                        {}});
    }
}

std::uint64_t Relay::read_cpu_time() const {
    std::uint64_t time = bench::read_cpu_time(server_.pid());
    for (const Process& worker : workers_) time += bench::read_cpu_time(worker.pid());
    return time;
}

Understudy::Understudy(const Programs& programs, const Plan& plan) : server_(plan_understudy(programs, plan)) {
    const std::string ready = server_.read_line();
    gateway_ = parse_port(ready, "gateway");
    lambda_ = parse_port(ready, "lambda");
}

std::uint64_t Understudy::read_cpu_time() const {
    std::uint64_t time = bench::read_cpu_time(server_.pid());
    for (const pid_t worker : find_children(server_.pid())) time += bench::read_cpu_time(worker);
    return time;
}

Understudy::Plan plan_worker(const Programs& programs, const std::string& reply) {
    return {Understudy::Log::quiet, kWorkers, "BENCH_REPLY=" + reply, {programs.worker}, {}};
}

}  // namespace understudy::bench
