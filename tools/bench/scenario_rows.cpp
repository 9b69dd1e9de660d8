#include "tools/bench/compare.hpp"
#include "tools/bench/load.hpp"
#include "tools/bench/rows.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <stdexcept>

namespace understudy::bench {
namespace {

using TestClock = std::chrono::steady_clock;
constexpr int kScenarios = 1000;

double to_seconds(TestClock::duration duration) {
    return std::chrono::duration<double>(duration).count();
}

/// A call of the worker in plain HTTP.
std::string make_plain_scenario(const Programs& programs, int number) {
    return "name: call " + std::to_string(number) + "\napplication:\n  command: [" + programs.worker +
           "]\n  environment: { BENCH_REPLY: 'proxy:1024' }\n"
           "steps:\n  - http: { method: POST, target: /a/path }\n    request_text: '" +
           std::string(kSmall, 'A') + "'\n    expect: { http_status: 200 }\n";
}

/// A method of the example, with its `.proto`.
std::string make_method_scenario(const Run& run, int number) {
    return "name: call " + std::to_string(number) + "\nschema:\n  proto_files: [logquery/v1/logquery.proto]\n" +
           "  import_paths: [" + std::filesystem::absolute(run.source).string() +
           "/proto]\napplication:\n  command: [" + run.programs.bootstrap +
           "]\n  fronts: [http]\nsteps:\n  - name: a window without its middle\n"
           "    method: logquery.v1.LogQueryService/CheckWindow\n    request: { tolerance: 60s }\n"
           "    expect: { code: invalid_argument, message: time }\n";
}

template <class Make>
void write_scenarios(const std::string& folder, int count, Make make) {
    for (int i = 0; i < count; ++i) std::ofstream(folder + "/s" + std::to_string(i) + ".yaml") << make(i);
}

double time_command(std::vector<std::string> command) {
    const auto start = TestClock::now();
    if (run({std::move(command), {}, ProcessPlan::Errors::shown}) != 0) throw std::runtime_error("a scenario failed");
    return to_seconds(TestClock::now() - start);
}

double time_relay_calls(Caller& caller) {
    const auto times = caller.call(kScenarios);
    return to_seconds(std::accumulate(times.begin(), times.end(), std::chrono::nanoseconds(0)));
}

double time_true_for_tests() {
    return time_command({"/bin/true"});
}

double time_first_verdict(const Run& run, const std::string& file) {
    const auto start = TestClock::now();
    Process test({{run.programs.understudy, "test", file}, {}, ProcessPlan::Errors::shown});
    if (!test.read_line().starts_with("✓")) throw std::runtime_error("the scenario failed");
    const double taken = to_seconds(TestClock::now() - start);
    test.wait();
    return taken;
}

}  // namespace

Measured measure_scenarios(Run& run) {
    constexpr double kAllowance = 1;  // Seconds.
    const TempDirectory folder;
    write_scenarios(folder.path(), kScenarios, [&](int i) { return make_plain_scenario(run.programs, i); });
    const Relay relay(run.programs, "proxy:1024");
    Caller caller(relay.port(), make_post("/a/path", "application/proto", std::string(kSmall, 'A'), kSmall));
    caller.call(kScenarios);
    const auto measured = [&] { return time_command({run.programs.understudy, "test", folder.path(), "-j", "1"}); };
    const auto allowed = [&] { return 3 * time_relay_calls(caller) + kAllowance; };
    return to_measured(measure_pairs(run.quick ? 3 : 7, measured, allowed), " s");
}

Measured measure_scenario_loading(Run& run) {
    const TempDirectory folder;
    write_scenarios(folder.path(), kScenarios, [&](int i) { return make_method_scenario(run, i); });
    const auto load = [&] { return time_command({run.programs.understudy, "test", folder.path(), "--list"}); };
    return to_measured(measure_pairs(run.quick ? 5 : 15, load, time_true_for_tests), " s");
}

Measured measure_first_verdict(Run& run) {
    const TempDirectory folder;
    const std::string file = folder.path() + "/s0.yaml";
    std::ofstream(file) << make_method_scenario(run, 0);
    return to_measured(measure_pairs(
                           run.quick ? 20 : 60, [&] { return time_first_verdict(run, file); }, time_true_for_tests),
                       " s");
}

}  // namespace understudy::bench
