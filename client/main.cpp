#include "client/api_client.hpp"
#include "client/arguments.hpp"
#include "client/console.hpp"
#include "client/input.hpp"
#include "client/report.hpp"

#include <CLI/CLI.hpp>
#include <google/protobuf/stubs/logging.h>

#include <fcntl.h>
#include <logquery/v1/logquery.pb.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <exception>
#include <iostream>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::client {
namespace {

enum ExitCode : int { kFound = 0, kUsage = 1, kUnreachable = 3, kFailed = 4, kNotFound = 5 };

constexpr std::string_view kService = "logquery.v1.LogQueryService";

/// The command line as typed.
struct Options {
    std::string url = "http://127.0.0.1:3000";
    std::string codec = "proto";
    std::string output = "text";
    std::string limit = "30s";
    std::optional<std::string> ca_file = "";
    std::optional<std::string> time;
    std::optional<std::string> tolerance;
    std::optional<std::string> pattern;
    std::string most_messages = "0";
};

/// The part of the command line that both commands share, as meant.
struct Connection {
    HttpClient client;
    CallOptions call;
    Output output;
};

void add_shared_options(CLI::App& command, Options& options) {
    command.add_option("--time", options.time,
                       "The middle of the window: 2026-01-05T09:58:55.123Z, or without zone: UTC (required)");
    command.add_option("--tolerance", options.tolerance,
                       "How far around it to look: 0, 5m, 90s, 1h30m, 00:01:00, 250ms (required)");
    command.add_option("--url", options.url, "The API, with its stage where it has one")->capture_default_str();
    command.add_option("--codec,--content-type", options.codec, "proto, json or a content type of the service")
        ->capture_default_str();
    command.add_option("--output", options.output, "text for people, json for programs")->capture_default_str();
    command.add_option("--timeout", options.limit, "The longest to wait for the reply")->capture_default_str();
    command.add_option("--cacert", options.ca_file, "PEM file of the authorities to trust instead of the system's");
    command.get_formatter()->column_width(30);
}

std::optional<Connection> make_connection(const Options& options, const Console& console) {
    auto url = resolve(console, {"--url", kServerForms}, options.url, parse_server);
    if (!url) return std::nullopt;
    const auto codec = resolve(console, {"--codec", kCodecForms}, options.codec, parse_codec);
    if (!codec) return std::nullopt;
    const auto output = resolve(console, {"--output", kOutputForms}, options.output, parse_output);
    if (!output) return std::nullopt;
    const auto limit = resolve(console, {"--timeout", kDurationForms}, options.limit, parse_time_limit);
    if (!limit) return std::nullopt;
    const auto authorities = resolve(console, {"--cacert", kAuthoritiesForms}, options.ca_file, parse_authorities);
    if (!authorities) return std::nullopt;
    return Connection{HttpClient(*std::move(url), *authorities), {.content_type = *codec, .limit = *limit}, *output};
}

/// Fills the members that both requests have. False where they are missing or wrong, which has been said.
template <class Request>
bool fill_window(const Options& options, const Console& console, Request& request) {
    const auto time = resolve(console, {"--time", kTimeForms}, options.time, parse_time);
    if (!time) return false;
    const auto tolerance = resolve(console, {"--tolerance", kDurationForms}, options.tolerance, parse_tolerance);
    if (!tolerance) return false;
    *request.mutable_time() = *time;
    *request.mutable_tolerance() = *tolerance;
    return true;
}

ExitCode report_failure(const CallResult& result) {
    std::cerr << "logquery: " << render_failure(result.status) << std::endl;
    if (!result.transport) return kFailed;
    const auto code = result.transport->code();
    return code == TransportCode::unreachable || code == TransportCode::untrusted ? kUnreachable : kFailed;
}

/// What was written so far has to be out before the program may claim success.
ExitCode end_with(ExitCode code) {
    errno = 0;
    if (std::cout.flush()) return code;
    std::cerr << "logquery: cannot write to standard output: " << std::strerror(errno == 0 ? EIO : errno) << std::endl;
    return kFailed;
}

ExitCode check_window(const Options& options, const Console& console) {
    auto connection = make_connection(options, console);
    logquery::v1::CheckWindowRequest request;
    if (!connection || !fill_window(options, console, request)) return kUsage;
    logquery::v1::CheckWindowResponse response;
    const auto result = call(connection->client, {kService, "CheckWindow"}, request, response, connection->call);
    if (!result.status.ok()) return report_failure(result);
    std::cout << (connection->output == Output::json ? render_json(response) : render_check(request, response));
    return end_with(response.found() ? kFound : kNotFound);
}

ExitCode find_messages(const Options& options, const Console& console) {
    auto connection = make_connection(options, console);
    logquery::v1::FindMessagesRequest request;
    if (!connection || !fill_window(options, console, request)) return kUsage;
    const auto pattern = resolve(console, {"--pattern", kPatternForms}, options.pattern, parse_pattern);
    if (!pattern) return kUsage;
    const auto limit = resolve(console, {"--limit", kLimitForms}, options.most_messages, parse_limit);
    if (!limit) return kUsage;
    request.set_pattern(*pattern);
    request.set_limit(*limit);
    logquery::v1::FindMessagesResponse response;
    const auto result = call(connection->client, {kService, "FindMessages"}, request, response, connection->call);
    if (!result.status.ok()) return report_failure(result);
    std::cout << (connection->output == Output::json ? render_json(response) : render_messages(request, response));
    return end_with(response.messages_size() > 0 ? kFound : kNotFound);
}

/// `--time` and so on: the options of the commands that take a value.
std::vector<std::string> names_with_value(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::App* command : app.get_subcommands({})) {
        for (const CLI::Option* option : command->get_options()) {
            if (option->get_items_expected_max() == 0) continue;
            for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
        }
    }
    return names;
}

bool has_no_value(const Arguments& arguments, std::string_view option) {
    return std::ranges::find(arguments.without_value, option) != arguments.without_value.end();
}

/// The word that stands where a command should, and is none.
std::optional<std::string> find_wrong_command(const CLI::App& app, const std::vector<std::string>& words) {
    if (words.empty() || words.front().starts_with('-')) return std::nullopt;
    for (const CLI::App* command : app.get_subcommands({})) {
        if (command->get_name() == words.front()) return std::nullopt;
    }
    return words.front();
}

int run(int argc, char** argv) {
    Options options;
    if (fcntl(STDOUT_FILENO, F_GETFD) < 0) {
        // The connection would take its place.
        std::cerr << "logquery: standard output is closed; '>/dev/null' is for an answer that nobody reads"
                  << std::endl;
        return kFailed;
    }
    CLI::App app("Asks the log-query service what the logs hold around a point in time.", "logquery");
    app.set_version_flag("--version", "logquery " UNDERSTUDY_VERSION);
    app.require_subcommand(1);
    app.footer(R"(Examples:
  logquery check --time 2026-01-05T09:58:55.123Z --tolerance 5m
  logquery find --time '2026-01-05 09:58:55' --tolerance 1h30m --pattern 'time(d )?out' --limit 20
  logquery find --time 2026-01-05T09:58:55Z --tolerance 90s --pattern '' --output json --url https://api.example.com/prod

What is required and missing is asked for on a terminal.
Exit codes: 0 found, 1 usage, 3 no connection to the server, 4 the call failed or its answer could not be written,
5 not found.)");
    CLI::App& check = *app.add_subcommand("check", "Is there any message in the window?");
    CLI::App& find = *app.add_subcommand("find", "Which messages are in the window?");
    add_shared_options(check, options);
    add_shared_options(find, options);
    find.add_option("--pattern", options.pattern,
                    "Only messages with a match of this regular expression (RE2); '' matches all (required)");
    find.add_option("--limit", options.most_messages, "The most messages to show: 0 means 100, at most 1000")
        ->capture_default_str();
    const Arguments arguments = complete_arguments({argv + 1, argv + argc}, names_with_value(app));
    if (const auto wrong = find_wrong_command(app, arguments.words)) {
        std::cerr << "logquery: there is no command '" << *wrong << "'; the commands are check and find" << std::endl;
        return kUsage;
    }
    try {
        app.parse(std::vector<std::string>(arguments.words.rbegin(), arguments.words.rend()));
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() != 0) {
            std::cerr << "logquery: " << error.what() << "\n'logquery --help' tells more" << std::endl;
            return kUsage;
        }
        std::ostringstream said;
        app.exit(error, said, std::cerr);
        std::cout << said.str();
        return end_with(kFound);
    }
    // An empty text means something to these two; all others ask for a value anyway.
    if (has_no_value(arguments, "--pattern")) options.pattern.reset();
    if (has_no_value(arguments, "--cacert")) options.ca_file.reset();
    const bool has_terminal = isatty(STDIN_FILENO) != 0 && isatty(STDERR_FILENO) != 0;
    const Console console{std::cin, std::cerr, has_terminal ? Interaction::terminal : Interaction::none};
    return check.parsed() ? check_window(options, console) : find_messages(options, console);
}

}  // namespace
}  // namespace understudy::client

int main(int argc, char** argv) {
    // What is wrong with a reply is said by the status of the call.
    google::protobuf::SetLogHandler(nullptr);
    try {
        return understudy::client::run(argc, argv);
    } catch (const std::exception& error) {
        std::cerr << "logquery: " << error.what() << std::endl;
        return understudy::client::kFailed;
    }
}
