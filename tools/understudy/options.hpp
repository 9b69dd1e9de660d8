#pragma once

#include "emulator/emulator.hpp"
#include "tools/understudy/application_loader.hpp"
#include "tools/understudy/explain.hpp"
#include "tools/understudy/init_options.hpp"
#include "tools/understudy/make_event.hpp"
#include "tools/understudy/package_options.hpp"
#include "tools/understudy/replay_options.hpp"
#include "tools/understudy/report_options.hpp"
#include "tools/understudy/shared_options.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace understudy::cli {

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
    std::optional<std::uint64_t> grpc_port = {};  ///< Absent: no gRPC is taken.
    std::string ready_file;                       ///< Empty: none.
    std::optional<bool> watch;                    ///< None: on a terminal.
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
