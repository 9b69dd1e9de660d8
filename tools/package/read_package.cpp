#include "tools/package/read_package.hpp"

#include "emulator/files/read_file.hpp"
#include "emulator/process/file_descriptor.hpp"
#include "emulator/process/zip_entries.hpp"
#include "emulator/process/zip_reader.hpp"
#include "tools/package/file_rights.hpp"

#include <fcntl.h>

#include <algorithm>

namespace understudy::package {
namespace {

namespace fs = std::filesystem;
using source::Problem;
using source::ProblemCode;
using source::Result;

/// Whether what a file holds is looked at.
bool is_looked_into(std::string_view path) {
    return path == "bootstrap" || path == kRecordedProgram || path.find(".so") != std::string_view::npos;
}

Result<Package> read_program(const fs::path& path) {
    auto bytes = files::read_file(path);
    if (bytes.has_error()) return bytes.error();
    return Package{path.native(), {{"bootstrap", bytes->size(), is_executable(path), std::move(*bytes)}}, {}};
}

Result<Package> read_folder(const fs::path& folder) {
    Package package{folder.native(), {}, {}};
    std::error_code error;
    fs::recursive_directory_iterator entries(folder, error);
    for (; !error && entries != fs::end(entries); entries.increment(error)) {
        std::error_code gone;
        if (!entries->is_regular_file(gone)) continue;
        PackageFile file{entries->path().lexically_relative(folder).generic_string(),
                         entries->file_size(gone),
                         is_executable(entries->path()),
                         {}};
        if (is_looked_into(file.path)) {
            auto bytes = files::read_file(entries->path());
            if (bytes.has_error()) return bytes.error();
            file.bytes = std::move(*bytes);
        }
        package.files.push_back(std::move(file));
    }
    if (error) return Problem(ProblemCode::unreadable, folder.native() + ": " + error.message());
    std::ranges::sort(package.files, {}, &PackageFile::path);
    return package;
}

std::string join(const std::vector<std::string>& parts) {
    std::string path;
    for (const std::string& part : parts) path.append(path.empty() ? "" : "/").append(part);
    return path;
}

/// As where it is unpacked.
Result<void> check_link(process::ZipReader& zip, std::size_t index, const process::PlannedEntry& entry,
                        const fs::path& path) {
    std::string target;
    auto read = zip.read(index, entry.size, [&target](std::string_view piece) -> Result<void> {
        target += piece;
        return {};
    });
    if (read.has_error() || process::is_inside(entry, target)) return read;
    return Problem(ProblemCode::invalid,
                   path.native() + ": its link '" + entry.parts.back() + "' leads out of its folder");
}

Result<Package> read_zip(const fs::path& path, std::uint64_t size) {
    const process::FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    process::ZipReader zip(file.get(), path);
    const auto entries = zip.read_entries();
    if (entries.has_error()) return entries.error();
    const auto plan = process::check_entries(*entries, size, path);
    if (plan.has_error()) return plan.error();
    Package package{path.native(), {}, size};
    for (std::size_t i = 0; i < plan->size(); ++i) {
        const process::PlannedEntry& entry = (*plan)[i];
        if (entry.kind == process::EntryKind::directory) continue;
        PackageFile& added =
            package.files.emplace_back(PackageFile{join(entry.parts), entry.size, entry.executable, {}});
        if (entry.kind == process::EntryKind::link) {
            if (auto checked = check_link(zip, i, entry, path); checked.has_error()) return checked.error();
            continue;
        }
        if (!is_looked_into(added.path)) continue;
        std::string& bytes = added.bytes.emplace();
        const auto done = zip.read(i, entry.size, [&bytes](std::string_view piece) -> Result<void> {
            bytes += piece;
            return {};
        });
        if (done.has_error()) return done.error();
    }
    return package;
}

}  // namespace

Result<Package> read_package(const fs::path& path) {
    std::error_code error;
    const auto status = fs::status(path, error);
    if (!fs::exists(status))
        return Problem(ProblemCode::not_found, path.native() + ": there is no such file or folder");
    if (fs::is_directory(status)) return read_folder(path);
    const auto begin = files::read_file(path, 4);
    if (begin.has_error()) return begin.error();
    if (*begin == "PK\x03\x04") return read_zip(path, fs::file_size(path, error));
    if (path.extension() == ".zip")
        return Problem(ProblemCode::malformed, path.native() + ": it is no zip file, or an empty one");
    return read_program(path);
}

}  // namespace understudy::package
