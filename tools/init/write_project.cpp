#include "tools/init/write_project.hpp"

#include <cerrno>
#include <fstream>
#include <string_view>
#include <system_error>

namespace understudy::init {
namespace {

namespace fs = std::filesystem;
using source::Problem;
using source::ProblemCode;
using source::Result;

/// What is made, and taken back where not all of it could be.
class Making {
  public:
    Making() = default;
    ~Making() {
        std::error_code ignored;
        for (auto path = made_.rbegin(); path != made_.rend(); ++path) fs::remove(*path, ignored);
    }
    Making(const Making&) = delete;
    Making& operator=(const Making&) = delete;

    void keep() { made_.clear(); }

    Result<void> make_folder(const fs::path& folder) {
        std::error_code error;
        if (folder.empty() || fs::is_directory(folder, error)) return {};
        if (auto above = make_folder(folder.parent_path()); above.has_error()) return above;
        if (fs::create_directory(folder, error)) made_.push_back(folder);
        return error ? Result<void>(Problem(ProblemCode::unreadable, folder.native() + ": " + error.message()))
                     : Result<void>();
    }

    Result<void> make_file(const fs::path& path, std::string_view text) {
        errno = 0;
        std::ofstream out(path, std::ios::binary);
        if (out.is_open()) made_.push_back(path);
        out << text;
        out.close();
        if (out) return {};
        const auto reason = std::generic_category().message(errno);
        return Problem(ProblemCode::unreadable, path.native() + ": it cannot be written: " + reason);
    }

  private:
    std::vector<fs::path> made_;
};

}  // namespace

Result<void> write_project(const fs::path& folder, const std::vector<ProjectFile>& files) {
    std::error_code error;
    for (const ProjectFile& file : files) {
        const fs::path path = folder / file.path;
        if (fs::exists(fs::symlink_status(path, error))) {
            return Problem(ProblemCode::invalid, path.native() + ": it is there already, and nothing was written")
                .with_hint("name a folder that is new");
        }
    }
    Making making;
    for (const ProjectFile& file : files) {
        const fs::path path = folder / file.path;
        if (auto made = making.make_folder(path.parent_path()); made.has_error()) return made;
        if (auto made = making.make_file(path, file.text); made.has_error()) return made;
    }
    making.keep();
    return {};
}

}  // namespace understudy::init
