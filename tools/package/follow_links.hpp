#pragma once

#include "tools/package/package_files.hpp"

#include <string>
#include <string_view>
#include <variant>

namespace understudy::package {

/// Why a path leads to no file of the package.
struct LostLink {
    std::string link;    ///< The last link on the way, its path; empty where there was none.
    std::string reason;  ///< In words: `leads to 'main', which the package does not have`.
};

/// The file that a path below /var/task names, once every link on the way is followed, in folders' names too, as the
/// system does. A link to an absolute path below /var/task stays in the package.
/// Rule: path_resolution(7); Linux follows 40 links  Tested by: FollowLinks.AreFollowedAsTheSystemDoes
/// Lifetime: the file is the package's.
std::variant<const PackageFile*, LostLink> follow(const Package& package, std::string_view path);

/// The same; nullptr where there is no such file.
const PackageFile* find_followed(const Package& package, std::string_view path);

}  // namespace understudy::package
