#pragma once

#include <span>
#include <string>

namespace understudy::cli {

/// A file that a command is asked to write.
struct WrittenFile {
    std::string option;  ///< That names it: `--junit`.
    std::string path;    ///< `-` is stdout; empty: nothing is written.
};

/// Which two of them are one file, of which the last alone would be left; empty where none are. Devices and pipes take
/// several. Tested by: ReportFiles.EachReportHasAFileOfItsOwn
std::string find_shared_file(std::span<const WrittenFile> written);

/// Which of them is one of the files that are read, by whatever name; empty where none is.
/// Tested by: ReportFiles.WhatIsReadIsNotWrittenOver
std::string find_overwritten_file(std::span<const WrittenFile> written, std::span<const std::string> read);

}  // namespace understudy::cli
