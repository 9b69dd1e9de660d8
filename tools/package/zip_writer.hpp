#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::package {

/// A file of a zip.
struct ZipFile {
    std::string path;
    std::uint32_t mode = 0100644;  ///< As the system has it, with its kind: 0100755, 0120777 for a link.
    std::string_view bytes;        ///< Of a link: where it leads.
};

/// A zip file of these files, in the order of their names, compressed where that makes them smaller. The same files
/// make the same bytes: all times are 1980-01-01, the earliest that a zip can say, and nothing else of the machine goes
/// in. Preconditions: names differ, are relative and hold no `..`; less than 65,535 files, and less than 4 GiB in all.
std::string write_zip(std::vector<ZipFile> files);

}  // namespace understudy::package
