#include "tools/init/write_project.hpp"

#include <fstream>

namespace understudy::init {

using source::Problem;
using source::ProblemCode;
using source::Result;

Result<void> write_project(const std::filesystem::path& folder, const std::vector<ProjectFile>& files) {
    namespace fs = std::filesystem;
    std::error_code error;
    for (const ProjectFile& file : files) {
        const fs::path path = folder / file.path;
        if (fs::exists(fs::symlink_status(path, error))) {
            return Problem(ProblemCode::invalid, path.native() + ": it is there already, and nothing was written")
                .with_hint("name a folder that is new");
        }
    }
    for (const ProjectFile& file : files) {
        const fs::path path = folder / file.path;
        fs::create_directories(path.parent_path(), error);
        if (error) return Problem(ProblemCode::unreadable, path.parent_path().native() + ": " + error.message());
        std::ofstream out(path, std::ios::binary);
        out << file.text;
        if (!out.flush()) return Problem(ProblemCode::unreadable, path.native() + ": it cannot be written");
    }
    return {};
}

}  // namespace understudy::init
