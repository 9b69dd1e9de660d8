#include "emulator/process/file_watch.hpp"

#include "emulator/process/folder_watches.hpp"
#include "emulator/process/watched_target.hpp"

#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <string>
#include <utility>

namespace understudy::process {
namespace {

namespace fs = std::filesystem;
using source::Result;

constexpr std::uint32_t kGone = IN_MOVE_SELF | IN_DELETE_SELF | IN_IGNORED | IN_UNMOUNT;

bool is_complete_when_made(const fs::path& path) {
    struct stat status {};
    return ::lstat(path.c_str(), &status) == 0 && (S_ISLNK(status.st_mode) || status.st_nlink > 1);
}

}  // namespace

struct FileWatch::State : std::enable_shared_from_this<State> {
    /// What is told of the targets once nothing has happened for a while.
    struct Telling {
        boost::asio::steady_timer timer;
        std::chrono::milliseconds quiet;
        bool (WatchedTarget::*take)();
        OnChange tell;
    };

    State(const boost::asio::any_io_executor& executor, std::chrono::milliseconds used_quiet, OnChange callback)
        : events(executor),
          change{boost::asio::steady_timer(executor), used_quiet, &WatchedTarget::take_change, std::move(callback)},
          loss{boost::asio::steady_timer(executor), {}, &WatchedTarget::take_loss, {}} {}

    Result<void> open();
    Result<void> arm();
    void wait();
    void read_events();
    void on_event(const inotify_event& event);
    void on_entry(const inotify_event& event, const fs::path& entry, const Interest& interest);
    void start(Telling State::*which);
    void finish(const Telling& telling);

    boost::asio::posix::stream_descriptor events;
    Telling change;
    Telling loss;
    std::vector<WatchedTarget> targets;
    FolderWatches folders;
    bool stale = false;    // The folders to be watched may be others.
    bool touched = false;  // Something happened that may be a change.
    bool gone = false;     // Something went that may be a target.
};

Result<void> FileWatch::State::open() {
    if (events.is_open()) return {};
    const int descriptor = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (descriptor < 0) return to_watch_problem(errno);
    events.assign(descriptor);
    wait();
    return {};
}

Result<void> FileWatch::State::arm() {
    stale = false;
    return folders.arm(events.native_handle(), targets);
}

void FileWatch::State::wait() {
    events.async_wait(boost::asio::posix::descriptor_base::wait_read,
                      [weak = weak_from_this()](const boost::system::error_code& error) {
                          const auto self = weak.lock();
                          if (self == nullptr || error) return;
                          self->read_events();
                          self->wait();
                      });
}

void FileWatch::State::read_events() {
    alignas(inotify_event) std::array<char, 16 * 1024> buffer;
    for (;;) {
        const ssize_t got = ::read(events.native_handle(), buffer.data(), buffer.size());
        if (got <= 0) break;
        for (std::size_t at = 0; at < static_cast<std::size_t>(got);) {
            const auto& event = *reinterpret_cast<const inotify_event*>(buffer.data() + at);
            on_event(event);
            at += sizeof event + event.len;
        }
    }
    // What cannot be watched any more is told by the next `watch`.
    if (stale) {
        std::ranges::for_each(targets, &WatchedTarget::suspect);
        static_cast<void>(arm());
    }
    if (std::exchange(touched, false)) start(&State::change);
    if (std::exchange(gone, false)) start(&State::loss);
}

void FileWatch::State::on_event(const inotify_event& event) {
    // The system confirms what `arm` took off.
    if ((event.mask & IN_IGNORED) != 0 && !folders.forget(event.wd)) return;
    if ((event.mask & (kGone | IN_Q_OVERFLOW)) != 0) {
        stale = touched = gone = true;
        // Events were lost: any folder may have changed; a file tells by its state.
        if ((event.mask & IN_Q_OVERFLOW) != 0) std::ranges::for_each(targets, &WatchedTarget::mark);
        return;
    }
    const WatchedFolder* folder = folders.find(event.wd);
    if (folder == nullptr || event.len == 0) return;
    const std::string name = event.name;
    for (const Interest& interest : folder->interests) {
        const bool meant = interest.kind == Interest::Kind::tree ? !is_temporary_name(name) : interest.name == name;
        if (meant) on_entry(event, folder->path / name, interest);
    }
}

void FileWatch::State::on_entry(const inotify_event& event, const fs::path& entry, const Interest& interest) {
    const bool folder = (event.mask & IN_ISDIR) != 0;
    const bool appears = (event.mask & (IN_CREATE | IN_MOVED_TO)) != 0;
    const bool goes = (event.mask & (IN_DELETE | IN_MOVED_FROM)) != 0;
    gone = gone || (goes && interest.kind != Interest::Kind::tree);
    if (interest.kind == Interest::Kind::ancestor || goes) {
        const bool counts = appears || (goes && folder && interest.kind != Interest::Kind::tree);
        stale = stale || counts;
        touched = touched || counts;
        return;
    }
    if (folder && !appears) return;
    // A file that was made gets its content now; its writer's close is yet to come.
    const bool made = (event.mask & IN_CREATE) != 0 && !folder;
    if (made && !is_complete_when_made(entry)) {
        if (interest.kind == Interest::Kind::target) targets[interest.target].begin_writing();
        return;
    }
    touched = true;
    if (appears && (folder || interest.kind == Interest::Kind::target)) stale = true;
    // The attributes of a file that is a target show in its state.
    if ((event.mask & IN_ATTRIB) == 0 || interest.kind == Interest::Kind::tree) targets[interest.target].mark();
}

void FileWatch::State::start(Telling State::*which) {
    Telling& telling = this->*which;
    if (!telling.tell) return;
    telling.timer.expires_after(telling.quiet);
    telling.timer.async_wait([weak = weak_from_this(), which](const boost::system::error_code& error) {
        const auto self = weak.lock();
        if (self != nullptr && !error) self->finish(self.get()->*which);
    });
}

void FileWatch::State::finish(const Telling& telling) {
    std::vector<fs::path> paths;
    for (WatchedTarget& target : targets) {
        if ((target.*telling.take)()) paths.push_back(target.path());
    }
    if (paths.empty()) return;
    OnChange(telling.tell)(std::move(paths));  // It may destroy the watch.
}

FileWatch::FileWatch(boost::asio::any_io_executor executor, std::chrono::milliseconds quiet, OnChange on_change)
    : state_(std::make_shared<State>(executor, quiet, std::move(on_change))) {}

FileWatch::~FileWatch() {
    boost::system::error_code ignored;
    state_->change.timer.cancel();
    state_->loss.timer.cancel();
    state_->events.close(ignored);
}

void FileWatch::on_loss(std::chrono::milliseconds patience, OnChange tell) {
    state_->loss.quiet = patience;
    state_->loss.tell = std::move(tell);
}

Result<void> FileWatch::watch(std::vector<fs::path> paths) {
    if (auto opened = state_->open(); opened.has_error()) return opened;
    std::vector<WatchedTarget> targets;
    for (fs::path& path : paths) {
        const auto known = std::ranges::find(state_->targets, path, &WatchedTarget::path);
        if (known == state_->targets.end()) {
            targets.emplace_back(std::move(path));
        } else {
            targets.push_back(*known);
        }
    }
    state_->targets = std::move(targets);
    return state_->arm();
}

}  // namespace understudy::process
