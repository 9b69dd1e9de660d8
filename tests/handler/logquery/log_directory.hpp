#pragma once

#include <gtest/gtest.h>

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace understudy::logquery {

/// A folder of log files that is gone when the test ends.
class LogDirectory {
  public:
    LogDirectory() {
        std::string name = (std::filesystem::temp_directory_path() / "logquery-test-XXXXXX").string();
        if (!::mkdtemp(name.data())) throw std::runtime_error("no temporary folder: " + name);
        path_ = name;
    }
    LogDirectory(const LogDirectory&) = delete;
    LogDirectory& operator=(const LogDirectory&) = delete;
    ~LogDirectory() { std::filesystem::remove_all(path_); }

    const std::filesystem::path& path() const { return path_; }

    /// `date` as in 2026-01-05.
    std::filesystem::path file(const std::string& date) const { return path_ / ("LogFileGenerator." + date + ".log"); }
    void write(const std::string& date, const std::string& text) const { std::ofstream(file(date)) << text; }
    void append(const std::string& date, const std::string& text) const {
        std::ofstream(file(date), std::ios::app) << text;
    }

  private:
    std::filesystem::path path_;
};

}  // namespace understudy::logquery
