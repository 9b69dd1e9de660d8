#include "tools/package/pack.hpp"

#include "emulator/files/read_file.hpp"
#include "emulator/http/base64.hpp"
#include "emulator/process/content_hash.hpp"
#include "tools/package/check.hpp"
#include "tools/package/file_rights.hpp"
#include "tools/package/follow_links.hpp"
#include "tools/package/link_target.hpp"
#include "tools/package/path_kind.hpp"
#include "tools/package/zip_writer.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <set>

namespace understudy::package {
namespace {

namespace fs = std::filesystem;
using source::Problem;
using source::ProblemCode;
using source::Result;

constexpr char kProgram[] = "bootstrap";
constexpr std::uint32_t kLink = S_IFLNK | 0777;

class Collection {
  public:
    explicit Collection(const fs::path& left_out)
        : left_out_(left_out.empty() ? left_out : fs::absolute(left_out).lexically_normal()) {}

    Result<void> add_program(const fs::path& path) {
        const auto kind = find_path_kind(path);
        if (kind.has_error()) return kind.error();
        if (*kind == PathKind::folder) return add_folder(path, "");
        if (path.extension() == ".zip") {
            return Problem(ProblemCode::invalid, path.native() + ": it is packed already")
                .with_hint("name the program, or the folder that it was made of");
        }
        return add_file(path, kProgram);
    }

    Result<void> add(const fs::path& path) {
        const fs::path named = fs::absolute(path).lexically_normal();
        const std::string name = (named.has_filename() ? named : named.parent_path()).filename().generic_string();
        const auto kind = find_path_kind(path);
        if (kind.has_error()) return kind.error();
        return *kind == PathKind::folder ? add_folder(path, name + "/") : add_file(path, name);
    }

    std::vector<CollectedFile> take() { return std::move(files_); }

  private:
    Result<void> add_folder(const fs::path& folder, const std::string& prefix) {
        std::error_code error;
        fs::recursive_directory_iterator entries(folder, error);
        for (; !error && entries != fs::end(entries); entries.increment(error)) {
            const std::string name = prefix + entries->path().lexically_relative(folder).generic_string();
            std::error_code gone;
            Result<void> added;
            if (entries->is_symlink(gone)) {
                added = add_link(entries->path(), folder, name);
            } else if (entries->is_regular_file(gone)) {
                added = add_file(entries->path(), name);
            } else if (!entries->is_directory(gone)) {
                added = refuse_kind_in_folder(entries->path());
            }
            if (added.has_error()) return added;
        }
        if (error) return Problem(ProblemCode::unreadable, folder.native() + ": " + error.message());
        return {};
    }

    Result<void> add_link(const fs::path& path, const fs::path& folder, const std::string& name) {
        auto read = read_link_target(path, folder);
        if (read.has_error()) return read.error();
        if (!read->inside) {
            return Problem(ProblemCode::invalid,
                           path.native() + ": the link leads to " + read->target + ", outside the package")
                .with_hint("put a copy in its place");
        }
        return store({name, kLink, std::move(read->target), path.native()}, path);
    }

    Result<void> add_file(const fs::path& path, const std::string& name) {
        if (fs::absolute(path).lexically_normal() == left_out_) return {};
        auto bytes = files::read_file(path);
        if (bytes.has_error()) return bytes.error();
        const bool runs = name == kProgram || is_executable(path);
        return store({name, runs ? kProgramMode : kPlainMode, std::move(*bytes), path.native()}, path);
    }

    Result<void> store(CollectedFile file, const fs::path& path) {
        size_ += file.bytes.size();
        if (size_ > kMostPackageBytes) {
            return Problem(ProblemCode::too_large, path.native() + ": with it the package is over " +
                                                       std::to_string(kMostPackageBytes) + " bytes, Lambda's limit")
                .with_hint("strip the binary, or leave out what the function does not need");
        }
        if (!names_.insert(file.path).second)
            return Problem(ProblemCode::invalid, path.native() + ": '" + file.path + "' is there twice");
        files_.push_back(std::move(file));
        return {};
    }

    fs::path left_out_;
    std::uint64_t size_ = 0;
    std::set<std::string> names_;
    std::vector<CollectedFile> files_;
};

constexpr std::string_view kWrapper =
    "#!/bin/sh\n"
    "# Records what a function of a managed runtime is asked and answers: its AWS_LAMBDA_EXEC_WRAPPER is this file.\n"
    "exec /opt/understudy-recorder \"$@\"\n";

/// `bootstrap` is set so where it is a file.
void make_program_runnable(std::vector<CollectedFile>& files) {
    const auto bootstrap = std::ranges::find(files, kProgram, &CollectedFile::path);
    if (bootstrap == files.end() || bootstrap->mode != kLink) return;
    Package names;
    for (const CollectedFile& file : files)
        names.files.push_back({file.path, 0, false, {}, file.mode == kLink ? file.bytes : std::string()});
    const PackageFile* program = find_followed(names, kProgram);
    if (program != nullptr) files[static_cast<std::size_t>(program - names.files.data())].mode = kProgramMode;
}

}  // namespace

Result<std::vector<CollectedFile>> collect_files(const fs::path& program, const std::vector<fs::path>& others,
                                                 const fs::path& left_out) {
    Collection collection(left_out);
    if (auto added = collection.add_program(program); added.has_error()) return added.error();
    for (const fs::path& other : others) {
        if (auto added = collection.add(other); added.has_error()) return added.error();
    }
    std::vector<CollectedFile> files = collection.take();
    make_program_runnable(files);
    return files;
}

Package to_package(std::string name, const std::vector<CollectedFile>& files) {
    Package package{std::move(name), {}, {}};
    for (const CollectedFile& file : files) {
        PackageFile& added = package.files.emplace_back(
            PackageFile{file.path, file.bytes.size(), (file.mode & 0111) != 0, {}, {}, file.origin});
        if (file.mode == kLink)
            added.link = file.bytes;
        else
            added.bytes = file.bytes;
    }
    return package;
}

Result<void> add_recorder(std::vector<CollectedFile>& files, std::string_view recorder) {
    const auto program = std::ranges::find(files, kProgram, &CollectedFile::path);
    if (program == files.end())
        return Problem(ProblemCode::not_found, "there is no 'bootstrap' to record")
            .with_hint("name the program itself first, it is stored as that: package --record PROGRAM FILE…");
    if (std::ranges::find(files, kRecordedProgram, &CollectedFile::path) != files.end()) {
        return Problem(ProblemCode::invalid, std::string("there is a file '") + kRecordedProgram + "' already")
            .with_hint("the function is recorded already, or that file needs another name");
    }
    program->path = kRecordedProgram;
    files.push_back({kProgram, kProgramMode, std::string(recorder)});
    return {};
}

std::vector<CollectedFile> to_layer(std::string_view recorder) {
    return {{"understudy-recorder", kProgramMode, std::string(recorder)},
            {"understudy-record", kProgramMode, std::string(kWrapper)}};
}

std::string to_zip(const std::vector<CollectedFile>& files) {
    std::vector<ZipFile> entries;
    for (const CollectedFile& file : files) entries.push_back({file.path, file.mode, file.bytes});
    return write_zip(std::move(entries));
}

std::string code_sha256(std::string_view zip) {
    process::ContentHash hash;
    hash.add(zip);
    const std::string digits = hash.finish();
    std::string bytes;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
        bytes += static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16));
    return http::to_base64(bytes);
}

}  // namespace understudy::package
