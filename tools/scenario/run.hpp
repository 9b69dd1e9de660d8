#pragma once

#include "emulator/app/single_function.hpp"
#include "emulator/http/message.hpp"
#include "emulator/source/problem.hpp"
#include "tools/scenario/result.hpp"
#include "tools/scenario/scenario.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace understudy::scenario {

/// What was seen of a function since the last look.
struct Observed {
    std::vector<std::string> log;     ///< Line by line, the platform's START, END and REPORT among them.
    std::vector<std::string> events;  ///< Those that it received, as JSON.
};

/// An application that answers at a URL until this is destroyed, which waits until nothing of it is left.
class RunningApplication {
  public:
    virtual ~RunningApplication() = default;

    /// The root of its only API, without a slash at the end: `http://127.0.0.1:41234`.
    virtual std::string base_url() const = 0;
    /// The root of its Lambda API.
    virtual std::string lambda_url() const = 0;
    /// What was seen since the last call. Called after each reply: waits until the lines of its invocation are there,
    /// for a short while.
    virtual Observed take_observed() = 0;
};

/// What a run needs of the world. All three block, and are called on the thread that calls `run_scenario`.
struct World {
    /// Starts an application with one API, on free ports. An error becomes the run's problem.
    std::function<source::Result<std::unique_ptr<RunningApplication>>(const app::Application&)> start_application;
    /// Sends a request to a base URL and gives back the reply, whatever its status. `target` is the path; Host,
    /// Content-Length and Connection are the sender's. Errors: no reply came, within `timeout` or at all.
    std::function<source::Result<http::Response>(const std::string& base_url, const http::Request& request,
                                                 std::chrono::milliseconds timeout)>
        send_request;
    std::function<std::chrono::steady_clock::time_point()> now;
};

/// Starts the application, sends the steps one after the other and compares what comes back. Never throws on what the
/// application does: everything is in the result.
RunResult run_scenario(const Scenario& scenario, app::FrontKind front, const World& world);

/// Runs each scenario over each of its fronts, in order, and shows each result as soon as it is there.
std::vector<RunResult> run_scenarios(std::span<const Scenario> scenarios, const World& world,
                                     const std::function<void(const RunResult&)>& on_result);

}  // namespace understudy::scenario
