#pragma once

#include "emulator/process/file_descriptor.hpp"
#include "emulator/process/spawn.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>

namespace understudy::process {

/// Which of its two outputs a child wrote to.
enum class OutputStream : std::uint8_t { standard_output, standard_error };

/// Two pipes for a child's standard output and standard error, read line by line as the child writes.
///
/// Lines of one stream keep their order; between the two streams there is none. No callback comes after destruction;
/// a callback may destroy this object. To be used on the executor's thread only.
class Output {
  public:
    /// A line without its newline, valid during the call. Lines longer than `Lines::kLongestLine` come in pieces.
    using OnLine = std::function<void(OutputStream stream, std::string_view line)>;

    Output(boost::asio::any_io_executor executor, OnLine on_line);
    ~Output();
    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;

    /// Makes the pipes, which everything below needs. Errors: descriptors may run out.
    [[nodiscard]] std::error_code open();
    /// What the child gets. Owned by this object.
    ChildOutput child_ends() const;
    /// What the system calls the two pipes, as long as somebody has them: `pipe:[NUMBER]`.
    std::array<std::string, 2> names() const;
    /// Become readable when the child has written something; negative where it has closed one.
    std::array<int, 2> read_ends() const;
    /// To be called when the child has been started: closes our copies of its ends and begins to read.
    void start_reading();
    /// Hands out what has been written so far, without waiting: what a child logged before it answered is in.
    void read_available();
    /// Hands out the unfinished last lines that have been read, as if they had ended; costs no system call.
    void end_lines();
    /// Hands out what has been written so far and the unfinished last lines, then reads no more. To be called when the
    /// child has ended: whoever else still holds the pipes is not waited for.
    void finish();

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace understudy::process
