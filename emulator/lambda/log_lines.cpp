#include "emulator/lambda/log_lines.hpp"

#include "emulator/source/utc_time.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace understudy::lambda {
namespace {

void append_milliseconds(std::string& log, Milliseconds duration) {
    std::array<char, 64> digits{};
    const auto [end, error] =
        std::to_chars(digits.data(), digits.data() + digits.size(), duration.count(), std::chars_format::fixed, 2);
    log.append(digits.data(), end).append(" ms");
}

/// Counted in nanoseconds, so that the sum of two fractions does not push a whole number over its edge.
std::int64_t billed_milliseconds(const Report& report) {
    constexpr std::int64_t kNanosecondsPerMillisecond = 1'000'000;
    const Milliseconds total = report.duration + report.init_duration.value_or(Milliseconds{});
    const std::int64_t nanoseconds = std::llround(total.count() * kNanosecondsPerMillisecond);
    return (nanoseconds + kNanosecondsPerMillisecond - 1) / kNanosecondsPerMillisecond;
}

void append_status(std::string& log, std::string_view status, std::string_view error_type) {
    log.append("\tStatus: ").append(status);
    if (!error_type.empty()) log.append("\tError Type: ").append(error_type);
}

}  // namespace

void append_start_line(std::string& log, std::string_view id, std::string_view version) {
    log.append("START RequestId: ").append(id).append(" Version: ").append(version).append("\n");
}

void append_end_line(std::string& log, std::string_view id) {
    log.append("END RequestId: ").append(id).append("\n");
}

void append_report_line(std::string& log, std::string_view id, const Report& report) {
    log.append("REPORT RequestId: ").append(id).append("\tDuration: ");
    append_milliseconds(log, report.duration);
    log.append("\tBilled Duration: ").append(std::to_string(billed_milliseconds(report)));
    log.append(" ms\tMemory Size: ").append(std::to_string(report.memory_megabytes));
    log.append(" MB\tMax Memory Used: ").append(std::to_string((report.peak_memory_kilobytes + 1023) / 1024));
    log.append(" MB");
    if (report.init_duration) {
        log.append("\tInit Duration: ");
        append_milliseconds(log, *report.init_duration);
    }
    if (report.status.empty()) {
        log += '\t';
    } else {
        append_status(log, report.status, report.error_type);
    }
    log += '\n';
}

void append_init_report_line(std::string& log, Milliseconds init, std::string_view status,
                             std::string_view error_type) {
    log.append("INIT_REPORT Init Duration: ");
    append_milliseconds(log, init);
    log.append("\tPhase: init");
    append_status(log, status, error_type);
    log += '\n';
}

void append_fault_lines(std::string& log, std::string_view id, const Fault& fault) {
    if (fault.message.empty()) {
        log += "Unknown application error occurred\n";
    } else {
        log.append("RequestId: ").append(id).append(" Error: ").append(fault.message).append("\n");
    }
    log.append(fault.type).append("\n");
}

void append_timeout_line(std::string& log, std::string_view id, std::chrono::system_clock::time_point wall,
                         std::chrono::milliseconds limit) {
    source::append_utc_time(log, wall);
    log.append(" ").append(id).append(" ").append(to_timeout_message(limit)).append("\n\n");
}

void LogTail::add(std::string_view text) {
    if (text.size() > kLimit) text.remove_prefix(text.size() - kLimit);
    text_.append(text);
    if (text_.size() > 2 * kLimit) text_.erase(0, text_.size() - kLimit);
}

std::string LogTail::take() {
    if (text_.size() > kLimit) text_.erase(0, text_.size() - kLimit);
    return std::exchange(text_, {});
}

}  // namespace understudy::lambda
