#include "tools/package/read_package.hpp"

#include "emulator/files/read_file.hpp"
#include "emulator/process/file_descriptor.hpp"
#include "emulator/process/zip_entries.hpp"
#include "emulator/process/zip_reader.hpp"
#include "tools/package/file_rights.hpp"
#include "tools/package/follow_links.hpp"
#include "tools/package/link_target.hpp"
#include "tools/package/path_kind.hpp"

#include <fcntl.h>

#include <algorithm>

namespace understudy::package {
namespace {

namespace fs = std::filesystem;
using source::Problem;
using source::ProblemCode;
using source::Result;

Result<Package> read_program(const fs::path& path) {
    auto bytes = files::read_file(path);
    if (bytes.has_error()) return bytes.error();
    return Package{
        path.native(), {{"bootstrap", bytes->size(), is_executable(path), std::move(*bytes), {}, path.native()}}, {}};
}

/// Reads what is looked into: the programs, wherever their links lead, and shared libraries. `read` gives a file's
/// bytes.
template <typename Read>
Result<void> read_programs(Package& package, const Read& read) {
    const PackageFile* const programs[] = {find_followed(package, "bootstrap"),
                                           find_followed(package, kRecordedProgram)};
    for (PackageFile& file : package.files) {
        const bool is_program = std::ranges::find(programs, &file) != std::end(programs);
        if (!file.link.empty() || (!is_program && file.path.find(".so") == std::string::npos)) continue;
        auto bytes = read(file);
        if (bytes.has_error()) return bytes.error();
        file.bytes = *std::move(bytes);
    }
    return {};
}

Result<PackageFile> to_folder_link(const fs::path& path, const fs::path& folder) {
    auto read = read_link_target(path, folder);
    if (read.has_error()) return read.error();
    const std::uint64_t size = read->target.size();
    return PackageFile{
        path.lexically_relative(folder).generic_string(), size, true, {}, std::move(read->target), path.native()};
}

Result<Package> read_folder(const fs::path& folder) {
    Package package{folder.native(), {}, {}};
    std::error_code error;
    fs::recursive_directory_iterator entries(folder, error);
    for (; !error && entries != fs::end(entries); entries.increment(error)) {
        std::error_code gone;
        if (entries->is_symlink(gone)) {
            auto link = to_folder_link(entries->path(), folder);
            if (link.has_error()) return link.error();
            package.files.push_back(*std::move(link));
        } else if (entries->is_regular_file(gone)) {
            package.files.push_back({entries->path().lexically_relative(folder).generic_string(),
                                     entries->file_size(gone),
                                     is_executable(entries->path()),
                                     {},
                                     {},
                                     entries->path().native()});
        } else if (!entries->is_directory(gone)) {
            return refuse_kind_in_folder(entries->path());
        }
    }
    if (error) return Problem(ProblemCode::unreadable, folder.native() + ": " + error.message());
    std::ranges::sort(package.files, {}, &PackageFile::path);
    auto read = read_programs(package, [](const PackageFile& file) { return files::read_file(file.origin); });
    if (read.has_error()) return read.error();
    return package;
}

std::string join(const std::vector<std::string>& parts) {
    std::string path;
    for (const std::string& part : parts) path.append(path.empty() ? "" : "/").append(part);
    return path;
}

Result<std::string> read_entry(process::ZipReader& zip, std::size_t index, std::uint64_t size) {
    std::string bytes;
    const auto done = zip.read(index, size, [&bytes](std::string_view piece) -> Result<void> {
        bytes += piece;
        return {};
    });
    if (done.has_error()) return done.error();
    return bytes;
}

Result<Package> read_zip(const fs::path& path, std::uint64_t size) {
    const process::FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    process::ZipReader zip(file.get(), path);
    const auto entries = zip.read_entries();
    if (entries.has_error()) return entries.error();
    const auto plan = process::check_entries(*entries, size, path);
    if (plan.has_error()) return plan.error();
    Package package{path.native(), {}, size};
    std::vector<std::size_t> indices;  // Of the package's files, in the zip.
    for (std::size_t i = 0; i < plan->size(); ++i) {
        const process::PlannedEntry& entry = (*plan)[i];
        if (entry.kind == process::EntryKind::directory) continue;
        indices.push_back(i);
        PackageFile& added =
            package.files.emplace_back(PackageFile{join(entry.parts), entry.size, entry.executable, {}});
        if (entry.kind != process::EntryKind::link) continue;
        auto target = read_entry(zip, i, entry.size);
        if (target.has_error()) return target.error();
        added.link = *std::move(target);
        if (added.link.empty())
            return Problem(ProblemCode::invalid, path.native() + ": its link '" + added.path + "' leads nowhere");
    }
    auto read = read_programs(package, [&](const PackageFile& wanted) {
        return read_entry(zip, indices[static_cast<std::size_t>(&wanted - package.files.data())], wanted.size);
    });
    if (read.has_error()) return read.error();
    return package;
}

}  // namespace

Result<Package> read_package(const fs::path& path) {
    const auto kind = find_path_kind(path);
    if (kind.has_error()) return kind.error();
    if (*kind == PathKind::folder) return read_folder(path);
    const auto begin = files::read_file(path, 4);
    if (begin.has_error()) return begin.error();
    std::error_code error;
    if (*begin == "PK\x03\x04") return read_zip(path, fs::file_size(path, error));
    if (path.extension() == ".zip")
        return Problem(ProblemCode::malformed, path.native() + ": it is no zip file, or an empty one");
    return read_program(path);
}

}  // namespace understudy::package
