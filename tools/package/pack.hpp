#pragma once

#include "emulator/source/problem.hpp"
#include "tools/package/package_files.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::package {

/// The modes of a file of the package, as the system has them, with its kind: one that may be executed, and any other.
inline constexpr std::uint32_t kProgramMode = 0100755, kPlainMode = 0100644;

/// A file that goes into a zip.
struct CollectedFile {
    std::string path;
    std::uint32_t mode = kPlainMode;
    std::string bytes;        ///< Of a link: where it leads.
    std::string origin = {};  ///< Where it lies here, by the path that the user gave.
};

/// The files of a deployable zip, in no order. `program` is the function's program, stored as `bootstrap` whatever its
/// name, or a folder whose content is stored as it lies there. `others`: files, stored by their names, and folders,
/// with theirs. Modes are settled: 0755 for `bootstrap`, for what it leads to where it is a link, and for what may be
/// executed, 0644 for the rest. Links in folders stay links, see `read_link_target`.
/// `left_out` is not packed: the zip itself, from an earlier run; it may be empty.
/// Errors: not_found, unreadable; invalid for two files of one name, a link that leads outside, a zip as the program;
/// too_large over AWS's limit.
source::Result<std::vector<CollectedFile>> collect_files(const std::filesystem::path& program,
                                                         const std::vector<std::filesystem::path>& others,
                                                         const std::filesystem::path& left_out);

/// What the files are to `check_package`.
Package to_package(std::string name, const std::vector<CollectedFile>& files);

/// Puts the recorder in front: `bootstrap` becomes `bootstrap.real`, `recorder` becomes `bootstrap`. Errors: not_found
/// where there is no `bootstrap`; invalid where the other name is taken.
source::Result<void> add_recorder(std::vector<CollectedFile>& files, std::string_view recorder);

/// The files of a layer that records functions of managed runtimes: their AWS_LAMBDA_EXEC_WRAPPER is
/// `/opt/understudy-record`.
/// Rule: docs.aws.amazon.com/lambda/latest/dg/runtimes-modify.html (wrapper scripts)  Tested by:
/// PackRecorder.TheLayersWrapperRunsTheRecorderWithItsArguments
std::vector<CollectedFile> to_layer(std::string_view recorder);

/// The zip of the files, see `write_zip`.
std::string to_zip(const std::vector<CollectedFile>& files);

/// How AWS shows a zip in `CodeSha256`: the base64 of its SHA-256.
std::string code_sha256(std::string_view zip);

}  // namespace understudy::package
