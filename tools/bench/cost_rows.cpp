#include "tools/bench/compare.hpp"
#include "tools/bench/load.hpp"
#include "tools/bench/readings.hpp"
#include "tools/bench/rows.hpp"

#include <chrono>
#include <csignal>
#include <fstream>
#include <system_error>
#include <thread>

namespace understudy::bench {
namespace {

/// What a program may take, when nobody calls, to give back what it needs no more.
constexpr std::chrono::milliseconds kIdleTurn{1500};

using Clock = std::chrono::steady_clock;

double to_microseconds(Clock::duration duration) {
    return std::chrono::duration<double, std::micro>(duration).count();
}

Request make_small_post() {
    return make_post("/a/path", "application/proto", std::string(kSmall, 'A'), kSmall);
}

double time_start(const Programs& programs) {
    const auto start = Clock::now();
    const Understudy understudy(programs, plan_worker(programs, "proxy:1024"));
    Caller(understudy.gateway(), make_small_post()).call(1);
    return to_microseconds(Clock::now() - start);
}

/// 100 functions with five routes each, of one HTTP API.
std::string make_template(const Programs& programs) {
    std::string text = "Transform: AWS::Serverless-2016-10-31\nResources:\n";
    for (int function = 0; function < 100; ++function) {
        const std::string name = "Function" + std::to_string(function);
        text += "  " + name +
                ":\n    Type: AWS::Serverless::Function\n    Properties:\n      Runtime: provided.al2023\n" +
                "      Handler: bootstrap\n      CodeUri: " + programs.worker + "\n      Events:\n";
        for (int route = 0; route < 5; ++route) {
            text += "        Route" + std::to_string(route) + ":\n          Type: HttpApi\n          Properties:\n" +
                    "            Path: /" + name + "/{id}/route" + std::to_string(route) +
                    "\n            Method: GET\n";
        }
    }
    return text;
}

double time_template(const Programs& programs, const std::string& file) {
    const auto start = Clock::now();
    Process server({{programs.understudy, "serve", "--port", "0", "--lambda-port", "0", "--no-watch", "--quiet", file},
                    {},
                    ProcessPlan::Errors::dropped});
    static_cast<void>(server.read_line());
    return to_microseconds(Clock::now() - start);
}

double time_true() {
    const auto start = Clock::now();
    run({{"/bin/true"}, {}, ProcessPlan::Errors::dropped});
    return to_microseconds(Clock::now() - start);
}

/// All system calls that a process makes while it answers `requests`, one after the other, and those of strace's coming
/// and going. Errors: std::runtime_error, std::system_error where strace does not do its work.
double count_calls(const Understudy& understudy, Caller& caller, int requests) {
    const TempDirectory folder;
    const std::string summary = folder.path() + "/summary";
    Process strace({{"sh", "-c", R"(exec strace -c -U calls,name -f -o "$0" -p "$1" 2>&1)", summary,
                     std::to_string(understudy.pid())},
                    {},
                    {}});
    if (const std::string line = strace.read_line(); !line.ends_with("attached")) throw std::runtime_error(line);
    caller.call(requests);
    strace.end(SIGINT);
    const auto calls = parse_call_count(read_file(summary));
    if (!calls) throw std::runtime_error("strace wrote no summary");
    return static_cast<double>(*calls);
}

/// The slope between few and many requests, which leaves out what does not depend on their number.
Measured measure_calls(const Run& run, Understudy::Log log) {
    constexpr int kFew = 200;
    const Pin pin(kServerProcessor);
    Understudy::Plan plan = plan_worker(run.programs, "proxy:1024");
    plan.log = log;
    const Understudy understudy(run.programs, plan);
    Caller caller(understudy.gateway(), make_small_post());
    caller.call(kFew);
    std::vector<double> slopes;
    try {
        for (int i = 0; i < (run.quick ? 1 : 3); ++i) {
            const double few = count_calls(understudy, caller, kFew);
            slopes.push_back((count_calls(understudy, caller, 3 * kFew) - few) / (2 * kFew));
        }
    } catch (const Interrupted&) {
        throw;
    } catch (const std::runtime_error& error) {
        return {{}, {}, std::string("strace cannot be used here: ") + error.what()};
    }
    return {to_spread(slopes), "slope between 200 and 600 requests", {}};
}

double read_resident_megabytes(const Understudy& understudy) {
    return static_cast<double>(read_status_kilobytes(understudy.pid(), "VmRSS")) / kKilobytesPerMegabyte;
}

}  // namespace

Measured measure_start(Run& run) {
    const int pairs = run.quick ? 20 : 60;
    return to_measured(measure_pairs(
                           pairs, [&run] { return time_start(run.programs); }, time_true),
                       " µs");
}

Measured measure_template(Run& run) {
    const TempDirectory folder;
    const std::string file = folder.path() + "/template.yaml";
    std::ofstream(file) << make_template(run.programs);
    return to_measured(measure_pairs(
                           run.quick ? 10 : 30, [&] { return time_template(run.programs, file); }, time_true),
                       " µs");
}

Measured measure_system_calls(Run& run) {
    return measure_calls(run, Understudy::Log::quiet);
}

Measured measure_logged_system_calls(Run& run) {
    return measure_calls(run, Understudy::Log::written);
}

Measured measure_idle_memory(Run& run) {
    const Understudy understudy(run.programs, plan_worker(run.programs, "proxy:1024"));
    const double at_start = read_resident_megabytes(understudy);
    measure_throughput(understudy.gateway(), make_small_post(), kConcurrency, std::chrono::milliseconds(100));
    Caller(understudy.gateway(), make_small_post()).call(20);
    const double busy = read_resident_megabytes(understudy);
    std::this_thread::sleep_for(kIdleTurn);
    const double idle = read_resident_megabytes(understudy);
    return {{idle, idle, idle},
            format(at_start) + " MB before the first call, " + format(busy) + " MB right behind the last",
            {}};
}

Measured measure_memory_after_bodies(Run& run) {
    const Understudy understudy(run.programs, plan_worker(run.programs, "proxy:" + std::to_string(kLarge)));
    Caller(understudy.gateway(), make_post("/", "application/proto", std::string(kLarge, 'A'), kLarge)).call(20);
    const double busy = read_resident_megabytes(understudy);
    std::this_thread::sleep_for(kIdleTurn);
    const double after = read_resident_megabytes(understudy);
    return {{after, after, after}, format(busy) + " MB right behind the last of them", {}};
}

}  // namespace understudy::bench
