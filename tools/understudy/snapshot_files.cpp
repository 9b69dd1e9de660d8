#include "tools/understudy/snapshot_files.hpp"

#include "tools/understudy/console.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>

namespace understudy::cli {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> read_all(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(in), {});
}

/// Empty where it was written; else why not. A link stays one: what it leads to is replaced.
std::string replace_file(const fs::path& path, const scenario::UpdatedFile& updated) {
    std::error_code error;
    const fs::path target = fs::canonical(path, error);
    if (error) return error.message();
    if (read_all(target) != updated.before) return "it has changed since it was read";
    const fs::path beside = target.string() + ".update-" + std::to_string(::getpid());
    {
        std::ofstream out(beside, std::ios::binary);
        out << updated.after;
        if (!out.flush()) error = std::make_error_code(std::errc::io_error);
    }
    if (!error) fs::permissions(beside, fs::status(target).permissions(), error);
    if (!error) fs::rename(beside, target, error);
    if (!error) return {};
    std::error_code ignored;
    fs::remove(beside, ignored);
    return error.message();
}

}  // namespace

bool write_snapshots(const scenario::Updates& updates) {
    bool written = updates.settled;
    for (const scenario::UpdatedFile& file : updates.files) {
        const std::string why = replace_file(file.file, file);
        if (!why.empty()) {
            std::cerr << "understudy test: cannot update '" << file.file << "': " << why << '\n';
            written = false;
            continue;
        }
        std::string text = "updated " + file.file + '\n';
        for (const std::string& place : file.places) text += "  " + place + '\n';
        write_all(STDOUT_FILENO, text);
    }
    for (const source::Problem& refusal : updates.refusals) {
        std::cerr << refusal << '\n';
        if (!refusal.note().empty()) std::cerr << "  " << refusal.note() << '\n';
    }
    return written;
}

}  // namespace understudy::cli
