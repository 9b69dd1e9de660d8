#pragma once

#include "emulator/lambda/environment.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::lambda {

/// Actions as one line each, so that a test reads as a script and fails readably:
/// `reply 1: 202 {"status":"OK"}`, `start TYPE`, `pass BYTES`, `complete succeeded: BYTES`, `terminate`, `kill`,
/// `idle`, `dead`, `dead, returns ID`, `log: TEXT`, `over memory: KILOBYTES`.
std::vector<std::string> describe(const Actions& actions);

/// An environment and a clock that is turned by hand. Platform lines are off unless the terms say otherwise.
class ScriptedEnvironment {
  public:
    using Lines = std::vector<std::string>;

    ScriptedEnvironment() : ScriptedEnvironment(quiet_terms()) {}
    explicit ScriptedEnvironment(EnvironmentTerms terms) : environment(terms, now) {}

    static EnvironmentTerms quiet_terms();
    /// As quiet_terms, with platform lines.
    static EnvironmentTerms logged_terms();

    void wait(std::chrono::nanoseconds duration);

    Lines next(std::uint64_t ticket);
    Lines respond(std::uint64_t ticket, std::string id, std::string body);
    Lines post_error(std::uint64_t ticket, std::string id, std::string body);
    Lines post_init_error(std::uint64_t ticket, std::string body, std::string type = "");
    Lines call(std::uint64_t ticket, RuntimeCall call);
    Lines invoke(std::string id);
    Lines invoke(Invocation invocation);
    Lines output(std::string_view line) { return describe(environment.on_output(line)); }
    Lines exit(int code);
    Lines die(int signal);
    Lines fail_spawn(const SpawnFailure& failure) { return describe(environment.on_spawn_failed(failure, now)); }
    Lines reach_deadline();
    Lines stop() { return describe(environment.on_stop(now, peak_memory_kilobytes)); }

    /// Brings the environment to `state`, with an invocation `id-1` where the state has one. Tickets from 100 are used.
    void bring_to(RuntimeState state);

    Moment now{std::chrono::steady_clock::time_point(std::chrono::hours(1)),
               std::chrono::system_clock::time_point(std::chrono::milliseconds(1'700'000'000'000))};
    std::int64_t peak_memory_kilobytes = 36 * 1024;
    Environment environment;
};

Invocation make_invocation(std::string id);

}  // namespace understudy::lambda
