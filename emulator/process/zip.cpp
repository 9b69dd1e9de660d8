#include "emulator/process/zip.hpp"

#include "emulator/process/content_hash.hpp"
#include "emulator/process/file_descriptor.hpp"
#include "emulator/process/zip_reader.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <span>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace understudy::process {
namespace {

namespace fs = std::filesystem;
using source::Problem;
using source::ProblemCode;
using source::Result;

Problem system_problem(const fs::path& path, int error) {
    const auto code = error == ENOENT ? ProblemCode::not_found : ProblemCode::unreadable;
    return {code, path.native() + ": " + std::generic_category().message(error)};
}

/// A file that is open, and what it was when it was opened.
struct OpenFile {
    FileDescriptor descriptor;
    struct stat status {};
};

Result<OpenFile> open_file(const fs::path& path) {
    OpenFile file;
    file.descriptor = FileDescriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!file.descriptor || ::fstat(file.descriptor.get(), &file.status) != 0) return system_problem(path, errno);
    if (!S_ISREG(file.status.st_mode)) return Problem(ProblemCode::invalid, path.native() + ": it is no file");
    if (static_cast<std::uint64_t>(file.status.st_size) > kMostUnpackedBytes) {
        return Problem(ProblemCode::too_large,
                       path.native() + ": it is larger than " + std::to_string(kMostUnpackedBytes) + " bytes");
    }
    return file;
}

bool is_unchanged(const OpenFile& file) {
    struct stat now {};
    return ::fstat(file.descriptor.get(), &now) == 0 && now.st_size == file.status.st_size &&
           now.st_mtim.tv_sec == file.status.st_mtim.tv_sec && now.st_mtim.tv_nsec == file.status.st_mtim.tv_nsec;
}

Result<std::string> hash(const OpenFile& file, const fs::path& path, const GoesOn& goes_on) {
    ContentHash content;
    std::vector<char> piece(1 << 16);
    for (ssize_t got = 1; got > 0;) {
        if (is_stopped(goes_on)) return stopped_problem();
        got = ::read(file.descriptor.get(), piece.data(), piece.size());
        if (got < 0) return system_problem(path, errno);
        content.add({piece.data(), static_cast<std::size_t>(got)});
    }
    return content.finish();
}

/// A folder that is filled, and removed unless it is kept.
class Unpacking {
  public:
    Unpacking(ZipReader& zip, const fs::path& scratch, const GoesOn& goes_on, std::string_view root)
        : zip_(zip), path_(scratch / ".unpacking-XXXXXX"), goes_on_(goes_on), aws_root_(root) {}
    ~Unpacking() {
        std::error_code ignored;
        if (root_) fs::remove_all(path_, ignored);
    }
    Unpacking(const Unpacking&) = delete;
    Unpacking& operator=(const Unpacking&) = delete;

    /// Links come last: while files are written, there is none to be followed.
    Result<void> write(const std::vector<PlannedEntry>& plan) {
        std::string name = path_.native();
        if (::mkdtemp(name.data()) == nullptr) return system_problem(path_, errno);
        path_ = name;
        root_ = FileDescriptor(::open(name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        if (!root_) return system_problem(path_, errno);
        for (const bool links : {false, true}) {
            for (std::size_t i = 0; i < plan.size(); ++i) {
                if ((plan[i].kind == EntryKind::link) != links) continue;
                // Whoever ends the program takes the folder away, and could not win against what is written into it.
                if (::access(path_.c_str(), F_OK) != 0) return system_problem(path_, errno);
                if (is_stopped(goes_on_)) return stopped_problem();
                if (auto written = write_entry(i, plan[i]); written.has_error()) return written;
            }
        }
        return {};
    }

    /// Gives the folder its name, unless another has it already: that has the same content.
    Result<void> keep_as(const fs::path& name) {
        if (::chmod(path_.c_str(), 0755) == 0 && ::rename(path_.c_str(), name.c_str()) == 0) {
            root_ = FileDescriptor();
            return {};
        }
        if (errno == EEXIST || errno == ENOTEMPTY) return {};
        return system_problem(name, errno);
    }

  private:
    Result<void> write_entry(std::size_t index, const PlannedEntry& entry) {
        const bool directory = entry.kind == EntryKind::directory;
        const std::size_t folders = entry.parts.size() - (directory ? 0 : 1);
        auto folder = open_folder(std::span(entry.parts).first(folders));
        if (folder.has_error() || directory) return folder.has_error() ? Result<void>(folder.error()) : Result<void>();
        return entry.kind == EntryKind::link ? write_link(index, entry, folder->get())
                                             : write_file(index, entry, folder->get());
    }

    /// The folder below the root, made where it is missing; no link is followed on the way.
    Result<FileDescriptor> open_folder(std::span<const std::string> parts) const {
        FileDescriptor folder(::fcntl(root_.get(), F_DUPFD_CLOEXEC, 0));
        for (const std::string& part : parts) {
            if (::mkdirat(folder.get(), part.c_str(), 0755) != 0 && errno != EEXIST) return failed(part);
            FileDescriptor next(::openat(folder.get(), part.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
            if (!next) return failed(part);
            folder = std::move(next);
        }
        return folder;
    }

    Result<void> write_file(std::size_t index, const PlannedEntry& entry, int folder) {
        const std::string& name = entry.parts.back();
        constexpr int kNew = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
        const FileDescriptor file(::openat(folder, name.c_str(), kNew, entry.executable ? 0755 : 0644));
        if (!file) return failed(name);
        return zip_.read(index, entry.size, [this, &file, &name](std::string_view bytes) -> Result<void> {
            if (is_stopped(goes_on_)) return stopped_problem();
            while (!bytes.empty()) {
                const ssize_t put = ::write(file.get(), bytes.data(), bytes.size());
                if (put < 0) return failed(name);
                bytes.remove_prefix(static_cast<std::size_t>(put));
            }
            return {};
        });
    }

    Result<void> write_link(std::size_t index, const PlannedEntry& entry, int folder) {
        std::string target;
        auto read = zip_.read(index, entry.size, [&target](std::string_view bytes) -> Result<void> {
            target += bytes;
            return {};
        });
        if (read.has_error()) return read;
        const std::string& name = entry.parts.back();
        target = to_relative_target(entry, target, aws_root_);
        if (!is_inside(entry, target)) {
            return Problem(ProblemCode::invalid, "its link '" + name + "' leads out of its folder");
        }
        if (::symlinkat(target.c_str(), folder, name.c_str()) != 0) return failed(name);
        return {};
    }

    static Problem failed(const std::string& name) { return system_problem("'" + name + "' cannot be written", errno); }

    ZipReader& zip_;
    fs::path path_;
    const GoesOn& goes_on_;
    std::string_view aws_root_;  ///< Where AWS unpacks to.
    FileDescriptor root_;
};

}  // namespace

Result<fs::path> unpack_zip(const fs::path& path, const fs::path& scratch, const GoesOn& goes_on,
                            std::string_view root) {
    const auto file = open_file(path);
    if (file.has_error()) return file.error();
    const auto name = hash(*file, path, goes_on);
    if (name.has_error()) return name.error();
    const fs::path folder = scratch / (root == kTaskRoot ? *name : "layer-" + *name);
    std::error_code ignored;
    if (fs::is_directory(folder, ignored)) return folder;

    ZipReader zip(file->descriptor.get(), path);
    const auto entries = zip.read_entries();
    if (entries.has_error()) return entries.error();
    const auto plan = check_entries(*entries, static_cast<std::uint64_t>(file->status.st_size), path);
    if (plan.has_error()) return plan.error();
    Unpacking unpacking(zip, scratch, goes_on, root);
    if (const auto written = unpacking.write(*plan); written.has_error()) {
        const Problem& problem = written.error();
        const bool named = problem.message().starts_with(path.native());
        return named ? problem : Problem(problem.code(), path.native() + ": " + problem.message());
    }
    if (!is_unchanged(*file)) return Problem(ProblemCode::busy, path.native() + ": it changed while it was read");
    if (const auto kept = unpacking.keep_as(folder); kept.has_error()) return kept.error();
    return folder;
}

}  // namespace understudy::process
