#pragma once

#include "emulator/emulator.hpp"
#include "tools/replay/selection.hpp"
#include "tools/understudy/application_loader.hpp"
#include "tools/understudy/explain.hpp"
#include "tools/understudy/init_options.hpp"
#include "tools/understudy/make_event.hpp"
#include "tools/understudy/package_options.hpp"
#include "tools/understudy/report_options.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace understudy::cli {

/// What `serve` and `invoke` share: the function, and how its environments are run.
struct FunctionOptions {
    app::Application application;  ///< The command's function and the API before it; unused where files say it all.
    int max_environments = 16;
    double clock_scale = 1;
    std::optional<std::uint64_t> seed;
    bool inherit_credentials = false;
    bool strict_environment = false;
};

/// What of the traffic is written, and where.
struct RecordingOptions {
    std::string file;              ///< Empty: nothing is.
    std::uint64_t most_bytes = 0;  ///< Of a file; 0: no limit.
    std::string redaction_file;
};

/// `understudy serve [OPTIONS] [TEMPLATE | -- COMMAND ARG…]`
struct ServeOptions {
    FunctionOptions function;
    std::string address = "127.0.0.1";
    std::optional<ApplicationFiles> files;  ///< None: the application is the command's alone. An OpenAPI document's
                                            ///< functions are run as the one function is, where there is one.
    std::uint16_t port = 3000;
    bool says_port = false;  ///< It was given; else SAM's configuration may name another.
    std::uint16_t lambda_port = 3001;
    std::string ready_file;     ///< Empty: none.
    std::optional<bool> watch;  ///< None: on a terminal.
    std::optional<PublicAddress> public_address;
    std::optional<TlsFiles> tls;
    std::vector<std::string> issuer_keys;  ///< `ISSUER=FILE` or `ISSUER=URL`
    std::optional<std::vector<SigningKey>> signing_keys;
    bool quiet = false;
    RecordingOptions recording;
};

/// `understudy invoke -e event.json -- COMMAND ARG…`
struct InvokeOptions {
    FunctionOptions function;
    std::string event_file;  ///< `-`: standard input.
};

enum class ColourWish : std::uint8_t { automatic, always, never };

/// `understudy test PATH…`
struct TestOptions {
    std::vector<std::string> paths;
    std::vector<std::string> variables;  ///< `NAME=VALUE`
    std::optional<std::uint64_t> seed;
    bool update = false;  ///< Write into the scenarios what came.
    std::string against;  ///< A URL without a slash at its end; empty: emulators are started.
    ColourWish colour = ColourWish::automatic;
    unsigned jobs = 0;  ///< 0: one for each processor.
    std::string shard;  ///< `2/4`; empty: everything.
    std::string durations;
    std::vector<std::string> filters;
    std::vector<std::string> tags;
    std::optional<std::uint64_t> repeat;
    unsigned retries = 0;
    bool until_fail = false;
    bool fail_fast = false;
    bool fail_on_flaky = false;
    bool list = false;
    bool watch = false;
    ReportOptions reports;
};

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

/// `understudy replay FILE… [-- COMMAND | template.yaml | --against URL]`
struct ReplayOptions {
    std::vector<std::string> files;
    FunctionOptions function;                        ///< Of the command, where there is one.
    bool names_function = false;                     ///< `--name` is given.
    std::optional<ApplicationFiles> template_files;  ///< In place of a command.
    std::string against;                             ///< In place of both: a URL without a slash at its end.
    std::vector<std::string> baseline;               ///< Two builds side by side, in place of all: their commands.
    std::vector<std::string> candidate;
    replay::SelectionRules selection;
    std::optional<replay::Sample> sample;
    std::uint64_t limit = ~std::uint64_t{0};
    ReplayEdge edge = ReplayEdge::automatic;
    unsigned jobs = 1;
    double pace = 0;  ///< How many times faster than recorded; 0: as fast as it goes.
    bool recorded_ids = false;
    bool recorded_environment = false;
    SchemaWords schema;
    std::vector<std::string> ignore;
    std::string expect_file;
    bool strict = false;               ///< What differs from run to run is compared too.
    std::vector<std::string> headers;  ///< `Name: value`
    std::vector<std::string> binary_media_types;
    std::string junit_file;
    std::string json_file;
    ColourWish colour = ColourWish::automatic;
};

/// `understudy promote RECORDING`
struct PromoteOptions {
    std::vector<std::string> files;
    replay::SelectionRules selection;
    std::uint64_t limit = 1;
    SchemaWords schema;
    std::vector<std::string> command;  ///< Empty: a placeholder.
    std::string front;                 ///< Empty: the recorded one.
};

/// Nothing to do but to say something: help, the version, or what is wrong with the command line.
struct Say {
    std::string out;  ///< For stdout.
    std::string err;  ///< For stderr.
    int exit_code = 0;
};

using Command = std::variant<Say, ServeOptions, InvokeOptions, TestOptions, ExplainOptions, EventOptions, ReplayOptions,
                             PromoteOptions, CheckOptions, PackageOptions, InitOptions>;

/// Reads the command line, program name first. What stands behind the first `--` is the function's command and is not
/// looked into.
Command parse_command_line(const std::vector<std::string>& arguments);

}  // namespace understudy::cli
