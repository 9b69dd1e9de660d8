#include "emulator/process/child_process.hpp"
#include "emulator/process/output.hpp"
#include "emulator/process/temp_directory.hpp"

#include <boost/asio/io_context.hpp>

#include <signal.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>

namespace understudy::process {
namespace {

/// Starts a program that runs for ever, names its process and is killed.
int start_and_die() {
    boost::asio::io_context loop;
    const auto on_line = [](OutputStream, std::string_view pid) {
        std::cout << pid << std::endl;
        ::kill(::getpid(), SIGKILL);
    };
    Output output(loop.get_executor(), on_line);
    if (output.open()) return 1;
    ChildProcess child(loop.get_executor());
    const ChildSpec spec{"/bin/sh", {"sh", "-c", "echo $$; exec sleep 1000"}, "/", {{"PATH", "/usr/bin:/bin"}}};
    if (child.start(spec, output.child_ends(), [](Exit) {}).has_error()) return 1;
    output.start_reading();
    loop.run();
    return 1;
}

/// Fills a temp directory with what only root could remove without a second thought, and says what is left of it.
int remove_read_only(const std::filesystem::path& parent) {
    if (::geteuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) return 1;
    std::filesystem::path path;
    {
        auto made = TempDirectory::make(parent);
        if (made.has_error()) return 1;
        const TempDirectory directory = std::move(*made);
        path = directory.path();
        std::filesystem::create_directories(path / "sealed" / "inner");
        std::ofstream(path / "sealed" / "inner" / "file") << "text";
        std::filesystem::create_symlink(parent / "outside", path / "sealed" / "link");
        for (const auto* sealed : {"sealed/inner", "sealed", "."}) {
            std::filesystem::permissions(path / sealed, std::filesystem::perms(0500));
        }
        std::filesystem::permissions(path / "sealed", std::filesystem::perms(0));
    }
    std::cout << (std::filesystem::exists(path) ? "left" : "removed") << std::endl;
    return 0;
}

/// Leaves a temp directory behind, as a killed emulator does, and names it.
int leave_directory(const std::filesystem::path& parent) {
    const auto made = TempDirectory::make(parent);
    if (made.has_error()) return 1;
    std::ofstream(made->path() / "file") << "text";
    std::cout << made->path().native() << std::endl;
    ::kill(::getpid(), SIGKILL);
    return 1;
}

}  // namespace
}  // namespace understudy::process

int main(int count, char** arguments) {
    const std::string_view task = count > 1 ? arguments[1] : "";
    if (task == "start-and-die") return understudy::process::start_and_die();
    if (task == "remove-read-only") return understudy::process::remove_read_only(arguments[2]);
    if (task == "leave-directory") return understudy::process::leave_directory(arguments[2]);
    return 2;
}
