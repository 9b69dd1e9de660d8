#pragma once

#include "emulator/source/problem.hpp"

#include <filesystem>
#include <string_view>

namespace understudy::process {

/// Whether this machine can run a program that begins with these bytes; `machine` is `uname`'s (`x86_64`).
///
/// Errors: malformed, with what it is instead, for a program of another system or processor and for a file that is no
/// program. Such a file is named `path`.
source::Result<void> check_program_bytes(std::string_view begin, std::string_view machine,
                                         const std::filesystem::path& path);

/// Tells early, in the words of `spawn`, why a file could not be run, from its rights and its first bytes; a foreign
/// program counts where an interpreter for it is registered with the kernel (binfmt_misc). What it passes may still
/// fail.
///
/// Errors, most with a hint: not_found, also for a script's interpreter; unreadable with
/// `fork/exec PATH: permission denied`, AWS's words; those of `check_program_bytes`.
source::Result<void> check_program(const std::filesystem::path& path);

}  // namespace understudy::process
