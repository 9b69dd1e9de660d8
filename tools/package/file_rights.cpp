#include "tools/package/file_rights.hpp"

namespace understudy::package {

bool is_executable(const std::filesystem::path& path) {
    std::error_code ignored;
    using std::filesystem::perms;
    const perms any = perms::owner_exec | perms::group_exec | perms::others_exec;
    return (std::filesystem::status(path, ignored).permissions() & any) != perms::none;
}

}  // namespace understudy::package
