#include "tools/understudy/durations_file.hpp"

#include "emulator/files/read_file.hpp"
#include "emulator/files/write_file.hpp"

#include <filesystem>
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
    const auto text = files::read_file(path_);
    if (!text) return text.error();
    if (text->empty()) return scenario::Durations{};  // As `mktemp` makes it.
    return scenario::parse_durations(*text, path_);
}

source::Result<void> DurationsFile::write(const scenario::Durations& taken) const {
    if (path_.empty() || taken.empty()) return {};
    auto all = taken;
    if (const auto before = read()) all.insert(before->begin(), before->end());
    return files::write_file(path_, scenario::render_durations(all));
}

}  // namespace understudy::cli
