#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace understudy::cli {

/// Writes text to one of our standard streams and never waits for whoever reads it: a terminal that is held, a pager, a
/// parent that does not drain its pipe. What the stream does not take is kept, up to `kMostKept` bytes; lines beyond
/// are dropped and counted, and the count is told where they are missing. A reader that went away is no error.
///
/// The stream's own flags stay as they are, since other processes share them. One write a call, so that lines of
/// several processes do not mix. To be used on the executor's thread only.
class StreamWriter {
  public:
    static constexpr std::size_t kMostKept = std::size_t{1} << 20;

    /// The executor's loop goes on with what is kept as soon as the stream takes it. The descriptor stays the caller's.
    StreamWriter(const boost::asio::any_io_executor& executor, int descriptor);
    ~StreamWriter();
    StreamWriter(const StreamWriter&) = delete;
    StreamWriter& operator=(const StreamWriter&) = delete;

    /// The text consists of whole lines; all of it is written, or none.
    void write(std::string_view text);
    /// Is no work for the loop any more; what is kept goes with the next `write` or `finish`.
    void leave_loop();
    /// Waits until nothing is kept, or until the stream has taken nothing for `patience`; the rest is given up.
    void finish(std::chrono::milliseconds patience);
    /// Why text was lost that the stream did not take, as the system numbers it; 0 where none was.
    int error() const { return error_; }

  private:
    /// How bytes are written without a wait.
    enum class Way : std::uint8_t {
        plain,        ///< A file: it never waits for a reader.
        nonblocking,  ///< A pipe or terminal, opened once more, for flags of our own.
        socket,
        asking,  ///< One that may not be opened again: asked first, and given little at a time.
    };
    enum class Sent : std::uint8_t { all, some };

    Way choose_way();
    /// Writes the front of `text` and removes it.
    Sent send(std::string_view& text);
    std::ptrdiff_t write_once(std::string_view text) const;
    /// Whether nothing is kept any more.
    bool send_kept();
    void tell_dropped();
    void wait();
    void stop_waiting();

    int descriptor_;
    int own_ = -1;  ///< The stream, opened once more.
    Way way_;
    boost::asio::posix::stream_descriptor writable_;  ///< An epoll of `descriptor_`, so that no flag of it changes.
    bool waiting_ = false;
    bool left_ = false;
    std::string kept_;
    int error_ = 0;
    std::uint64_t dropped_ = 0;  ///< Lines that were to follow what is kept.
};

}  // namespace understudy::cli
