#include "tools/package/link_target.hpp"

#include "emulator/process/zip.hpp"
#include "emulator/process/zip_entries.hpp"
#include "tools/package/path_kind.hpp"

namespace understudy::package {

namespace fs = std::filesystem;

bool stays_inside(std::string_view path, std::string_view target) {
    process::PlannedEntry entry{.parts = {}, .kind = process::EntryKind::link, .executable = false, .size = 0};
    for (const fs::path& part : fs::path(path)) entry.parts.push_back(part.native());
    return process::is_inside(entry, process::to_relative_target(entry, target, process::kTaskRoot));
}

source::Result<LinkTarget> read_link_target(const fs::path& link, const fs::path& folder) {
    std::error_code error;
    const std::string written = fs::read_symlink(link, error).native();
    if (error) return source::Problem(source::ProblemCode::unreadable, link.native() + ": " + error.message());
    const std::string path = link.lexically_relative(folder).generic_string();
    if (stays_inside(path, written)) return LinkTarget{written};
    const fs::path real = fs::canonical(link, error);
    if (error == std::errc::too_many_symbolic_link_levels) return refuse_circle(link);
    if (error) return LinkTarget{written, false};
    const fs::path beside = fs::canonical(link.parent_path(), error);
    const std::string anew = real.lexically_relative(beside).generic_string();
    return stays_inside(path, anew) ? LinkTarget{anew} : LinkTarget{written, false};
}

}  // namespace understudy::package
