#include "tools/replay/exchange_feed.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

namespace understudy::replay {

source::Result<std::vector<std::string>> list_recorded_files(const std::string& folder) {
    namespace fs = std::filesystem;
    using source::Problem;
    using source::ProblemCode;
    constexpr std::array<std::string_view, 3> kRead{".json", ".har", ".jsonl"};
    std::vector<std::string> files;
    std::error_code error;
    for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        const std::string extension = at->path().extension().string();
        if (at->is_regular_file(error) && std::ranges::find(kRead, extension) != kRead.end())
            files.push_back(at->path().string());
    }
    if (error) return Problem(ProblemCode::unreadable, "cannot read '" + folder + "': " + error.message());
    if (files.empty())
        return Problem(ProblemCode::invalid,
                       "there is nothing recorded in '" + folder + "': no .jsonl, .json or .har file is in it");
    std::ranges::sort(files);
    return files;
}

}  // namespace understudy::replay
