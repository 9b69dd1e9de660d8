#pragma once

#include "tools/understudy/command_spec.hpp"
#include "tools/understudy/options.hpp"

#include <functional>
#include <string>
#include <variant>
#include <vector>

namespace understudy::cli {

/// What is wrong with a command line, in words that go behind the command's name.
struct Misuse {
    std::string text;
};

/// Whether an option, written as in its spec with its dashes, stands on the command line.
using IsGiven = std::function<bool(const char* option)>;

/// A command that words can be read into, and that then says what they come to. `behind` is what stands behind `--`.
struct ReadableCommand {
    CommandSpec spec;
    std::function<std::variant<Command, Misuse>(const IsGiven& is_given, const std::vector<std::string>& behind)>
        finish;
};

/// One of each command, in the order of the help. Each holds what its words are read into.
std::vector<ReadableCommand> list_commands();

ReadableCommand make_serve_command();
ReadableCommand make_invoke_command();
ReadableCommand make_test_command();
ReadableCommand make_replay_command();
ReadableCommand make_promote_command();
ReadableCommand make_explain_command();
ReadableCommand make_schema_command();
ReadableCommand make_event_command();
ReadableCommand make_check_command();
ReadableCommand make_package_command();
ReadableCommand make_init_command();
/// Completes all the others.
ReadableCommand make_completion_command();

}  // namespace understudy::cli
