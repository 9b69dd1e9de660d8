#include "emulator/process/layers.hpp"

#include "emulator/process/content_hash.hpp"
#include "emulator/process/zip.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

namespace understudy::process {
namespace {

namespace fs = std::filesystem;
using source::Problem;
using source::ProblemCode;
using source::Result;

Problem system_problem(const fs::path& path, const std::error_code& error) {
    return {ProblemCode::unreadable, path.native() + ": " + error.message()};
}

/// The folder of a layer's content: its own, or that which it was unpacked to.
Result<fs::path> open_layer(const fs::path& layer, const fs::path& scratch, const GoesOn& goes_on) {
    std::error_code ignored;
    const auto status = fs::status(layer, ignored);
    if (fs::is_directory(status)) return layer;
    if (!fs::exists(status)) {
        return Problem(ProblemCode::not_found, layer.native() + ": there is no such layer")
            .with_hint("'sam build' builds the layers of a template");
    }
    return unpack_zip(layer, scratch, goes_on, kOptRoot);
}

/// Adds what tells one state of a folder from another: names, kinds, sizes and times.
Result<void> add_state(ContentHash& hash, const fs::path& folder) {
    std::vector<std::string> lines;
    std::error_code error;
    for (fs::recursive_directory_iterator entry(folder, error); !error && entry != end(entry); entry.increment(error)) {
        struct stat status {};
        if (::lstat(entry->path().c_str(), &status) != 0) continue;
        lines.push_back(entry->path().native() + '\n' + std::to_string(status.st_mode) + ' ' +
                        std::to_string(status.st_ino) + ' ' + std::to_string(status.st_size) + ' ' +
                        std::to_string(status.st_mtim.tv_sec) + ' ' + std::to_string(status.st_mtim.tv_nsec) + '\n');
    }
    if (error) return system_problem(folder, error);
    std::ranges::sort(lines);
    hash.add(folder.native() + '\n');
    for (const std::string& line : lines) hash.add(line);
    return {};
}

/// Copies an entry of a layer over what earlier layers left at its place.
std::error_code copy_entry(const fs::directory_entry& from, const fs::path& to) {
    std::error_code error;
    const auto kind = from.symlink_status(error).type();
    const bool merges = kind == fs::file_type::directory && fs::symlink_status(to, error).type() == kind;
    if (merges) return {};
    fs::remove_all(to, error);
    if (error) return error;
    if (kind == fs::file_type::directory) {
        fs::create_directory(to, error);
    } else if (kind == fs::file_type::symlink) {
        fs::copy_symlink(from.path(), to, error);
    } else if (kind == fs::file_type::regular) {
        fs::copy_file(from.path(), to, error);
    }
    return error;
}

Result<void> copy_layer(const fs::path& layer, const fs::path& into, const GoesOn& goes_on) {
    std::error_code error;
    for (fs::recursive_directory_iterator entry(layer, error); !error && entry != end(entry); entry.increment(error)) {
        if (is_stopped(goes_on)) return stopped_problem();
        error = copy_entry(*entry, into / entry->path().lexically_relative(layer));
        if (error) return system_problem(entry->path(), error);
    }
    if (error) return system_problem(layer, error);
    return {};
}

/// Puts folders together into a new one, which gets its name when it is complete.
Result<void> merge(const std::vector<fs::path>& folders, const fs::path& scratch, const fs::path& merged,
                   const GoesOn& goes_on) {
    std::string made = (scratch / ".merging-XXXXXX").native();
    if (::mkdtemp(made.data()) == nullptr) return system_problem(made, {errno, std::generic_category()});
    std::error_code error;
    for (const fs::path& folder : folders) {
        if (auto copied = copy_layer(folder, made, goes_on); copied.has_error()) {
            fs::remove_all(made, error);
            return copied;
        }
    }
    fs::rename(made, merged, error);
    if (!error) return {};
    std::error_code ignored;
    fs::remove_all(made, ignored);
    // Another call was faster, with the same content.
    if (fs::is_directory(merged, ignored)) return {};
    return system_problem(merged, error);
}

}  // namespace

Result<Opt> merge_layers(const std::vector<std::string>& layers, const fs::path& scratch, const GoesOn& goes_on) {
    std::vector<fs::path> folders;
    for (const std::string& layer : layers) {
        auto folder = open_layer(layer, scratch, goes_on);
        if (folder.has_error()) return folder.error();
        folders.push_back(std::move(*folder));
    }
    if (folders.size() == 1) return Opt{folders.front(), folders};
    ContentHash hash;
    for (const fs::path& folder : folders) {
        if (auto added = add_state(hash, folder); added.has_error()) return added.error();
    }
    fs::path merged = scratch / ("opt-" + hash.finish());
    std::error_code ignored;
    if (fs::is_directory(merged, ignored)) return Opt{merged, std::move(folders)};
    if (auto done = merge(folders, scratch, merged, goes_on); done.has_error()) return done.error();
    return Opt{merged, std::move(folders)};
}

std::vector<std::string> find_extensions(const fs::path& opt) {
    std::vector<std::string> names;
    std::error_code ignored;
    for (fs::directory_iterator entry(opt / "extensions", ignored); entry != end(entry); entry.increment(ignored)) {
        if (entry->is_regular_file(ignored)) names.push_back(entry->path().filename().native());
    }
    std::ranges::sort(names);
    return names;
}

}  // namespace understudy::process
