#include "tools/understudy/durations_file.hpp"

#include "tools/scenario/file_text.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

namespace understudy::cli {
namespace {

constexpr const char* kUsualDurations = ".understudy/durations.json";

}  // namespace

DurationsFile::DurationsFile(std::string named) : path_(std::move(named)) {
    std::error_code error;
    if (path_.empty() && std::filesystem::is_regular_file(kUsualDurations, error)) path_ = kUsualDurations;
}

source::Result<scenario::Durations> DurationsFile::read() const {
    std::error_code error;
    if (path_.empty() || !std::filesystem::exists(path_, error)) return scenario::Durations{};
    const auto text = scenario::read_file(path_);
    if (!text) return text.error();
    return scenario::parse_durations(*text, path_);
}

source::Result<void> DurationsFile::write(const scenario::Durations& taken) const {
    if (path_.empty() || taken.empty()) return {};
    auto all = taken;
    if (const auto before = read()) all.insert(before->begin(), before->end());
    std::error_code error;
    const auto folder = std::filesystem::path(path_).parent_path();
    if (!folder.empty()) std::filesystem::create_directories(folder, error);
    const std::string beside = path_ + '.' + std::to_string(::getpid());
    std::ofstream file(beside, std::ios::binary);
    file << scenario::render_durations(all);
    file.close();
    if (file) std::filesystem::rename(beside, path_, error);
    if (file && !error) return {};
    std::error_code ignored;
    std::filesystem::remove(beside, ignored);
    return source::Problem(source::ProblemCode::unreadable, "cannot write '" + path_ + "'");
}

}  // namespace understudy::cli
