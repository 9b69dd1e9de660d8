#include "tools/understudy/reread_files.hpp"

#include "emulator/files/read_file.hpp"

#include <filesystem>
#include <system_error>

namespace understudy::cli {

/// Tested by: ApplicationLoader.WhatAPipeHeldIsKeptForTheNextTime
source::Result<std::string> RereadFiles::read(const std::string& file) {
    namespace fs = std::filesystem;
    std::error_code error;
    const fs::file_status status = fs::status(file, error);
    if (!fs::is_fifo(status) && !fs::is_socket(status) && !fs::is_character_file(status)) return files::read_file(file);
    if (const auto known = once_.find(file); known != once_.end()) return known->second;
    if (round_ > 1) {
        return source::Problem(source::ProblemCode::unreadable,
                               "'" + file + "' is a pipe now, and is not read while serving");
    }
    auto text = files::read_file(file);
    if (text) once_[file] = *text;
    return text;
}

}  // namespace understudy::cli
