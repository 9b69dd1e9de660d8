#pragma once

#include "emulator/source/problem.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace understudy::package {

/// Whether the link of that path stays in the package, whatever other links are there, see `process::is_inside`. An
/// absolute target below /var/task does as the relative one does.
bool stays_inside(std::string_view path, std::string_view target);

/// Where a link of a folder leads, and whether it does so in the package that is made of the folder's content.
struct LinkTarget {
    std::string target;  ///< As a link in the package says it.
    bool inside = true;
};

/// What the link at `link`, below `folder`, becomes in a package. Its target stays as it is written where it is
/// relative and goes straight; one that is absolute, or goes out and in again, and leads to what lies in the folder is
/// written anew. Errors: unreadable; invalid for one that leads round in a circle by an absolute path.
/// Source: own rule: what the zip holds means there what it meant here. Tested by:
/// PackCheck.AFoldersLinksAreThoseThatItsPackageWillHave, Pack.ALinkToAProgramOfTheFolderIsPacked
source::Result<LinkTarget> read_link_target(const std::filesystem::path& link, const std::filesystem::path& folder);

}  // namespace understudy::package
