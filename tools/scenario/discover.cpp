#include "emulator/files/read_file.hpp"
#include "tools/scenario/durations.hpp"
#include "tools/scenario/load.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>
#include <string_view>
#include <system_error>

namespace understudy::scenario {

namespace {

namespace fs = std::filesystem;
using source::Problem;
using source::ProblemCode;

bool has_scenario_extension(const fs::path& path) {
    const auto extension = path.extension();
    return extension == ".yaml" || extension == ".yml" || extension == ".json";
}

/// What `understudy test` and `understudy schema` write: a stream of events, durations, or a schema of JSON.
bool is_written_by_us(const fs::path& path) {
    if (path.extension() != ".json") return false;
    const auto text = files::read_file(path.string());
    if (!text) return false;
    constexpr std::array<std::string_view, 2> kBeginnings = {R"({"event":")", "{\n  \"$schema\":"};
    if (std::ranges::any_of(kBeginnings, [&](auto beginning) { return text->starts_with(beginning); })) return true;
    const auto durations = parse_durations(*text, path.string());
    return durations && !durations->empty();
}

Problem unreadable(const std::string& path, const std::error_code& error) {
    return Problem(ProblemCode::unreadable, "cannot read folder '" + path + "': " + error.message());
}

source::Result<std::vector<std::string>> files_in(const std::string& folder) {
    std::vector<std::string> files;
    std::error_code error;
    fs::recursive_directory_iterator entry(folder, error);
    if (error) return unreadable(folder, error);
    for (const fs::recursive_directory_iterator end; entry != end;) {
        if (entry->is_directory(error)) {
            const auto name = entry->path().filename();
            // The last is where durations are kept, whatever is left of them.
            if (name == "failing" || name == "included" || name == ".understudy") entry.disable_recursion_pending();
        } else if (has_scenario_extension(entry->path()) && !is_written_by_us(entry->path())) {
            files.push_back(entry->path().lexically_normal().string());
        }
        const auto at = entry->path().string();
        if (entry.increment(error); error) return unreadable(at, error);
    }
    std::sort(files.begin(), files.end());
    return files;
}

/// However a file is named: once.
void keep_first_of_each(std::vector<std::string>& files) {
    std::set<fs::path> known;
    std::erase_if(files, [&](const std::string& file) {
        std::error_code error;
        return !known.insert(fs::absolute(file, error).lexically_normal()).second;
    });
}

}  // namespace

source::Result<std::vector<std::string>> find_scenario_files(std::span<const std::string> paths) {
    std::vector<std::string> files;
    for (const auto& path : paths) {
        std::error_code error;
        const auto status = fs::status(path, error);
        if (status.type() == fs::file_type::not_found)
            return Problem(ProblemCode::not_found, "there is no file or folder '" + path + "'");
        if (!fs::is_directory(status)) {
            files.push_back(path);
            continue;
        }
        auto found = files_in(path);
        if (!found) return found.error();
        if (found->empty())
            return Problem(ProblemCode::not_found, "no scenario file in folder '" + path + "'")
                .with_note(
                    "scenario files end in .yaml, .yml or .json; subfolders named failing and included are left out");
        files.insert(files.end(), found->begin(), found->end());
    }
    keep_first_of_each(files);
    return files;
}

}  // namespace understudy::scenario
