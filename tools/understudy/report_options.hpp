#pragma once

#include "tools/understudy/command_spec.hpp"
#include "tools/understudy/written_files.hpp"

#include <string>
#include <vector>

namespace understudy::cli {

/// Which reports of a test run are written beside the one for people, and where: files, or `-` for stdout.
struct ReportOptions {
    std::string junit;
    std::string json;
    std::string html;
    bool tap = false;
};

/// The options of `test` for them.
std::vector<OptionSpec> describe_reports(ReportOptions& options);

/// The files that they are written to.
std::vector<WrittenFile> list_report_files(const ReportOptions& options);
/// The same, and the file of `--durations`.
std::vector<WrittenFile> list_written_files(const ReportOptions& options, const std::string& durations);

/// What is wrong with them, or nothing: only one of them can have stdout, and each has a file of its own.
std::string find_report_misuse(const ReportOptions& options);

}  // namespace understudy::cli
