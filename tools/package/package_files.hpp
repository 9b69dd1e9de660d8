#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::package {

/// What the user's program is called beside the recorder.
inline constexpr char kRecordedProgram[] = "bootstrap.real";

/// A file, or a symbolic link, as it lies, or would lie, below /var/task.
struct PackageFile {
    std::string path;  ///< `bootstrap`, `lib/libz.so.1`
    std::uint64_t size = 0;
    bool executable = false;
    std::optional<std::string> bytes;  ///< Only of what may be looked into: programs, shared libraries.
    std::string link = {};             ///< Of a link: where it leads, as written.
    std::string origin = {};           ///< Where it lies here, by the path that the user gave; empty in a zip.
};

/// What is deployed, or a part of it.
struct Package {
    std::string name;  ///< As the user gave it.
    std::vector<PackageFile> files;
    std::optional<std::uint64_t> zip_size;  ///< Of a zip file.

    /// The file or the link of that path; nullptr where there is none.
    const PackageFile* find(std::string_view path) const {
        for (const PackageFile& file : files) {
            if (file.path == path) return &file;
        }
        return nullptr;
    }
};

}  // namespace understudy::package
