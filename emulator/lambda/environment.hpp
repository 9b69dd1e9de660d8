#pragma once

#include "emulator/lambda/actions.hpp"
#include "emulator/lambda/course.hpp"
#include "emulator/lambda/environment_terms.hpp"
#include "emulator/lambda/failure.hpp"
#include "emulator/lambda/invocation.hpp"
#include "emulator/lambda/moment.hpp"
#include "emulator/lambda/runtime_call.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace understudy::lambda {

/// The state of the runtime in its environment (aws/aws-lambda-runtime-interface-emulator
/// internal/lambda/core/states.go), and what it becomes when the process is gone.
enum class RuntimeState : std::uint8_t {
    started,              ///< Spawned; has called nothing.
    init_error,           ///< Has posted an init error.
    ready,                ///< Waits in `/next`.
    running,              ///< Has an event.
    invocation_response,  ///< Posted a response that was refused; cannot go on.
    response_sent,        ///< Has posted its response or error; has not called `/next` yet.
    killed,               ///< Is being ended: SIGTERM was sent, or SIGKILL.
    exited,
};
/// RIE's name, as 403 messages show it.
std::string_view to_string(RuntimeState state);

/// One execution environment: the state machine of the runtime and of its process. Decides only; the owner performs the
/// actions in their order. A value without references; the owner destroys it after `Dead`.
class Environment {
  public:
    /// The process is being spawned now; its init is timed from here.
    Environment(EnvironmentTerms terms, Moment spawned) : terms_(terms), spawned_(spawned) {}

    /// The runtime called. `peak_memory_kilobytes` is used only where `makes_report(call)`.
    [[nodiscard]] Actions on_call(RuntimeCall&& call, Ticket ticket, Moment now, std::int64_t peak_memory_kilobytes);
    /// Whether this call ends an invocation whose REPORT somebody reads, so that the peak memory is needed.
    bool makes_report(const RuntimeCall& call) const;
    /// Whether this is the runtime's first `next`. What its memory came to by then is all that the REPORT of an
    /// invocation can tell whose runtime ends in it.
    bool ends_init(const RuntimeCall& call) const {
        return state_ == RuntimeState::started && std::holds_alternative<Next>(call);
    }

    /// Nobody has asked for it yet: its init alone is limited. To be called before any other input.
    void on_warm_up(Moment now);
    /// Precondition: the environment is idle, or it was just made, has no invocation yet and no input has told that its
    /// spawn failed or its process exited.
    [[nodiscard]] Actions on_invoke(Invocation&& invocation, Moment now);
    /// The process wrote a line (its newline included) to stdout or stderr. Returns the platform's lines that come
    /// before it; the function's own line is for the owner to write.
    [[nodiscard]] Actions on_output(std::string_view line);
    [[nodiscard]] Actions on_spawn_failed(const SpawnFailure& failure, Moment now);
    [[nodiscard]] Actions on_exit(const ExitStatus& status, Moment now, std::int64_t peak_memory_kilobytes);
    /// Does nothing before `deadline()`, so that one lazily set timer serves all environments.
    [[nodiscard]] Actions on_deadline(Moment now, std::int64_t peak_memory_kilobytes);
    /// The connection of a parked call is gone.
    void on_caller_gone(Ticket ticket);
    /// The connection of an answered call broke before the runtime had read the answer.
    void on_reply_unread(Ticket ticket);
    /// The environment is not needed any more: whoever waits gets an answer, an invocation that is answered ends, the
    /// process is ended. The peak memory is used only where `owes_report()`.
    [[nodiscard]] Actions on_stop(Moment now, std::int64_t peak_memory_kilobytes);

    /// When `on_deadline` is due; nullopt while nothing runs.
    std::optional<std::chrono::steady_clock::time_point> deadline() const { return deadline_; }
    RuntimeState state() const { return state_; }
    /// Whether the invocation's caller takes a reply as it is written.
    bool streams() const { return course_ && course_->invocation().reply == ReplyMode::streamed; }
    /// Until when the process has time to end by itself, which it was told to; nullopt where it was not.
    std::optional<std::chrono::steady_clock::time_point> last_moment() const {
        return state_ == RuntimeState::killed ? deadline_ : std::nullopt;
    }
    /// Whether a response in pieces is arriving.
    bool is_uploading() const { return upload_.has_value(); }
    /// Whether an invocation is answered whose REPORT somebody reads, and has not ended yet.
    bool owes_report() const { return course_ && course_->answered() && course_->is_logged(); }
    /// Whether the invocation's caller wants the end of its log.
    bool wants_log_tail() const { return course_ && course_->invocation().wants_log_tail; }

  private:
    Actions on_next(Ticket ticket, Moment now, std::int64_t peak_memory_kilobytes);
    Actions on_response(InvocationResponse&& call, Ticket ticket);
    Actions on_stream_begin(StreamBegin&& call, Ticket ticket);
    Actions on_stream_bytes(StreamBytes call, Ticket ticket);
    Actions on_stream_end(StreamEnd&& call, Ticket ticket);
    Actions on_stream_cut(Ticket ticket);
    bool is_streaming(Ticket ticket) const;
    Actions on_error(InvocationError&& call, Ticket ticket);
    Actions on_failed_upload(const FailedUpload& call, Ticket ticket);
    Actions on_init_error(InitError&& call, Ticket ticket, Moment now, std::int64_t peak_memory_kilobytes);
    Actions on_register(Ticket ticket);
    /// The refusal of a call that names an invocation: 400 before 403; nullopt where the call is allowed.
    std::optional<http::Response> refuse(std::string_view id, std::string_view next_state) const;
    void begin(Moment now);
    void deliver(Actions& actions, Ticket ticket);
    bool never_had_event() const;
    void end(Actions& actions, Moment now, std::int64_t peak_memory_kilobytes);
    void close(Actions& actions, const Report& report);
    void fail(Actions& actions, const Fault& fault, Moment now, std::int64_t peak_memory_kilobytes);
    void fail_init(Actions& actions, const Fault& fault, Outcome&& outcome, Moment now,
                   std::int64_t peak_memory_kilobytes);
    Actions finish(const Fault& fault, Moment now, std::int64_t peak_memory_kilobytes);
    void shut_down(Actions& actions, Moment now);
    void time_out(Actions& actions, Moment now, std::int64_t peak_memory_kilobytes);

    EnvironmentTerms terms_;
    Moment spawned_;
    RuntimeState state_ = RuntimeState::started;
    std::vector<Ticket> waiters_;  ///< Parked in `/next`, oldest first.
    /// The response that is arriving in pieces.
    struct Upload {
        Ticket ticket{};
        std::uint64_t size = 0;
    };
    std::optional<Upload> upload_;
    std::optional<Course> course_;
    bool came_to_idle_ = false;         ///< The course's event was meant for a runtime that waited in `/next`.
    bool unread_ = false;               ///< It has not been fetched, or not been read whole, as far as is known.
    Ticket delivery_{};                 ///< The last answer that held it.
    bool over_memory_ = false;          ///< It has been told.
    bool has_extension_ = false;        ///< One within its process has registered.
    std::optional<Milliseconds> init_;  ///< Until the first REPORT has told it.
    std::optional<std::chrono::steady_clock::time_point> deadline_;
};

}  // namespace understudy::lambda
