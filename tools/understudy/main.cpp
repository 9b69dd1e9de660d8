#include "emulator/process/descriptor_limit.hpp"
#include "emulator/process/orphans.hpp"
#include "tools/understudy/commands.hpp"
#include "tools/understudy/standard_streams.hpp"

#include <cerrno>
#include <csignal>
#include <exception>
#include <filesystem>
#include <iostream>
#include <system_error>

namespace {

using namespace understudy::cli;

int run(const Command& command) {
    if (const auto* say = std::get_if<Say>(&command)) {
        std::cout << say->out << std::flush;
        std::cerr << say->err;
        return say->exit_code;
    }
    understudy::process::Orphans orphans;  // Ends what a command's functions leave behind.
    if (const auto* options = std::get_if<ServeOptions>(&command)) return serve(*options, orphans);
    if (const auto* options = std::get_if<InvokeOptions>(&command)) return invoke(*options);
    if (const auto* options = std::get_if<ExplainOptions>(&command)) return explain(*options);
    if (const auto* options = std::get_if<EventOptions>(&command)) return print_event(*options);
    if (const auto* options = std::get_if<ReplayOptions>(&command)) return replay(*options);
    if (const auto* options = std::get_if<PromoteOptions>(&command)) return promote(*options);
    if (const auto* options = std::get_if<CheckOptions>(&command)) return check(*options);
    if (const auto* options = std::get_if<PackageOptions>(&command)) return pack(*options);
    if (const auto* options = std::get_if<InitOptions>(&command)) return init(*options);
    return test(std::get<TestOptions>(command), orphans);
}

/// Results that nobody gets are no success. That a reader has left, as `head` does, is for nobody to be told.
int finish(int exit_code, StandardOutput& output) {
    const int error = output.finish();
    if (error == 0 || exit_code != 0) return exit_code;
    if (error == EBADF)
        std::cerr << "understudy: standard output is closed\n";
    else if (error != EPIPE)
        std::cerr << "understudy: cannot write to standard output: " << std::generic_category().message(error) << '\n';
    return 3;
}

/// The library's own words for this do not say what to do.
bool stands_nowhere() {
    std::error_code error;
    return std::filesystem::current_path(error).empty();
}

}  // namespace

int main(int argc, char** argv) try {
    hold_standard_descriptors();
    StandardOutput output;
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);  // What is written beyond a limit fails with an error, which is told.
    understudy::process::raise_descriptor_limit();
    return finish(run(parse_command_line({argv, argv + argc})), output);
} catch (const std::exception& error) {
    const char* reason = stands_nowhere() ? "the current directory is gone: cd to one that exists" : error.what();
    std::cerr << "understudy: " << reason << '\n';
    return 3;
}
