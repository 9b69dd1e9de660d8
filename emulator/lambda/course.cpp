#include "emulator/lambda/course.hpp"

#include <utility>

namespace understudy::lambda {

std::chrono::system_clock::time_point Course::wall_deadline() const {
    return invocation_.invoked.value_or(begun_->wall) +
           std::chrono::duration_cast<std::chrono::system_clock::duration>(terms_.to_real(terms_.timeout));
}

bool Course::is_logged() const {
    return terms_.log == EnvironmentTerms::PlatformLog::written || invocation_.wants_log_tail;
}

void Course::flush(Actions& actions) {
    if (log_.empty()) return;
    if (invocation_.wants_log_tail) tail_.add(log_);
    if (terms_.log == EnvironmentTerms::PlatformLog::written) actions.push_back(WriteLog{std::exchange(log_, {})});
    log_.clear();
}

void Course::begin(Moment now) {
    begun_ = now;
    if (is_logged()) append_start_line(log_, invocation_.id, invocation_.version);
}

void Course::on_output(Actions& actions, std::string_view line) {
    flush(actions);
    if (invocation_.wants_log_tail) tail_.add(line);
}

void Course::answer(Actions& actions, Outcome&& outcome) {
    answered_ = true;
    if (begun_) outcome.begun = begun_->steady;
    if (invocation_.wants_log_tail) {
        held_ = std::move(outcome);
    } else {
        actions.push_back(Complete{std::move(outcome)});
    }
}

void Course::blame(std::string_view error_type) {
    if (error_type_.empty()) error_type_ = error_type;
}

void Course::add_init_report(Milliseconds init, std::string_view status, std::string_view error_type) {
    if (is_logged()) append_init_report_line(log_, init, status, error_type);
}

void Course::add_fault(const Fault& fault) {
    blame(fault.type);
    if (is_logged()) append_fault_lines(log_, invocation_.id, {error_type_, fault.message});
}

void Course::add_timeout(Moment now) {
    if (is_logged()) append_timeout_line(log_, invocation_.id, now.wall, terms_.timeout);
}

Report Course::make_report(Moment now, std::int64_t peak_memory_kilobytes) const {
    return {.duration = terms_.to_nominal(now.steady - begun_->steady),
            .init_duration = {},
            .memory_megabytes = terms_.memory_megabytes,
            .peak_memory_kilobytes = peak_memory_kilobytes,
            .status = error_type_.empty() ? "" : "error",
            .error_type = error_type_};
}

void Course::end(Actions& actions, const Report& report) {
    if (is_logged()) {
        append_end_line(log_, invocation_.id);
        append_report_line(log_, invocation_.id, report);
    }
    abandon(actions);
}

void Course::abandon(Actions& actions) {
    flush(actions);
    if (!held_) return;
    held_->log_tail = tail_.take();
    actions.push_back(Complete{std::move(*held_)});
    held_.reset();
}

}  // namespace understudy::lambda
