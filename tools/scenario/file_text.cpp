#include "tools/scenario/file_text.hpp"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

namespace understudy::scenario {

source::Result<std::string> read_file(const std::string& path) {
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (status.type() == std::filesystem::file_type::not_found)
        return source::Problem(source::ProblemCode::not_found, "there is no file '" + path + "'");
    if (std::filesystem::is_directory(status))
        return source::Problem(source::ProblemCode::unreadable, "'" + path + "' is a folder");
    errno = 0;
    std::ifstream file(path, std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(file)), {});
    if (!file.is_open() || file.bad())
        return source::Problem(source::ProblemCode::unreadable,
                               "cannot read '" + path + "': " + std::generic_category().message(errno));
    return bytes;
}

}  // namespace understudy::scenario
