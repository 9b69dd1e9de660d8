#pragma once

#include "emulator/process/goes_on.hpp"
#include "emulator/source/problem.hpp"

#include <filesystem>

namespace understudy::process {

/// Unpacks a zip file into a folder of `scratch` that is named after its content, and hands out that folder; where the
/// folder is there already, nothing is unpacked. Files keep their right to be executed.
///
/// The file is untrusted. Before anything is written, names, kinds and sizes of all entries are checked
/// (`check_entries`); what its directory promises is not exceeded while it is unpacked. Nothing is written through a
/// link, and a link never leads outside.
/// Blocks. Several calls with one `scratch` may run at once.
/// Errors: not_found, also where `scratch` is taken away meanwhile; unreadable; malformed for what is no zip, or is
/// damaged; those of `check_entries`; invalid where the file changed while it was read; stopped.
source::Result<std::filesystem::path> unpack_zip(const std::filesystem::path& file,
                                                 const std::filesystem::path& scratch, const GoesOn& goes_on = {});

}  // namespace understudy::process
