#pragma once

#include "emulator/lambda/environment_terms.hpp"
#include "emulator/lambda/failure.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace understudy::lambda {

/// What one invocation cost, for its REPORT line. Times are nominal: real ones times `--clock-scale`.
struct Report {
    Milliseconds duration{};
    std::optional<Milliseconds> init_duration = {};  ///< First invocation of an environment only.
    int memory_megabytes = 128;
    std::int64_t peak_memory_kilobytes = 0;
    std::string status = {};      ///< Empty for success; `error`, `timeout`, `failure`.
    std::string error_type = {};  ///< Only with `error`.
};

// Each appends one line, or the lines of one fault, with the newline that ends it.

/// `START RequestId: ID Version: $LATEST`
void append_start_line(std::string& log, std::string_view id, std::string_view version);
/// `END RequestId: ID`
void append_end_line(std::string& log, std::string_view id);
/// Rule: billed duration is the ceiling of duration plus init; Init Duration stands last; a status takes the place of
/// the tab that ends the line (recorded by localstack/localstack
/// tests/aws/services/lambda_/test_lambda.snapshot.json).
/// Tested by: LogLines.ReportIsTheRecordedLine
void append_report_line(std::string& log, std::string_view id, const Report& report);
/// `INIT_REPORT Init Duration: N ms⇥Phase: init⇥Status: error⇥Error Type: T`
void append_init_report_line(std::string& log, Milliseconds init, std::string_view status, std::string_view error_type);
/// `RequestId: ID Error: MESSAGE`, or `Unknown application error occurred` for a fault that the runtime reported; then
/// the type on a line of its own.
void append_fault_lines(std::string& log, std::string_view id, const Fault& fault);
/// `<time>Z ID Task timed out after 3.00 seconds`, then a blank line.
void append_timeout_line(std::string& log, std::string_view id, std::chrono::system_clock::time_point wall,
                         std::chrono::milliseconds limit);

/// The last 4096 bytes of an invocation's log.
class LogTail {
  public:
    static constexpr std::size_t kLimit = 4096;

    void add(std::string_view text);
    /// Hands the bytes out and begins anew.
    std::string take();

  private:
    std::string text_;
};

}  // namespace understudy::lambda
