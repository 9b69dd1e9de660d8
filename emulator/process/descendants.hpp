#pragma once

#include "emulator/process/file_descriptor.hpp"

#include <sys/types.h>

#include <string>
#include <string_view>
#include <vector>

namespace understudy::process {

/// Processes, each held by a pidfd, so that a number which the system gives out anew is never mistaken for them.
using Processes = std::vector<FileDescriptor>;

/// Holds a process by its number; none where there is no such process.
FileDescriptor hold(pid_t pid);

/// The numbers in the text of `/proc/PID/task/TID/children`.
std::vector<pid_t> parse_children(std::string_view text);

/// Its children, those that have ended and were not waited for included. Empty where the kernel keeps no lists.
std::vector<pid_t> find_children(pid_t pid);

/// Everything below `root` as the system's tree of parents has it now: whatever session or group it is in, as long as
/// nobody between has ended. Empty where the kernel keeps no lists of children (CONFIG_PROC_CHILDREN).
Processes find_descendants(pid_t root);

/// Sends SIGKILL to each, and waits for a moment until they have ended. One that is not held is passed over.
void kill_all(const Processes& processes);

/// What a process has from the one that started it, and no other process has.
struct Marks {
    std::string variable = {};  ///< `NAME=value` in the environment that it was started with; empty: there is none.
    /// Where its standard output or standard error leads to, as `/proc/PID/fd/1` shows it: `pipe:[NUMBER]`.
    std::vector<std::string> outputs = {};
};

/// Kills every process of this user that has one of the marks, wherever it has gone, and what those start meanwhile.
/// Reads links and environment of every process that may be read, which takes some microseconds each.
/// Preconditions: the marks are this process's children's own, as a random name is, and a pipe that nobody else has.
void kill_marked(const Marks& marks);

}  // namespace understudy::process
