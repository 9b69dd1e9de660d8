#include "emulator/process/kept_code.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <system_error>
#include <utility>

namespace understudy::process {
namespace {

/// The bytes that native programs begin with. A script cannot be run by its descriptor: it would not know its name.
constexpr std::string_view kNativeMagic =
    "\x7f"
    "ELF";

bool is_native(const FileDescriptor& file) {
    std::array<char, 4> magic{};
    return file && ::pread(file.get(), magic.data(), magic.size(), 0) == 4 &&
           std::string_view(magic.data(), magic.size()) == kNativeMagic;
}

}  // namespace

KeptCode::Identity KeptCode::identify(const struct stat& status) {
    return {.device = status.st_dev,
            .inode = status.st_ino,
            .size = status.st_size,
            .seconds = status.st_mtim.tv_sec,
            .nanoseconds = status.st_mtim.tv_nsec};
}

bool KeptCode::is_same(const File& file) {
    struct stat status {};
    return ::stat(file.path.c_str(), &status) == 0 && identify(status) == file.identity;
}

KeptCode::KeptCode(const std::vector<std::filesystem::path>& files) {
    for (const auto& path : files) {
        struct stat status {};
        const bool regular = ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
        if (regular) files_.push_back({path, identify(status)});
        if (!regular && files_.empty()) return;
    }
    if (files_.empty()) return;
    FileDescriptor program(::open(files_.front().path.c_str(), O_RDONLY | O_CLOEXEC));
    if (is_native(program)) program_ = std::move(program);
}

KeptCode::State KeptCode::look() const {
    if (std::ranges::all_of(files_, is_same)) return State::same;
    const bool others_are_same = std::all_of(files_.begin() + 1, files_.end(), is_same);
    struct stat status {};
    std::error_code ignored;
    const bool placed = std::filesystem::is_directory(files_.front().path.parent_path(), ignored);
    const bool kept =
        placed && program_ && ::fstat(program_.get(), &status) == 0 && identify(status) == files_.front().identity;
    return kept && others_are_same ? State::kept : State::lost;
}

}  // namespace understudy::process
