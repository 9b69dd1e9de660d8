#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>

#include "recorder/api_address.hpp"
#include "recorder/settings.hpp"
#include "recorder/supervision.hpp"

namespace understudy::recorder {
namespace {

std::optional<std::string> find_variable(const char* name) {
    const char* const value = std::getenv(name);
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

/// The function's program: it lies beside this one, which took its name.
std::string find_program() {
    std::array<char, 4096> path{};
    const ssize_t size = ::readlink("/proc/self/exe", path.data(), path.size() - 1);
    const std::string own(path.data(), size < 0 ? 0 : static_cast<std::size_t>(size));
    return own.substr(0, own.rfind('/') + 1) + "bootstrap.real";
}

Command to_command(int count, char** words, char** variables) {
    Command command;
    command.words.assign(words + 1, words + count);
    if (command.words.empty()) command.words = {find_program()};
    for (; *variables != nullptr; ++variables) command.environment.emplace_back(*variables);
    return command;
}

/// Records where that is wanted and possible; returns otherwise.
void try_to_record(const Command& command) {
    const Settings settings = read_settings(find_variable);
    for (const std::string& fault : settings.faults)
        std::fprintf(stderr, "understudy-recorder: %s: nothing is recorded\n", fault.c_str());
    if (settings.sample <= 0) return;
    const auto api = parse_api_address(find_variable("AWS_LAMBDA_RUNTIME_API").value_or(""));
    if (api) supervise(command, *api, settings);
}

}  // namespace
}  // namespace understudy::recorder

/// `understudy-recorder [PROGRAM ARG…]`: runs a function, `bootstrap.real` beside it where none is named, and records
/// its invocations. What stands in the way of recording never stands in the function's way.
int main(int count, char** words, char** variables) {
    using namespace understudy::recorder;
    const Command command = to_command(count, words, variables);
    try {
        try_to_record(command);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "understudy-recorder: %s: nothing is recorded\n", error.what());
    }
    become(command);
    const int error = errno;
    std::fprintf(stderr, "understudy-recorder: cannot run %s: %s\n", command.words.front().c_str(),
                 std::strerror(error));
    return error == ENOENT ? 127 : 126;
}
