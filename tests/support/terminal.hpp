#pragma once

#include "tests/support/program.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <termios.h>

namespace understudy::test {

/// Runs one of the project's programs at a terminal into which `typed` has been typed (`\x04` is Ctrl-D). What the
/// program writes to the terminal is in `err`; standard output is apart. The terminal does not echo: what is typed
/// early would stand in the midst of what the program writes.
inline Ended run_on_terminal(const std::string& name, std::vector<std::string> arguments, const std::string& typed) {
    const std::string program = std::string(UNDERSTUDY_PROGRAM_DIR) + "/" + name;
    arguments.insert(arguments.begin(), program);
    std::vector<char*> pointers;
    for (auto& argument : arguments) pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    const int screen = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (screen < 0 || grantpt(screen) != 0 || unlockpt(screen) != 0) throw std::runtime_error("no terminal");
    termios modes{};
    tcgetattr(screen, &modes);
    modes.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    if (tcsetattr(screen, TCSANOW, &modes) != 0) throw std::runtime_error("the terminal keeps its echo");
    const std::string device = ptsname(screen);
    TempFolder folder;
    const std::string out = folder.file("out");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, device.c_str(), O_RDWR | O_NOCTTY, 0);
    posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDERR_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, out.c_str(), O_WRONLY | O_CREAT, 0600);
    char* environment[] = {nullptr};
    pid_t child = 0;
    const int error = posix_spawn(&child, program.c_str(), &actions, nullptr, pointers.data(), environment);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) throw std::runtime_error("cannot start " + program);
    const bool is_typed = write(screen, typed.data(), typed.size()) == static_cast<ssize_t>(typed.size());
    Ended ended;
    char part[4096];
    // Linux ends the reading with EIO when the last one at the terminal has gone.
    for (ssize_t got = 0; is_typed && (got = read(screen, part, sizeof part)) > 0;)
        ended.err.append(part, static_cast<std::size_t>(got));
    int status = 0;
    waitpid(child, &status, 0);
    close(screen);
    if (WIFEXITED(status)) ended.exit_code = WEXITSTATUS(status);
    ended.out = read_file(out);
    return ended;
}

}  // namespace understudy::test
