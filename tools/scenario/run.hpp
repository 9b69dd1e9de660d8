#pragma once

#include "emulator/http/message.hpp"
#include "emulator/source/problem.hpp"
#include "proto/wire/metadata.hpp"
#include "tools/scenario/front.hpp"
#include "tools/scenario/result.hpp"
#include "tools/scenario/scenario.hpp"
#include "tools/scenario/start_problem.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace understudy::scenario {

/// What was seen of a function since the last look.
struct Observed {
    std::vector<std::string> log;               ///< Line by line, the platform's START, END and REPORT among them.
    std::vector<std::string> events;            ///< Those that it received, as JSON.
    std::vector<std::string> request_ids = {};  ///< Of the events, in their order, as far as they are known.
};

/// An application that answers at a URL until this is destroyed, which waits until nothing of it is left.
class RunningApplication {
  public:
    virtual ~RunningApplication() = default;

    /// The root of its API, without a slash at the end: `http://127.0.0.1:41234`.
    virtual std::string base_url() const = 0;
    /// The root of its Lambda API; empty where there is none to call.
    virtual std::string lambda_url() const = 0;
    /// What was seen since the last call. Called after each reply: waits until the lines of its invocation are there,
    /// for a short while. nullopt where nothing can be seen: it runs elsewhere.
    virtual std::optional<Observed> take_observed() = 0;
    /// Whether the next invocation goes wrong like this; false where that cannot be done: it runs elsewhere. One of
    /// kind `none` calls off what no invocation has suffered.
    virtual bool disturb_next(const lambda::Disturbance& disturbance) = 0;
    /// Forgets what was seen. Whether nothing of what was sent is still under way, so that another run may use it.
    virtual bool settle() = 0;
    /// What it is called in reports; empty where that is the front's name.
    virtual std::string name() const = 0;
    /// Those that its Lambda API knows; empty where that cannot be told.
    virtual std::vector<std::string> functions() const = 0;
};

/// A folder with files for one run, gone with this.
class RunFolder {
  public:
    virtual ~RunFolder() = default;
    virtual const std::string& path() const = 0;
};

/// A request on its way. `request.target` is the path; Host, Content-Length and Connection are the sender's.
struct Outgoing {
    std::string base_url;
    http::Request request;
    std::chrono::milliseconds timeout;
    bool over_http2 = false;  ///< By prior knowledge.
};

/// What became of it. Errors: no reply came, within the timeout or at all.
struct Arrived {
    source::Result<http::Response> reply;
    std::chrono::microseconds duration{0};
    wire::Metadata trailers = {};  ///< Of HTTP/2.
};

class WarmApplications;

/// What a run needs of the world. All block, and are called on the thread that calls `run_scenario`.
struct World {
    using Started = boost::system::result<std::unique_ptr<RunningApplication>, StartProblem>;

    /// Starts an application with one API, on free ports. An error becomes the run's problem, at its place in the file.
    std::function<Started(const app::Application&)> start_application;
    /// The same for a template's.
    std::function<Started(const TemplatePlan&)> start_template;
    /// Sends requests at the same time, and gives back the replies in their order, whatever their status.
    std::function<std::vector<Arrived>(const std::vector<Outgoing>&)> send;
    std::function<source::Result<std::unique_ptr<RunFolder>>(const std::vector<PlannedFile>&)> make_folder;
    std::function<void(std::chrono::milliseconds)> sleep;
    std::function<std::chrono::steady_clock::time_point()> now;
    std::function<std::chrono::system_clock::time_point()> wall_clock;
    std::uint64_t seed = 0;  ///< Of what generators make.
    /// Told what goes on while it does, secrets masked; may be empty. A run has begun when its application has started,
    /// or has not; it knows its name, its labels and its front then. Runs in several threads have worlds of their own,
    /// and tell it each in its thread.
    std::function<void(const RunResult& begun)> on_begin;
    std::function<void(const RunResult& begun, const StepResult&)> on_step;
    /// Applications that runs leave to others. Null: each run starts its own.
    std::shared_ptr<WarmApplications> warm;
};

/// Starts the application, sends the steps one after the other and compares what comes back. Never throws on what the
/// application does: everything is in the result. Where it passed, the application is left to later runs of the same
/// world. Each `repetition` draws other values.
RunResult run_scenario(const Scenario& scenario, Front front, const World& world, std::uint64_t repetition = 0);

}  // namespace understudy::scenario
