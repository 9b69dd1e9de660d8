#pragma once

#include "emulator/app/application.hpp"
#include "emulator/hosted_runtime.hpp"
#include "emulator/lambda/disturbance.hpp"
#include "emulator/lambda/environment.hpp"
#include "emulator/lambda/variables.hpp"
#include "emulator/net/deadlines.hpp"
#include "emulator/net/runtime_api.hpp"
#include "emulator/process/kept_code.hpp"
#include "emulator/process/sandbox.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy {

/// How a function's environments are started.
struct EnvironmentPlan {
    const app::Application& application;
    app::Function function;
    std::string version;  ///< What the function is told that it is.
    lambda::EnvironmentTerms terms;
    lambda::Credentials credentials;
    std::string lambda_endpoint;  ///< Empty: not named to the function.
    /// Where our gateway answers; empty before it does. Null: not named to the function.
    const std::string* gateway = nullptr;
    std::string search_path;          ///< The emulator's own PATH.
    StartRuntime start_runtime = {};  ///< Where there is one, in place of a process.
    process::KeptCode code{};  ///< Where there is one, what environments start with until the function is replaced.
};

/// One execution environment at work: its Runtime API listener, its process and its deadline, driven by the state
/// machine `lambda::Environment`. Holds no rule: it feeds inputs and performs actions.
///
/// Lifetime: `plan` and `deadlines` outlive it. It may be destroyed from within no event but `on_dead`'s aftermath: the
/// owner destroys it in a turn of the event loop of its own.
class RunningEnvironment {
  public:
    struct Events {
        std::function<void(const std::string& content_type)> on_reply_started;  ///< Streamed replies only.
        std::function<void(std::string_view bytes)> on_reply_bytes;
        std::function<bool(std::function<void()> resume)> hold;  ///< `net::StreamSink::hold`
        std::function<void(lambda::Outcome&&)> on_complete;
        std::function<void()> on_idle;
        /// The last event. An invocation that comes with it is to be placed again (`lambda::Dead`).
        std::function<void(std::shared_ptr<lambda::Invocation>&& returned)> on_dead;
        std::function<void(std::string_view lines)> on_log;
        std::function<void(std::int64_t peak_kilobytes)> on_over_memory;  ///< `lambda::OverMemory`
        std::function<void()> on_shortage = {};                           ///< File descriptors have run out.
    };

    RunningEnvironment(boost::asio::io_context& context, const EnvironmentPlan& plan, net::Deadlines& deadlines,
                       Events events);
    ~RunningEnvironment();
    RunningEnvironment(const RunningEnvironment&) = delete;
    RunningEnvironment& operator=(const RunningEnvironment&) = delete;

    /// Opens the listener and starts the process. To be called after `invoke` (a failure is that invocation's outcome)
    /// or after `warm_up`.
    void start(const std::string& log_stream_name);
    void invoke(lambda::Invocation&& invocation);
    /// No invocation waits: the init has its own limit.
    void warm_up();
    /// Nobody needs it any more. The process is killed, or told to end: `on_dead` follows all the same.
    void stop();
    /// Waits, without the loop, while a process that was told has time to end by itself.
    void await_end();

  private:
    void refuse_start(const source::Problem& problem);
    void tell_shortage();
    void start_hosted(const std::string& runtime_api, const std::string& log_stream_name);
    void end_hosted(lambda::ExitStatus status);
    void signal_group(int signal);
    void terminate();
    std::vector<std::string> to_variables(const std::string& runtime_api, const std::string& log_stream_name) const;
    void on_call(lambda::RuntimeCall&& call, lambda::Ticket ticket);
    void take_call(lambda::RuntimeCall&& call, lambda::Ticket ticket);
    void disturb_reply(lambda::InvocationResponse& response);
    std::optional<std::chrono::milliseconds> take_delay(const lambda::RuntimeCall& call);
    bool hold_process();
    void delay_call(lambda::RuntimeCall&& call, lambda::Ticket ticket, std::chrono::milliseconds time);
    void disturb_process();
    void stand_still(std::chrono::milliseconds time);
    void settle_next(lambda::Ticket ticket, int turns);
    void on_line(std::string_view line);
    void settle_exit(const process::Exit& exit, int turns);
    void on_exit(const process::Exit& exit);
    void on_deadline();
    void perform(lambda::Actions&& actions);
    void watch_deadline();
    process::SandboxSpec to_spec(const std::string& runtime_api, const std::string& log_stream_name) const;

    boost::asio::io_context& context_;
    const EnvironmentPlan& plan_;
    net::Deadlines& deadlines_;
    Events events_;
    lambda::Environment environment_;
    net::RuntimeApi runtime_api_;
    process::Sandbox sandbox_;
    bool hosted_ended_ = false;
    lambda::Disturbance disturbance_;  ///< Of the invocation, until it has come.
    std::optional<net::Deadlines::Handle> deadline_;
    std::vector<lambda::Ticket> settling_;  ///< Calls of `/next` that wait for a response's end, or are delayed.
    std::shared_ptr<const bool> alive_ = std::make_shared<const bool>(true);
};

}  // namespace understudy
