#include "tools/understudy/report_options.hpp"

#include <array>
#include <filesystem>
#include <utility>

namespace understudy::cli {

std::vector<OptionSpec> describe_reports(ReportOptions& options) {
    const auto file = [](std::string names, std::string* slot, std::string help) {
        OptionSpec spec{std::move(names), slot, std::move(help)};
        spec.check = [](const std::string& word) {
            return word.empty() ? std::string("name a file, or - for stdout") : std::string();
        };
        spec.shown = "FILE";
        return spec;
    };
    return {file("--junit", &options.junit, "Write a JUnit report for CI servers; - is stdout"),
            {"--tap", &options.tap, "Write TAP 14 to stdout instead of the report for people"},
            file("--json", &options.json, "Write what happens as it does, an object of JSON a line; - is stdout"),
            file("--html", &options.html, "Write a page with each step's request, event, log, reply and difference")};
}

namespace {

/// Two reports in one file would leave the last of them.
std::string find_shared_file(const ReportOptions& options) {
    const std::array<std::pair<const char*, const std::string*>, 3> files{
        {{"--junit", &options.junit}, {"--json", &options.json}, {"--html", &options.html}}};
    for (std::size_t i = 0; i < files.size(); ++i) {
        for (std::size_t j = i + 1; j < files.size(); ++j) {
            const std::filesystem::path one(*files[i].second), other(*files[j].second);
            std::error_code error;  // A device or a pipe takes several.
            const bool is_other = std::filesystem::exists(one, error) && !std::filesystem::is_regular_file(one, error);
            if (one.empty() || is_other || one.lexically_normal() != other.lexically_normal()) continue;
            return std::string(files[i].first) + " and " + files[j].first + " both want '" + one.string() +
                   "': give one of them another file";
        }
    }
    return {};
}

}  // namespace

std::string find_report_misuse(const ReportOptions& options) {
    std::vector<std::string> takers;
    if (options.tap) takers.emplace_back("--tap");
    if (options.junit == "-") takers.emplace_back("--junit -");
    if (options.json == "-") takers.emplace_back("--json -");
    if (options.html == "-") takers.emplace_back("--html -");
    if (takers.size() < 2) return find_shared_file(options);
    return takers[0] + " and " + takers[1] + " both want stdout: give one of them a file";
}

}  // namespace understudy::cli
