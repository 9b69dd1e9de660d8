#pragma once

#include <sys/types.h>

#include <csignal>
#include <optional>
#include <string>
#include <vector>

namespace understudy::recorder {

/// A program to run, as exec takes it.
struct Command {
    std::vector<std::string> words;        ///< The program's path, and its arguments.
    std::vector<std::string> environment;  ///< `NAME=value`
};

/// Turns this process into the program. Returns only where that fails, with the system's reason in errno.
void become(const Command& command);

/// Starts the program in a process group of its own, with this process's descriptors and `mask` as its signal mask; it
/// ends when this process does. Returns its id; nullopt where there is none, or where it could not be run, with the
/// reason in errno and `*ran` false.
std::optional<pid_t> start_child(const Command& command, const sigset_t& mask, bool* ran);

/// How Lambda tells of a process's end, from what waitpid says: `Runtime exited with error: exit status 3`.
/// Rule: localstack/localstack tests/aws/services/lambda_ (test_lambda_runtime_exit); Go's names of signals
/// Tested by: RecorderChild.AnEndIsToldInLambdasWords
std::string describe_end(int status);

/// Ends this process as another one ended: with its code, or by its signal.
[[noreturn]] void end_as(int status);

}  // namespace understudy::recorder
