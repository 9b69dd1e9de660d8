#include "emulator/process/watched_target.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <system_error>
#include <utility>

namespace understudy::process {

WatchedTarget::WatchedTarget(std::filesystem::path path)
    : path_(std::move(path)), told_(read_state(path_)), was_there_(told_.exists) {}

WatchedTarget::State WatchedTarget::read_state(const std::filesystem::path& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return {};
    State state{.exists = true, .device = status.st_dev, .inode = status.st_ino, .mode = status.st_mode};
    if (S_ISDIR(status.st_mode)) return state;
    state.size = status.st_size;
    state.seconds = status.st_mtim.tv_sec;
    state.nanoseconds = status.st_mtim.tv_nsec;
    return state;
}

std::vector<std::filesystem::path> WatchedTarget::locations() const {
    std::error_code error;
    std::filesystem::path real = std::filesystem::canonical(path_, error);
    if (error || real == path_) return {path_};
    return {path_, std::move(real)};
}

bool WatchedTarget::State::is_same_file(const State& other) const {
    return exists == other.exists && device == other.device && inode == other.inode && mode == other.mode;
}

bool WatchedTarget::take_change() {
    const State now = read_state(path_);
    if (now.exists && being_written_) return false;
    being_written_ = false;
    const bool marked = std::exchange(marked_, false);
    const bool suspected = std::exchange(suspected_, false);
    const bool another = suspected ? now != told_ : !now.is_same_file(told_);
    told_ = now;
    was_there_ = was_there_ || now.exists;
    return now.exists && (marked || another);
}

bool WatchedTarget::take_loss() {
    const bool there = read_state(path_).exists;
    return std::exchange(was_there_, there) && !there;
}

bool is_temporary_name(std::string_view name) {
    // vim, emacs, gedit, LibreOffice, NFS, mold; 4913 is what vim tries a folder with.
    constexpr std::array<std::string_view, 5> kBegins{".#", ".goutputstream-", "~$", ".nfs", ".mold-"};
    constexpr std::array<std::string_view, 6> kEnds{"~", ".swp", ".swo", ".swx", ".swpx", ".part"};
    if (name == "4913" || (name.size() > 1 && name.starts_with('#') && name.ends_with('#'))) return true;
    if (std::ranges::any_of(kBegins, [name](std::string_view begin) { return name.starts_with(begin); })) return true;
    if (std::ranges::any_of(kEnds, [name](std::string_view end) { return name.ends_with(end); })) return true;
    // lld writes NAME.tmp0a1b2c3, others NAME.tmp.
    const auto dot = name.rfind('.');
    return dot != std::string_view::npos && name.substr(dot).starts_with(".tmp");
}

}  // namespace understudy::process
