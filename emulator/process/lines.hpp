#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace understudy::process {

/// Cuts bytes that arrive in pieces into lines. Any byte but the newline belongs to a line.
class Lines {
  public:
    /// Longer lines are cut into pieces of this size, long the largest event that CloudWatch Logs takes.
    /// Tested by: Lines.LongerOnesAreCut
    static constexpr std::size_t kLongestLine = 256 * 1024;
    /// The line, without its newline; valid during the call.
    using OnLine = std::function<void(std::string_view line)>;

    /// Hands out every line that `bytes` completes.
    void add(std::string_view bytes, const OnLine& on_line);
    /// Hands out the last line, where no newline ended it.
    void finish(const OnLine& on_line);

  private:
    /// Adds to the unfinished line, handing out what is longer than a line may be.
    void keep(std::string_view bytes, const OnLine& on_line);
    void end_line(const OnLine& on_line);

    std::string unfinished_;
};

}  // namespace understudy::process
