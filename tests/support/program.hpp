#pragma once

#include <gtest/gtest.h>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace understudy::test {

inline std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/// A folder of its own, gone with everything in it when the object goes.
class TempFolder {
  public:
    TempFolder() : path_(testing::TempDir() + "understudyXXXXXX") {
        if (mkdtemp(path_.data()) == nullptr) throw std::runtime_error("no temporary folder");
    }
    ~TempFolder() {
        for (const auto& name : files_) unlink((path_ + "/" + name).c_str());
        rmdir(path_.c_str());
    }
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;

    const std::string& path() const { return path_; }
    /// The path of a file in it, which the folder will remove.
    std::string file(const std::string& name) {
        files_.push_back(name);
        return path_ + "/" + name;
    }
    std::string write(const std::string& name, const std::string& bytes) {
        const std::string at = file(name);
        std::ofstream(at, std::ios::binary) << bytes;
        return at;
    }

  private:
    std::string path_;
    std::vector<std::string> files_;
};

/// How a program ended.
struct Ended {
    int exit_code = -1;  ///< -1 where a signal ended it.
    std::string out;
    std::string err;
};

/// Runs the program of that path without a terminal, to its end. `environment` holds `NAME=value`, and all of it.
inline Ended run_file(const std::string& program, std::vector<std::string> arguments,
                      std::vector<std::string> environment) {
    arguments.insert(arguments.begin(), program);
    const auto to_pointers = [](std::vector<std::string>& texts) {
        std::vector<char*> pointers;
        for (auto& text : texts) pointers.push_back(text.data());
        pointers.push_back(nullptr);
        return pointers;
    };
    TempFolder folder;
    const std::string out = folder.file("out");
    const std::string err = folder.file("err");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, out.c_str(), O_WRONLY | O_CREAT, 0600);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, err.c_str(), O_WRONLY | O_CREAT, 0600);
    pid_t child = 0;
    const int error = posix_spawn(&child, program.c_str(), &actions, nullptr, to_pointers(arguments).data(),
                                  to_pointers(environment).data());
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) throw std::runtime_error("cannot start " + program);
    int status = 0;
    waitpid(child, &status, 0);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_file(out), read_file(err)};
}

/// Runs one of the project's programs so.
inline Ended run_program(const std::string& name, std::vector<std::string> arguments,
                         std::vector<std::string> environment) {
    return run_file(std::string(UNDERSTUDY_PROGRAM_DIR) + "/" + name, std::move(arguments), std::move(environment));
}

}  // namespace understudy::test
