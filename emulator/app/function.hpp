#pragma once

#include "emulator/app/asynchronous.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::app {

/// The version that a function has before anything is published.
inline constexpr std::string_view kLatest = "$LATEST";

/// A name for a version of a function; an invocation may be addressed to it.
struct Alias {
    std::string name;
    std::string version{kLatest};
    std::vector<std::pair<std::string, double>> weights = {};  ///< Other versions, and their shares of the calls.

    friend bool operator==(const Alias&, const Alias&) = default;
};

/// A Lambda function: what is run, and what AWS would tell it about itself.
struct Function {
    std::string name = "function";
    std::string logical_id = {};  ///< What the template calls it; empty without a template.
    /// Program and arguments, run without a shell. The program is looked up as the emulator's own PATH says.
    /// Empty where `code` names what is run.
    std::vector<std::string> command = {};
    /// A folder that holds `bootstrap`, a zip file, or an executable; absolute. Empty where `command` is given.
    std::string code = {};
    std::string directory = {};  ///< Working directory and LAMBDA_TASK_ROOT: absolute. Empty: the code's folder.
    std::vector<std::string> layers = {};  ///< Folders or zip files whose content stands under /opt; absolute.
    std::string opt = {};                  ///< The folder that stands for /opt, once the layers lie ready in it.
    std::string handler = "bootstrap";     ///< `_HANDLER`
    std::chrono::milliseconds timeout{3000};
    int memory_megabytes = 128;
    std::vector<std::pair<std::string, std::string>> environment = {};  ///< The function's own variables, in order.
    std::optional<int> reserved_concurrency = {};
    std::vector<std::string> versions = {};  ///< Published ones: "1".
    std::vector<Alias> aliases = {};
    std::vector<AsynchronousTerms> asynchronous = {};  ///< Where others than the defaults.
    std::string dead_letters =
        {};  ///< The queue or topic for events that failed, by its ARN or in words; may be empty.

    friend bool operator==(const Function&, const Function&) = default;
};

/// The version that an invocation with this qualifier runs; nullopt where the function has none of that name. All
/// versions run the same code here: the one on this machine.
///
/// Rule: no qualifier is `$LATEST`, an alias is the version that it points to
/// [docs.aws.amazon.com/lambda/latest/api/API_Invoke.html; configuration-aliases]. Tested by:
/// FunctionVersion.IsWhatTheQualifierNames
std::optional<std::string> find_version(const Function& function, std::string_view qualifier);

/// The version that one call with this qualifier runs: an alias with weights spreads its calls over its versions, each
/// call as its id, which is random, has it. Errors: those of `find_version`.
///
/// Rule: [docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html]. Tested by:
/// FunctionVersion.AnAliasSpreadsItsCalls
std::optional<std::string> choose_version(const Function& function, std::string_view qualifier,
                                          std::string_view call_id);

/// What is to be said of a route that leads to no function, or to a version or alias that its function has not.
std::string say_no_function(const std::string& function);
std::string say_no_version(const std::string& function, const std::string& qualifier);

}  // namespace understudy::app
