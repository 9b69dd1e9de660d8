#include "tools/understudy/stream_writer.hpp"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace understudy::cli {
namespace {

bool is_ready(int descriptor, std::chrono::milliseconds patience) {
    pollfd asked{.fd = descriptor, .events = POLLOUT, .revents = 0};
    return ::poll(&asked, 1, static_cast<int>(patience.count())) > 0;
}

std::string render_dropped(std::uint64_t lines) {
    return "understudy: " + std::to_string(lines) + (lines == 1 ? " line" : " lines") +
           " dropped here, as nobody read them\n";
}

}  // namespace

StreamWriter::StreamWriter(const boost::asio::any_io_executor& executor, int descriptor)
    : descriptor_(descriptor), way_(choose_way()), writable_(executor) {}

StreamWriter::~StreamWriter() {
    if (own_ >= 0) ::close(own_);
}

StreamWriter::Way StreamWriter::choose_way() {
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0) return Way::plain;
    if (S_ISSOCK(status.st_mode)) return Way::socket;
    if (!S_ISFIFO(status.st_mode) && !S_ISCHR(status.st_mode)) return Way::plain;
    const std::string path = "/proc/self/fd/" + std::to_string(descriptor_);
    own_ = ::open(path.c_str(), O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    return own_ >= 0 ? Way::nonblocking : Way::asking;
}

std::ptrdiff_t StreamWriter::write_once(std::string_view text) const {
    if (way_ == Way::nonblocking) return ::write(own_, text.data(), text.size());
    if (way_ == Way::socket) return ::send(descriptor_, text.data(), text.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (way_ == Way::plain) return ::write(descriptor_, text.data(), text.size());
    if (!is_ready(descriptor_, std::chrono::milliseconds(0))) {
        errno = EAGAIN;
        return -1;
    }
    // A pipe that is ready has room for this much.
    return ::write(descriptor_, text.data(), std::min<std::size_t>(text.size(), PIPE_BUF));
}

StreamWriter::Sent StreamWriter::send(std::string_view& text) {
    while (!text.empty()) {
        const std::ptrdiff_t written = write_once(text);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return Sent::some;
        if (written < 0) error_ = errno;
        // Nobody will ever read it, or there is no room on the disk.
        text.remove_prefix(written < 0 ? text.size() : static_cast<std::size_t>(written));
    }
    return Sent::all;
}

void StreamWriter::tell_dropped() {
    kept_ = render_dropped(std::exchange(dropped_, 0));
}

bool StreamWriter::send_kept() {
    while (!kept_.empty()) {
        std::string_view rest = kept_;
        const Sent sent = send(rest);
        kept_.erase(0, kept_.size() - rest.size());
        if (sent == Sent::some) return false;
        kept_.shrink_to_fit();
        if (dropped_ > 0) tell_dropped();
    }
    return true;
}

void StreamWriter::write(std::string_view text) {
    if (send_kept() && send(text) == Sent::all) return;
    // Behind lines that are missing, none may follow before their count.
    if (dropped_ > 0 || kept_.size() + text.size() > std::max(kMostKept, text.size())) {
        dropped_ += static_cast<std::uint64_t>(std::ranges::count(text, '\n'));
    } else {
        kept_ += text;
    }
    wait();
}

void StreamWriter::wait() {
    if (waiting_ || left_) return;
    if (!writable_.is_open()) {
        const int epoll = ::epoll_create1(EPOLL_CLOEXEC);
        epoll_event event{.events = EPOLLOUT, .data = {}};
        if (epoll < 0) return;
        ::epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor_, &event);
        writable_.assign(epoll);
    }
    waiting_ = true;
    writable_.async_wait(boost::asio::posix::descriptor_base::wait_read,
                         [this](const boost::system::error_code& error) {
                             if (error) return;
                             waiting_ = false;
                             if (send_kept()) return stop_waiting();
                             wait();
                         });
}

void StreamWriter::stop_waiting() {
    boost::system::error_code ignored;
    writable_.close(ignored);
    waiting_ = false;
}

void StreamWriter::leave_loop() {
    left_ = true;
    stop_waiting();
}

void StreamWriter::finish(std::chrono::milliseconds patience) {
    leave_loop();
    while (!send_kept()) {
        if (is_ready(descriptor_, patience)) continue;
        kept_.clear();
        dropped_ = 0;
    }
}

}  // namespace understudy::cli
