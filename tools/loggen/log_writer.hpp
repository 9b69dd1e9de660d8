#pragma once

#include "tools/loggen/generator.hpp"

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <string>

namespace understudy::loggen {

/// What to do with a log file that is there already.
enum class Existing : std::uint8_t { refuse, overwrite };

/// What was written.
struct Written {
    std::uint64_t messages = 0;
    std::uint64_t bytes = 0;
    std::uint64_t files = 0;
    LogTime first{};
    LogTime last{};
};

/// The name of a day's file: `LogFileGenerator.2026-01-05.log`.
std::string to_file_name(std::chrono::sys_days day);

/// Writes the generator's messages into one file a day of `folder`, which is made where it is missing, and reports
/// progress, 0 to 1, after each megabyte.
/// Errors: std::runtime_error with the path and the reason.
Written write_logs(Generator& generator, const std::filesystem::path& folder, Existing existing,
                   const std::function<void(double)>& on_progress);

}  // namespace understudy::loggen
