#pragma once

#include <functional>
#include <string>
#include <vector>

namespace understudy {

/// An environment without a process: whoever embeds the emulator answers its invocations, as a runtime that asks the
/// Runtime API. Both functions may be called in any thread as long as the emulator's context lives, and do nothing once
/// the environment is gone; its Runtime API then closes every connection.
struct HostedRuntime {
    std::vector<std::string> variables;  ///< `NAME=value`: what a process would find, AWS_LAMBDA_RUNTIME_API among it.
    std::function<void(std::string line)> log;    ///< A line of the function's log, without its line end.
    std::function<void(int exit_code)> on_ended;  ///< The runtime serves no more.
};

/// Starts a runtime for a new environment. Called on the emulator's thread, and must not block.
using StartRuntime = std::function<void(HostedRuntime runtime)>;

}  // namespace understudy
