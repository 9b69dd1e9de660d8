#pragma once

#include "emulator/app/single_function.hpp"
#include "tools/bench/statistics.hpp"
#include "tools/bench/targets.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace understudy::bench {

/// The load generator's processor, and the one of everything that is measured.
inline constexpr int kLoadProcessor = 0;
inline constexpr int kServerProcessor = 1;

/// Sizes of bodies, in bytes.
inline constexpr std::size_t kSmall = 1024;
inline constexpr std::size_t kLarge = 4'400'000;

class LogFolders;

/// What a row finds when it is measured.
struct Run {
    Programs programs;
    std::string source;
    bool quick = false;
    std::shared_ptr<LogFolders> logs;  ///< Made by the first row that needs them.
};

/// What a row found.
struct Measured {
    Spread value;
    std::string detail;   ///< What is behind the value, for people.
    std::string skipped;  ///< Why nothing was measured; empty where something was.
};

/// A goal, and how to see whether it is met.
struct Row {
    enum class Bound : unsigned char { at_least, at_most };
    enum class When : unsigned char {
        always,
        full,
        asked
    };  ///< full: not with --quick; asked: only by its name or option.

    std::string_view name;
    std::string_view what;
    Bound bound;
    double goal;
    std::string_view unit;
    When when;
    Measured (*measure)(Run& run);
};

/// All of them, in the order of the report.
std::span<const Row> rows();

// Speed against the relay, and against an exchange without one.
Measured measure_capacity(Run& run);
Measured measure_recording(Run& run);
Measured measure_latency(Run& run);
Measured measure_latency_in_exchanges(Run& run);
Measured measure_bodies_75_kb(Run& run);
Measured measure_bodies_4_mb(Run& run);
Measured measure_invoke_4_mb(Run& run);
Measured measure_recorder(Run& run);
// What a start and an invocation cost.
Measured measure_start(Run& run);
Measured measure_system_calls(Run& run);
Measured measure_logged_system_calls(Run& run);
Measured measure_idle_memory(Run& run);
Measured measure_memory_after_bodies(Run& run);
Measured measure_template(Run& run);
// What the front doors do without the network, in encodings of 1 KB in base64.
template <app::FrontKind front>
Measured measure_event(Run& run);
template <app::FrontKind front>
Measured measure_reply(Run& run);
Measured measure_route(Run& run);
// Scenario files.
Measured measure_scenarios(Run& run);
Measured measure_scenario_loading(Run& run);
Measured measure_first_verdict(Run& run);
// The example's handler.
Measured measure_window(Run& run);
Measured measure_window_memory(Run& run);
// Recorded traffic.
Measured measure_replay(Run& run);
// The sources.
Measured measure_build(Run& run);

}  // namespace understudy::bench
