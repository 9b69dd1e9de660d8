#include "tools/understudy/written_files.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace understudy::cli {
namespace {

namespace fs = std::filesystem;

/// Whether what is written there takes the place of what was there.
bool replaces(const std::string& path) {
    std::error_code error;
    return !path.empty() && path != "-" && (!fs::exists(path, error) || fs::is_regular_file(path, error));
}

bool is_same_file(const std::string& one, const std::string& other) {
    std::error_code error;
    if (fs::equivalent(one, other, error)) return true;
    const auto named = fs::weakly_canonical(fs::absolute(one, error), error);
    return !error && named == fs::weakly_canonical(fs::absolute(other, error), error);
}

}  // namespace

std::string find_shared_file(std::span<const WrittenFile> written) {
    for (; !written.empty(); written = written.subspan(1)) {
        const auto& first = written.front();
        const auto second = std::ranges::find_if(written.subspan(1), [&](const WrittenFile& other) {
            return replaces(first.path) && replaces(other.path) && is_same_file(first.path, other.path);
        });
        if (second != written.subspan(1).end())
            return first.option + " and " + second->option + " both want '" + first.path +
                   "': give one of them another file";
    }
    return {};
}

std::string find_overwritten_file(std::span<const WrittenFile> written, std::span<const std::string> read) {
    for (const auto& [option, path] : written) {
        const bool is_read = replaces(path) && std::ranges::any_of(read, [&path](const std::string& file) {
                                 std::error_code error;
                                 return fs::equivalent(file == "-" ? "/dev/stdin" : file, path, error);
                             });
        if (is_read) return option + " would write over '" + path + "', which is read: give it another file";
    }
    return {};
}

}  // namespace understudy::cli
