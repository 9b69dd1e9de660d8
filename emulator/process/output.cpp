#include "emulator/process/output.hpp"

#include "emulator/process/lines.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <string_view>
#include <system_error>
#include <utility>

namespace understudy::process {
namespace {

/// As much as a pipe holds unless it is told otherwise.
constexpr std::size_t kBufferSize = 64 * 1024;
/// Reads of one stream before everything else has its turn.
constexpr int kReadsInTurn = 4;

std::error_code last_error() {
    return {errno, std::generic_category()};
}

/// Moves a descriptor out of the numbers that a child's standard streams get; none where that is refused.
FileDescriptor above_standard(FileDescriptor original) {
    if (original.get() > STDERR_FILENO) return original;
    return FileDescriptor(::fcntl(original.get(), F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
}

struct Pipe {
    FileDescriptor read_end;   // Never blocks.
    FileDescriptor write_end;  // Blocks, as a program expects of its output.
};

std::error_code make_pipe(Pipe& pipe) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return last_error();
    pipe.read_end = FileDescriptor(ends[0]);
    pipe.write_end = above_standard(FileDescriptor(ends[1]));
    if (!pipe.write_end || ::fcntl(pipe.read_end.get(), F_SETFL, O_NONBLOCK) != 0) return last_error();
    return {};
}

enum class ReadEnd : std::uint8_t { more, empty, closed };

struct Stream {
    Stream(const boost::asio::any_io_executor& executor, OutputStream which_stream)
        : which(which_stream), in(executor) {}

    std::error_code open() {
        Pipe pipe;
        if (const auto error = make_pipe(pipe)) return error;
        boost::system::error_code error;
        if (in.assign(pipe.read_end.get(), error)) return error;
        pipe.read_end.release();
        write_end = std::move(pipe.write_end);
        return {};
    }

    OutputStream which;
    boost::asio::posix::stream_descriptor in;
    FileDescriptor write_end;
    Lines lines;
};

}  // namespace

struct Output::State : std::enable_shared_from_this<State> {
    State(const boost::asio::any_io_executor& executor, OnLine callback)
        : on_line(std::move(callback)),
          streams{Stream(executor, OutputStream::standard_output), Stream(executor, OutputStream::standard_error)} {}

    void wait(Stream& stream);
    ReadEnd read(Stream& stream);
    void read_turn(Stream& stream, int reads);
    void close(Stream& stream);
    Lines::OnLine hand_out(const Stream& stream);

    OnLine on_line;
    std::array<Stream, 2> streams;
    bool reading = false;    // A line is being handed out; nothing may overtake it.
    bool abandoned = false;  // The Output is gone: no more lines.
};

Lines::OnLine Output::State::hand_out(const Stream& stream) {
    return [this, which = stream.which](std::string_view line) {
        if (!abandoned) on_line(which, line);
    };
}

void Output::State::wait(Stream& stream) {
    stream.in.async_wait(boost::asio::posix::descriptor_base::wait_read,
                         [weak = weak_from_this(), &stream](const boost::system::error_code& error) {
                             const auto self = weak.lock();
                             if (self == nullptr || error || !stream.in.is_open()) return;
                             self->read_turn(stream, kReadsInTurn);
                             if (!self->abandoned && stream.in.is_open()) self->wait(stream);
                         });
}

ReadEnd Output::State::read(Stream& stream) {
    std::array<char, kBufferSize> buffer;  // NOLINT: not initialised, as a read fills it.
    const ssize_t count = ::read(stream.in.native_handle(), buffer.data(), buffer.size());
    if (count < 0) return errno == EINTR ? ReadEnd::more : ReadEnd::empty;
    if (count == 0) return ReadEnd::closed;
    const auto size = static_cast<std::size_t>(count);
    stream.lines.add({buffer.data(), size}, hand_out(stream));
    return size == buffer.size() ? ReadEnd::more : ReadEnd::empty;
}

void Output::State::read_turn(Stream& stream, int reads) {
    if (reading) return;
    reading = true;
    ReadEnd end = ReadEnd::more;
    for (int i = 0; i < reads && end == ReadEnd::more && !abandoned; ++i) end = read(stream);
    if (end == ReadEnd::closed) close(stream);
    reading = false;
}

void Output::State::close(Stream& stream) {
    boost::system::error_code ignored;
    stream.in.close(ignored);
    stream.lines.finish(hand_out(stream));
}

Output::Output(boost::asio::any_io_executor executor, OnLine on_line)
    : state_(std::make_shared<State>(executor, std::move(on_line))) {}

std::error_code Output::open() {
    for (Stream& stream : state_->streams) {
        if (const auto error = stream.open()) return error;
    }
    return {};
}

Output::~Output() {
    state_->abandoned = true;
}

ChildOutput Output::child_ends() const {
    return {.standard_output = state_->streams[0].write_end.get(),
            .standard_error = state_->streams[1].write_end.get()};
}

std::array<int, 2> Output::read_ends() const {
    std::array<int, 2> ends{};
    for (std::size_t i = 0; i < ends.size(); ++i) {
        auto& in = state_->streams[i].in;
        ends[i] = in.is_open() ? in.native_handle() : -1;
    }
    return ends;
}

std::array<std::string, 2> Output::names() const {
    std::array<std::string, 2> names;
    for (std::size_t i = 0; i < names.size(); ++i) {
        struct stat about {};
        if (::fstat(state_->streams[i].in.native_handle(), &about) != 0) throw std::system_error(last_error(), "fstat");
        names[i] = "pipe:[" + std::to_string(about.st_ino) + ']';
    }
    return names;
}

void Output::start_reading() {
    for (Stream& stream : state_->streams) {
        stream.write_end = FileDescriptor();
        state_->wait(stream);
    }
}

void Output::read_available() {
    const auto state = state_;
    // One call finds out about both; mostly there is nothing.
    std::array<pollfd, 2> ready{};
    const auto ends = read_ends();
    for (std::size_t i = 0; i < ready.size(); ++i) {
        ready[i] = {.fd = ends[i], .events = POLLIN, .revents = 0};
    }
    if (::poll(ready.data(), ready.size(), 0) <= 0) return;
    for (std::size_t i = 0; i < ready.size(); ++i) {
        if (ready[i].revents != 0 && !state->abandoned) state->read_turn(state->streams[i], kReadsInTurn);
    }
}

void Output::end_lines() {
    const auto state = state_;
    if (state->reading) return;
    state->reading = true;
    for (Stream& stream : state->streams) stream.lines.finish(state->hand_out(stream));
    state->reading = false;
}

void Output::finish() {
    const auto state = state_;
    for (Stream& stream : state->streams) {
        if (!stream.in.is_open() || state->abandoned) continue;
        // As much as the pipe may hold now, so this ends even if somebody goes on writing.
        const int capacity = ::fcntl(stream.in.native_handle(), F_GETPIPE_SZ);
        state->read_turn(stream, capacity / static_cast<int>(kBufferSize) + 1);
        if (stream.in.is_open()) state->close(stream);
    }
}

}  // namespace understudy::process
