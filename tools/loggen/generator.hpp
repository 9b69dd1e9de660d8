#pragma once

#include "tools/loggen/random.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace understudy::loggen {

using LogTime = std::chrono::sys_time<std::chrono::milliseconds>;

enum class LineEnd : std::uint8_t { lf, crlf };

/// What to write. The first limit that is reached ends the log; where none is given that is 100 messages.
struct Plan {
    std::uint64_t seed = 192837465;
    /// The time of the first message, in the years 0001 to 9999.
    LogTime start{};
    std::optional<std::uint64_t> messages = {};
    /// The log ends with the message that reaches this size.
    std::optional<std::uint64_t> bytes = {};
    /// With `messages` or `bytes`: these are spread evenly over so many days, several in one millisecond if need be.
    /// Else messages are 1 to 10 s apart, as LogFileGenerator's, and the log ends after so many days.
    std::optional<std::chrono::days> days = {};
    LineEnd line_end = LineEnd::lf;
};

/// Makes up the messages of a log, one after another; the same for the same plan. Times never go back; they always
/// move on where the plan leaves 2 ms or more to a message.
class Generator {
  public:
    explicit Generator(const Plan& plan);

    bool finished() const;
    /// The time of the next message.
    LogTime time() const { return std::chrono::floor<std::chrono::milliseconds>(time_); }
    /// Appends the next message's line to `out`.
    /// Preconditions: not finished.
    void append_next(std::string& out);

    std::uint64_t messages() const { return messages_; }
    std::uint64_t bytes() const { return bytes_; }
    /// The share of the plan that is done, 0 to 1.
    double progress() const;

  private:
    using Time = std::chrono::sys_time<std::chrono::microseconds>;

    std::chrono::microseconds pick_gap(std::uint64_t line_size);

    Plan plan_;
    Random random_;
    Time start_;
    Time end_;
    Time time_;
    std::uint64_t messages_ = 0;
    std::uint64_t bytes_ = 0;
};

}  // namespace understudy::loggen
