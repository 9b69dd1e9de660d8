#pragma once

#include "emulator/process/goes_on.hpp"
#include "emulator/source/problem.hpp"

#include <filesystem>
#include <string_view>

namespace understudy::process {

/// Where code and layers lie on AWS.
inline constexpr std::string_view kTaskRoot = "/var/task";
inline constexpr std::string_view kOptRoot = "/opt";

/// Unpacks a zip file into a folder of `scratch` that is named after its content, and hands out that folder; where the
/// folder is there already, nothing is unpacked. Files keep their right to be executed.
///
/// An absolute link below `root`, where AWS unpacks to, leads to the same in that folder.
/// Rule: Lambda unpacks code to /var/task and layers to /opt
/// [docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html]. Tested by:
/// ZipTest.ALinkBelowTheRootLeadsToTheFileOfTheZip
///
/// The file is untrusted. Before anything is written, names, kinds and sizes of all entries are checked
/// (`check_entries`); what its directory promises is not exceeded while it is unpacked. Nothing is written through a
/// link, and a link never leads outside.
/// Blocks. Several calls with one `scratch` may run at once.
/// Errors: not_found, also where `scratch` is taken away meanwhile; unreadable; malformed for what is no zip, or is
/// damaged; those of `check_entries`; invalid where the file changed while it was read; stopped.
source::Result<std::filesystem::path> unpack_zip(const std::filesystem::path& file,
                                                 const std::filesystem::path& scratch, const GoesOn& goes_on = {},
                                                 std::string_view root = kTaskRoot);

}  // namespace understudy::process
