#include "emulator/lambda/environment.hpp"

#include "emulator/app/reply_limit.hpp"
#include "emulator/lambda/extension_call.hpp"
#include "emulator/lambda/overloaded.hpp"
#include "emulator/lambda/posted.hpp"
#include "emulator/lambda/runtime_reply.hpp"

#include <utility>

namespace understudy::lambda {
namespace {

/// AWS's limit of an init on demand.
constexpr std::chrono::milliseconds kInitLimit{10'000};
/// What a runtime gets, in real time, to write its last words and exit after it has posted an init error.
constexpr std::chrono::milliseconds kInitErrorGrace{500};
/// The fault of a runtime that names a response mode other than `streaming`.
constexpr const char* kInvalidMode = "Runtime.InvalidResponseModeHeader";
/// More than one input ever yields.
constexpr std::size_t kActionsAtOnce = 4;

/// Where an upload of this kind leads, as 403 messages show it.
std::string_view next_state(FailedUpload::Kind kind) {
    return kind == FailedUpload::Kind::response ? "InvocationResponse" : "InvocationErrorResponse";
}

}  // namespace

std::string_view to_string(RuntimeState state) {
    switch (state) {
        case RuntimeState::init_error:
            return "InitError";
        case RuntimeState::ready:
            return "Ready";
        case RuntimeState::running:
            return "Running";
        case RuntimeState::invocation_response:
            return "InvocationResponse";
        case RuntimeState::response_sent:
            return "RuntimeResponseSentState";
        case RuntimeState::started:
        case RuntimeState::killed:
        case RuntimeState::exited:
            break;
    }
    return "Started";
}

void Environment::begin(Moment now) {
    course_->begin(now);
    deadline_ = now.steady + terms_.to_real(terms_.timeout);
}

void Environment::deliver(Actions& actions, Ticket ticket) {
    state_ = RuntimeState::running;
    unread_ = false;
    delivery_ = ticket;
    actions.push_back(Reply{ticket, render_event(course_->invocation(), course_->wall_deadline())});
}

void Environment::end(Actions& actions, Moment now, std::int64_t peak_memory_kilobytes) {
    Report report = course_->make_report(now, peak_memory_kilobytes);
    report.init_duration = std::exchange(init_, std::nullopt);
    close(actions, report);
}

/// The peak is the environment's, and stays what it once was.
void Environment::close(Actions& actions, const Report& report) {
    course_->end(actions, report);
    course_.reset();
    deadline_.reset();
    const bool over = report.peak_memory_kilobytes > std::int64_t{1024} * report.memory_megabytes;
    if (over && !std::exchange(over_memory_, true)) actions.push_back(OverMemory{report.peak_memory_kilobytes});
}

bool Environment::makes_report(const RuntimeCall& call) const {
    if (!course_ || !course_->is_logged()) return false;
    return std::holds_alternative<Next>(call)        ? state_ == RuntimeState::response_sent
           : std::holds_alternative<InitError>(call) ? state_ == RuntimeState::started
                                                     : false;
}

Actions Environment::on_call(RuntimeCall&& call, Ticket ticket, Moment now, std::int64_t peak_memory_kilobytes) {
    return std::visit(
        Overloaded{
            [&](Next) { return on_next(ticket, now, peak_memory_kilobytes); },
            [&](InvocationResponse&& response) { return on_response(std::move(response), ticket); },
            [&](StreamBegin&& begin) { return on_stream_begin(std::move(begin), ticket); },
            [&](StreamBytes bytes) { return on_stream_bytes(bytes, ticket); },
            [&](StreamEnd&& end) { return on_stream_end(std::move(end), ticket); },
            [&](StreamCut) { return on_stream_cut(ticket); },
            [&](InvocationError&& error) { return on_error(std::move(error), ticket); },
            [&](const FailedUpload& upload) { return on_failed_upload(upload, ticket); },
            [&](InitError&& error) { return on_init_error(std::move(error), ticket, now, peak_memory_kilobytes); },
            [&](RegisterExtension) { return on_register(ticket); },
            [](ExtensionNext) { return Actions(); },
            [&](Ping) {
                return Actions{Reply{ticket, render_pong()}};
            },
            [&](const FixedCall& fixed) {
                return Actions{Reply{ticket, render_fixed(fixed)}};
            },
        },
        std::move(call));
}

Actions Environment::on_next(Ticket ticket, Moment now, std::int64_t peak_memory_kilobytes) {
    Actions actions;
    actions.reserve(kActionsAtOnce);
    switch (state_) {
        case RuntimeState::running:
            deliver(actions, ticket);
            return actions;
        case RuntimeState::init_error:
        case RuntimeState::invocation_response:
            actions.push_back(Reply{ticket, render_invalid_transition(to_string(state_), "Ready")});
            return actions;
        case RuntimeState::killed:
        case RuntimeState::exited:
            return actions;
        case RuntimeState::ready:
            break;
        case RuntimeState::started:
            init_ = terms_.to_nominal(now.steady - spawned_.steady);
            deadline_.reset();
            if (course_) begin(now);
            break;
        case RuntimeState::response_sent:
            end(actions, now, peak_memory_kilobytes);
            break;
    }
    if (course_) {
        deliver(actions, ticket);
        return actions;
    }
    waiters_.push_back(ticket);
    if (std::exchange(state_, RuntimeState::ready) != RuntimeState::ready) actions.push_back(Idle{});
    return actions;
}

std::optional<http::Response> Environment::refuse(std::string_view id, std::string_view next_state) const {
    if (!course_ || course_->invocation().id != id) return render_invalid_request_id();
    if (state_ != RuntimeState::running) return render_invalid_transition(to_string(state_), next_state);
    return std::nullopt;
}

Actions Environment::on_response(InvocationResponse&& call, Ticket ticket) {
    if (auto refusal = refuse(call.id, "InvocationResponse")) return {Reply{ticket, std::move(*refusal)}};
    Actions actions;
    actions.reserve(kActionsAtOnce);
    if (!call.response_mode.empty() && call.response_mode != "streaming") {
        state_ = RuntimeState::invocation_response;
        course_->blame(kInvalidMode);
        course_->answer(actions, {.kind = OutcomeKind::function_error,
                                  .payload = {},
                                  .content_type = std::move(call.content_type),
                                  .error_type = kInvalidMode});
        actions.push_back(Reply{ticket, render_invalid_response_mode()});
        return actions;
    }
    state_ = RuntimeState::response_sent;
    if (call.body.size() > app::kMostReplyBytes) {
        course_->answer(actions, oversized_outcome(call.body.size()));
        actions.push_back(Reply{ticket, render_too_large()});
        return actions;
    }
    course_->answer(actions, to_outcome(std::move(call)));
    actions.push_back(Reply{ticket, render_accepted()});
    return actions;
}

Actions Environment::on_error(InvocationError&& call, Ticket ticket) {
    if (auto refusal = refuse(call.id, "InvocationErrorResponse")) return {Reply{ticket, std::move(*refusal)}};
    Actions actions;
    state_ = RuntimeState::response_sent;
    course_->answer(actions, to_outcome(std::move(call)));
    actions.push_back(Reply{ticket, render_accepted()});
    return actions;
}

/// The runtime may go on: RIE's state is the one after a response (internal/lambda/rapi/handler/invocationresponse.go).
/// One that is too large to be read is as one that was read whole and is over the limit.
Actions Environment::on_failed_upload(const FailedUpload& call, Ticket ticket) {
    if (auto refusal = refuse(call.id, next_state(call.kind))) return {Reply{ticket, std::move(*refusal)}};
    Actions actions;
    state_ = RuntimeState::response_sent;
    if (call.reason == FailedUpload::Reason::too_large) {
        course_->answer(actions, oversized_outcome(0));
        actions.push_back(Reply{ticket, render_too_large()});
        return actions;
    }
    const Fault fault = truncated_fault();
    course_->blame(fault.type);
    course_->answer(actions, to_outcome(fault, call.id));
    actions.push_back(Reply{ticket, render_truncated()});
    return actions;
}

Actions Environment::on_init_error(InitError&& call, Ticket ticket, Moment now, std::int64_t peak_memory_kilobytes) {
    if (state_ != RuntimeState::started) {
        return {Reply{ticket, render_invalid_transition(to_string(state_), "InitError")}};
    }
    Actions actions;
    actions.push_back(Reply{ticket, render_accepted()});
    const Fault fault = reported_fault(call.error_type);
    if (course_) fail_init(actions, fault, to_outcome(std::move(call)), now, peak_memory_kilobytes);
    state_ = RuntimeState::init_error;
    deadline_ = now.steady + kInitErrorGrace;
    return actions;
}

/// Rule: the runtime's first `next` closes the registration (aws/aws-lambda-runtime-interface-emulator
/// internal/lambda/rapid/handlers.go).
/// Tested by: EnvironmentStates.RegisterInEveryState
Actions Environment::on_register(Ticket ticket) {
    const bool open = state_ == RuntimeState::started || state_ == RuntimeState::init_error;
    if (!open) return {Reply{ticket, render_registration_closed()}};
    has_extension_ = true;
    return {Reply{ticket, render_registered(terms_.registration ? *terms_.registration : "{}")}};
}

void Environment::on_warm_up(Moment now) {
    deadline_ = now.steady + terms_.to_real(kInitLimit);
}

Actions Environment::on_invoke(Invocation&& invocation, Moment now) {
    Actions actions;
    course_.emplace(terms_, std::move(invocation));
    came_to_idle_ = state_ != RuntimeState::started;
    unread_ = true;
    if (!came_to_idle_) {
        deadline_ = now.steady + terms_.to_real(kInitLimit + terms_.timeout);
        return actions;
    }
    begin(now);
    if (!waiters_.empty()) {
        const Ticket ticket = waiters_.front();
        waiters_.erase(waiters_.begin());
        deliver(actions, ticket);
    }
    return actions;
}

Actions Environment::on_output(std::string_view line) {
    Actions actions;
    if (course_) course_->on_output(actions, line);
    return actions;
}

}  // namespace understudy::lambda
