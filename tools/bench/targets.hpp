#pragma once

#include "tools/bench/process.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace understudy::bench {

/// Paths of the programs that are measured: those beside our own.
struct Programs {
    std::string understudy;
    std::string bootstrap;
    std::string loggen;
    std::string relay;
    std::string worker;
    std::string recorder;
};
Programs find_programs();

/// Workers, and connections, that both sides are measured with.
inline constexpr int kWorkers = 4;
inline constexpr int kConcurrency = 16;

/// The reference with its workers, ready to be called.
class Relay {
  public:
    /// `reply`: what the workers answer, as BENCH_REPLY has it.
    Relay(const Programs& programs, const std::string& reply);

    std::uint16_t port() const { return port_; }
    std::uint64_t read_cpu_time() const;

  private:
    Process server_;
    std::uint16_t port_ = 0;
    std::vector<Process> workers_;
};

/// `understudy serve` with a function, ready to be called.
class Understudy {
  public:
    enum class Log : unsigned char { quiet, written };
    struct Plan {
        Log log = Log::quiet;
        int environments = kWorkers;
        std::string variable;  ///< NAME=VALUE for the function.
        std::vector<std::string> command;
        std::string recording = {};  ///< A file; empty: nothing is recorded.
    };
    Understudy(const Programs& programs, const Plan& plan);

    std::uint16_t gateway() const { return gateway_; }
    std::uint16_t lambda() const { return lambda_; }
    pid_t pid() const { return server_.pid(); }
    /// Of itself and its workers.
    std::uint64_t read_cpu_time() const;

  private:
    Process server_;
    std::uint16_t gateway_ = 0;
    std::uint16_t lambda_ = 0;
};

/// What most rows run: the bare worker, quiet.
Understudy::Plan plan_worker(const Programs& programs, const std::string& reply);

}  // namespace understudy::bench
