#pragma once

#include "emulator/process/file_descriptor.hpp"
#include "emulator/source/problem.hpp"

#include <sys/types.h>

#include <string>
#include <utility>
#include <vector>

namespace understudy::process {

/// Names and values, in the order in which the child finds them.
using Variables = std::vector<std::pair<std::string, std::string>>;

/// What is run, and how.
struct ChildSpec {
    std::string program;                 ///< The file itself; nothing is searched.
    std::vector<std::string> arguments;  ///< Its own name first.
    std::string directory;               ///< Working directory.
    Variables variables;                 ///< The whole environment: nothing of ours is inherited.
    int descriptor = -1;                 ///< Where not negative: a native program, open, that is run for `program`.
};

/// The pipes' ends that a child writes to. Both numbers are above 2.
struct ChildOutput {
    int standard_output = -1;
    int standard_error = -1;
};

/// A program that was started.
struct Spawned {
    pid_t pid = -1;        ///< Also the number of its process group and session. The caller reaps it.
    FileDescriptor pidfd;  ///< Becomes readable when the process ends.
};

/// Starts a program: in a session and process group of its own, standard input empty, no other descriptor than 0 to 2,
/// default signal dispositions, nothing blocked, as many open files allowed as `original_descriptor_limit` says. The
/// kernel kills it when the calling *thread* ends, so call this only from a thread that lives as long as the program.
///
/// The memory of this process is shared until the program runs (neither copied nor counted), which keeps the cost the
/// same however much memory we hold.
/// Errors, in Go's words as AWS shows them: `not_found`, `unreadable`, `malformed` or `busy` (somebody has the program
/// open for writing) with `fork/exec PROGRAM: permission denied`; `invalid` with
/// `chdir DIRECTORY: no such file or directory`.
source::Result<Spawned> spawn(const ChildSpec& spec, ChildOutput output);

/// The system's refusal to start a program, in the words that `spawn` uses: `fork/exec PROGRAM: too many open files`.
source::Problem refused_start(const std::string& program, int error);

}  // namespace understudy::process
