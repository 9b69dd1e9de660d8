// How an environment ends: exits, failed spawns, deadlines, the emulator's stop.

#include "emulator/lambda/environment.hpp"

#include <utility>

namespace understudy::lambda {
namespace {

/// What a process with an extension in it gets between SIGTERM and SIGKILL, in real time.
constexpr std::chrono::milliseconds kShutdownLimit{500};

bool is_finished(RuntimeState state) {
    return state == RuntimeState::killed || state == RuntimeState::exited;
}

}  // namespace

void Environment::fail(Actions& actions, const Fault& fault, Moment now, std::int64_t peak_memory_kilobytes) {
    course_->add_fault(fault);
    if (!course_->answered()) course_->answer(actions, to_outcome(fault, course_->invocation().id));
    end(actions, now, peak_memory_kilobytes);
}

void Environment::fail_init(Actions& actions, const Fault& fault, Outcome&& outcome, Moment now,
                            std::int64_t peak_memory_kilobytes) {
    const Milliseconds init = terms_.to_nominal(now.steady - spawned_.steady);
    course_->add_init_report(init, "error", fault.type);
    course_->begin(now);
    course_->add_fault(fault);
    course_->answer(actions, std::move(outcome));
    Report report = course_->make_report(now, peak_memory_kilobytes);
    report.duration = init;
    close(actions, report);
}

/// Whether a runtime that ends now was dead, or as good as dead, when an event came to it. What was to suffer from a
/// disturbance has suffered. A runtime that was started for its invocation takes that along: it may die of it again.
bool Environment::never_had_event() const {
    return course_ && came_to_idle_ && unread_ && !course_->answered() &&
           course_->invocation().disturbance.kind == Disturbance::Kind::none;
}

Actions Environment::finish(const Fault& fault, Moment now, std::int64_t peak_memory_kilobytes) {
    Actions actions;
    if (state_ == RuntimeState::exited) return actions;
    std::shared_ptr<Invocation> returned;
    if (never_had_event()) {
        returned = std::make_shared<Invocation>(std::move(*course_).take_invocation());
        course_.reset();
    }
    if (course_ && state_ == RuntimeState::started) {
        fail_init(actions, fault, to_outcome(fault, course_->invocation().id), now, peak_memory_kilobytes);
    } else if (course_) {
        fail(actions, fault, now, peak_memory_kilobytes);
    }
    state_ = RuntimeState::exited;
    waiters_.clear();
    deadline_.reset();
    actions.push_back(Dead{std::move(returned)});
    return actions;
}

Actions Environment::on_exit(const ExitStatus& status, Moment now, std::int64_t peak_memory_kilobytes) {
    return finish(to_fault(status), now, peak_memory_kilobytes);
}

Actions Environment::on_spawn_failed(const SpawnFailure& failure, Moment now) {
    return finish(to_fault(failure), now, 0);
}

Actions Environment::on_deadline(Moment now, std::int64_t peak_memory_kilobytes) {
    Actions actions;
    if (!deadline_ || now.steady < *deadline_) return actions;
    deadline_.reset();
    if (course_) time_out(actions, now, peak_memory_kilobytes);
    shut_down(actions, now);
    return actions;
}

/// Rule: SIGTERM comes to a process with an extension in it, and SIGKILL half a second later; all others get SIGKILL
/// alone (docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api).
/// Tested by: EnvironmentEnd.WithAnExtensionTheProcessIsToldBeforeItIsKilled
void Environment::shut_down(Actions& actions, Moment now) {
    waiters_.clear();
    deadline_.reset();
    const bool told = std::exchange(state_, RuntimeState::killed) == RuntimeState::killed;
    if (!has_extension_ || told) return actions.push_back(Kill{});
    deadline_ = now.steady + kShutdownLimit;
    actions.push_back(Terminate{});
}

void Environment::time_out(Actions& actions, Moment now, std::int64_t peak_memory_kilobytes) {
    if (!course_->begun()) {
        course_->add_init_report(terms_.to_nominal(now.steady - spawned_.steady), "timeout", "");
        course_->begin(now);
    }
    course_->add_timeout(now);
    if (!course_->answered()) {
        course_->answer(actions, to_outcome(timeout_fault(terms_.timeout), course_->invocation().id));
    }
    Report report = course_->make_report(now, peak_memory_kilobytes);
    report.duration = terms_.timeout;
    report.init_duration = std::exchange(init_, std::nullopt);
    report.status = "timeout";
    report.error_type.clear();
    close(actions, report);
}

void Environment::on_caller_gone(Ticket ticket) {
    std::erase(waiters_, ticket);
}

void Environment::on_reply_unread(Ticket ticket) {
    if (state_ == RuntimeState::running && ticket == delivery_) unread_ = true;
}

Actions Environment::on_stop(Moment now, std::int64_t peak_memory_kilobytes) {
    Actions actions;
    if (is_finished(state_)) return actions;
    if (course_ && course_->answered()) {
        end(actions, now, peak_memory_kilobytes);
    } else if (course_) {
        course_->answer(actions, stopped_outcome(course_->invocation().id));
        course_->abandon(actions);
        course_.reset();
    }
    shut_down(actions, now);
    return actions;
}

}  // namespace understudy::lambda
