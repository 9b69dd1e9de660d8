#pragma once

#include "emulator/lambda/actions.hpp"
#include "emulator/lambda/environment_terms.hpp"
#include "emulator/lambda/failure.hpp"
#include "emulator/lambda/invocation.hpp"
#include "emulator/lambda/log_lines.hpp"
#include "emulator/lambda/moment.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace understudy::lambda {

/// The course of one invocation in its environment: when it began, what its log says, whether its caller has its
/// outcome.
class Course {
  public:
    Course(const EnvironmentTerms& terms, Invocation&& invocation)
        : terms_(terms), invocation_(std::move(invocation)) {}

    const Invocation& invocation() const { return invocation_; }
    /// As it came; what was logged of it so far is forgotten.
    Invocation take_invocation() && { return std::move(invocation_); }
    bool begun() const { return begun_.has_value(); }
    bool answered() const { return answered_; }
    /// Whether anybody reads the platform's lines.
    bool is_logged() const;
    std::chrono::system_clock::time_point wall_deadline() const;

    /// The runtime is ready: the function's timeout runs from here. Precedes everything below but `add_init_report`.
    void begin(Moment now);
    /// The process wrote a line: START goes out before it, and both go to the tail.
    void on_output(Actions& actions, std::string_view line);
    /// The caller's outcome is known. It goes out now, or with the log's tail where the caller wants one.
    void answer(Actions& actions, Outcome&& outcome);
    /// A platform's fault for the fault lines and the REPORT; the first one stays.
    void blame(std::string_view error_type);

    void add_init_report(Milliseconds init, std::string_view status, std::string_view error_type);
    /// What ended the environment, in the fault's own words and under the first one's type.
    void add_fault(const Fault& fault);
    void add_timeout(Moment now);
    /// A report of what is known so far; a blamed fault gives it the status `error`.
    Report make_report(Moment now, std::int64_t peak_memory_kilobytes) const;
    /// END and REPORT; the held outcome goes out with the tail.
    void end(Actions& actions, const Report& report);
    /// What was logged so far goes out, and the held outcome; there will be no REPORT.
    void abandon(Actions& actions);

  private:
    void flush(Actions& actions);

    EnvironmentTerms terms_;
    Invocation invocation_;
    std::optional<Moment> begun_;
    bool answered_ = false;
    std::string error_type_;
    std::optional<Outcome> held_;
    std::string log_;  ///< Platform lines that wait for the next write.
    LogTail tail_;
};

}  // namespace understudy::lambda
