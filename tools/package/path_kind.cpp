#include "tools/package/path_kind.hpp"

#include <system_error>

namespace understudy::package {

namespace fs = std::filesystem;
using source::Problem;
using source::ProblemCode;

source::Result<PathKind> find_path_kind(const fs::path& path) {
    std::error_code error;
    const auto status = fs::status(path, error);
    if (fs::is_directory(status)) return PathKind::folder;
    if (fs::is_regular_file(status)) return PathKind::file;
    if (status.type() == fs::file_type::not_found)
        return Problem(ProblemCode::not_found, path.native() + ": there is no such file or folder");
    if (error == std::errc::too_many_symbolic_link_levels) return refuse_circle(path);
    if (error) return Problem(ProblemCode::unreadable, path.native() + ": " + error.message());
    return refuse_kind(path);
}

Problem refuse_kind(const fs::path& path) {
    return Problem(ProblemCode::invalid, path.native() + ": it is neither a file nor a folder");
}

Problem refuse_kind_in_folder(const fs::path& path) {
    return refuse_kind(path).with_hint("take it out of the folder: no zip holds it");
}

Problem refuse_circle(const fs::path& link) {
    return Problem(ProblemCode::invalid, link.native() + ": the link leads round in a circle")
        .with_hint("put the file itself in its place");
}

}  // namespace understudy::package
