#include "tools/understudy/report_options.hpp"

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

std::vector<WrittenFile> list_report_files(const ReportOptions& options) {
    return {{"--junit", options.junit}, {"--json", options.json}, {"--html", options.html}};
}

std::vector<WrittenFile> list_written_files(const ReportOptions& options, const std::string& durations) {
    auto written = list_report_files(options);
    written.push_back({"--durations", durations});
    return written;
}

std::string find_report_misuse(const ReportOptions& options) {
    std::vector<std::string> takers;
    if (options.tap) takers.emplace_back("--tap");
    if (options.junit == "-") takers.emplace_back("--junit -");
    if (options.json == "-") takers.emplace_back("--json -");
    if (options.html == "-") takers.emplace_back("--html -");
    if (takers.size() < 2) return find_shared_file(list_report_files(options));
    return takers[0] + " and " + takers[1] + " both want stdout: give one of them a file";
}

}  // namespace understudy::cli
