#pragma once

#include "emulator/app/single_function.hpp"
#include "tools/replay/selection.hpp"
#include "tools/understudy/application_loader.hpp"
#include "tools/understudy/shared_options.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace understudy::cli {

/// Where a schema is described.
struct SchemaWords {
    std::vector<std::string> proto_files;
    std::vector<std::string> import_paths;
    std::string descriptor_set;

    bool empty() const { return proto_files.empty() && descriptor_set.empty(); }
};

/// Where recorded traffic is let in again.
enum class ReplayEdge : std::uint8_t {
    automatic,  ///< `event` for a command, `http` for a template and a URL.
    event,      ///< Events go to functions, replies are compared.
    http,       ///< Requests go through the front, responses are compared.
};

/// Which terms of a command's function its options say.
struct GivenTerms {
    bool name = false;
    bool handler = false;
    bool timeout = false;
    bool memory = false;
};

/// `understudy replay FILE… [-- COMMAND | template.yaml | --against URL]`
struct ReplayOptions {
    std::vector<std::string> files;
    FunctionOptions function;  ///< Of the command, where there is one.
    GivenTerms given;
    std::optional<ApplicationFiles> template_files;  ///< In place of a command.
    std::string api;      ///< Of the template's APIs, the one for requests that name none of them; empty: none.
    std::string against;  ///< In place of both: a URL without a slash at its end.
    std::vector<std::string> baseline;  ///< Two builds side by side, in place of all: their commands.
    std::vector<std::string> candidate;
    replay::SelectionRules selection;
    std::optional<replay::Sample> sample;
    std::uint64_t limit = ~std::uint64_t{0};
    ReplayEdge edge = ReplayEdge::automatic;
    unsigned jobs = 1;
    double pace = 0;  ///< How many times faster than recorded; 0: as fast as it goes.
    bool recorded_ids = false;
    bool recorded_clock = false;
    bool recorded_deadline = false;
    bool recorded_environment = false;
    SchemaWords schema;
    std::vector<std::string> ignore;
    std::string expect_file;
    bool strict = false;               ///< What differs from run to run is compared too.
    std::vector<std::string> headers;  ///< `Name: value`
    /// Of the API before a command: what the recording does not tell.
    std::string front;  ///< Empty: as it was recorded.
    app::FrontOptions front_options;
    std::string junit_file;
    std::string json_file;
    ColourWish colour = ColourWish::automatic;
};

/// `understudy promote RECORDING… [-- COMMAND | template.yaml]`
struct PromoteOptions {
    std::vector<std::string> files;
    replay::SelectionRules selection;
    std::uint64_t limit = 1;
    SchemaWords schema;
    std::vector<std::string> command;              ///< Empty: a placeholder.
    std::string front;                             ///< Empty: the recorded one.
    std::string template_file;                     ///< In place of both.
    std::vector<std::string> parameter_overrides;  ///< `Name=value`, of the template.
    std::string output;                            ///< A folder, or a file that ends in .yaml or .yml; empty: stdout.
};

}  // namespace understudy::cli
