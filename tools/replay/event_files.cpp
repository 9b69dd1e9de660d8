#include "tools/replay/foreign_events.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

namespace understudy::replay {
namespace {

namespace fs = std::filesystem;
using source::Problem;
using source::ProblemCode;
using Exchanges = std::vector<record::Exchange>;

source::Result<Exchanges> read_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return Problem(ProblemCode::unreadable, "cannot read '" + path + "'");
    return read_events(std::string(std::istreambuf_iterator<char>(in), {}), path);
}

source::Result<std::vector<std::string>> list_files(const std::string& folder) {
    std::vector<std::string> files;
    std::error_code error;
    for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        const std::string extension = at->path().extension().string();
        if (at->is_regular_file(error) && (extension == ".json" || extension == ".har"))
            files.push_back(at->path().string());
    }
    if (error) return Problem(ProblemCode::unreadable, "cannot read '" + folder + "': " + error.message());
    std::ranges::sort(files);
    return files;
}

}  // namespace

source::Result<Exchanges> read_event_files(const std::string& path, std::vector<Problem>& warnings) {
    std::error_code error;
    if (!fs::exists(path, error)) return Problem(ProblemCode::not_found, "there is no '" + path + "'");
    if (!fs::is_directory(path, error)) return read_file(path);
    const auto files = list_files(path);
    if (!files) return files.error();
    Exchanges exchanges;
    for (const std::string& file : *files) {
        auto read = read_file(file);
        if (read) {
            std::ranges::move(*read, std::back_inserter(exchanges));
        } else {
            warnings.push_back(read.error());
        }
    }
    if (exchanges.empty())
        return Problem(ProblemCode::invalid,
                       "there are no events in '" + path + "': neither .json nor .har files hold any");
    return exchanges;
}

}  // namespace understudy::replay
