#pragma once

#include "emulator/app/function.hpp"
#include "emulator/process/goes_on.hpp"
#include "emulator/source/problem.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::process {

/// A function's code and layers, lying ready on the disk.
struct CodePackage {
    std::vector<std::string> command;  ///< Program and arguments, as `SandboxSpec` takes them.
    std::string directory;             ///< Working directory and LAMBDA_TASK_ROOT: absolute.
    std::filesystem::path opt;         ///< What stands for /opt; empty without layers.
    /// The folders that it lies in or was put together from: those of `scratch` are to be kept for it.
    std::vector<std::filesystem::path> folders;
    std::vector<std::string> notices;  ///< What a user should know: extensions that are not started, sizes.
};

/// Makes a function ready to be started. A zip file is unpacked into `scratch`, under a name made of its content, so
/// that an unchanged one is not unpacked again; it is untrusted, see `unpack_zip`. Blocks: to be called in a thread
/// that may wait. Several calls with one `scratch` may run at once; its owner removes it.
///
/// The command is `function.command` where that is given, else the code's `bootstrap` (of a layer where the code has
/// none), or the file itself. Its program is looked for and read, so that what could not be run is told before a call
/// needs it: one that is missing, may not be executed, or is for another machine.
/// Preconditions: paths of `function` are absolute, `scratch` exists.
/// Errors: those of `find_program`, `check_program`, `unpack_zip` and `merge_layers`, with the path that was tried and
/// a hint at the remedy.
source::Result<CodePackage> prepare_code(const app::Function& function, const std::filesystem::path& scratch,
                                         std::string_view search_path, const GoesOn& goes_on = {});

/// Removes from `scratch` the folders of earlier packages: all but those that hold one of the paths to `keep`.
/// Blocks. Precondition: no `prepare_code` with this `scratch` is under way.
void remove_other_code(const std::filesystem::path& scratch, const std::vector<std::filesystem::path>& keep);

/// Where the program of a function's code lies or should lie, so that a start says what is wrong with it where
/// `prepare_code` has failed. Unpacks as that does.
std::filesystem::path find_program_of_code(const app::Function& function, const std::filesystem::path& scratch,
                                           const GoesOn& goes_on = {});

/// The files and folders whose change asks for a new `prepare_code`, to be given to `FileWatch`; they need not exist.
/// Of a folder of code: that, and the bootstrap in it. Of a command: its program, first, each argument that names a
/// file, and where an argument or the handler names a function of a module (`app.handler`), that; last, what lies
/// beside scripts and ends as they do.
std::vector<std::filesystem::path> watched_paths(const app::Function& function, std::string_view search_path);

}  // namespace understudy::process
