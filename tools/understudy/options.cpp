#include "tools/understudy/options.hpp"

#include "tools/understudy/command_words.hpp"
#include "tools/understudy/completion.hpp"
#include "tools/understudy/explain_options.hpp"
#include "tools/understudy/option_checks.hpp"
#include "tools/understudy/version.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <limits>
#include <memory>
#include <sstream>

namespace understudy::cli {
namespace {

constexpr int kUsage = 1;
constexpr double kLongestTimeout = 900;
constexpr std::uint64_t kLeastMemory = 128, kMostMemory = 10240;

using Names = std::vector<std::string_view>;

/// A check whose words are our own; `shown` stands for the value in the help.
template <class Check>
CLI::Validator to_validator(Check check, std::string shown) {
    return {[check](const std::string& word) { return check(word); }, std::move(shown)};
}

CLI::Validator whole_number_check(std::uint64_t low, std::uint64_t high) {
    return to_validator([low, high](const std::string& word) { return check_whole_number(word, low, high); },
                        std::to_string(low) + " to " + std::to_string(high));
}

CLI::Validator number_check(double low, double high) {
    return to_validator([low, high](const std::string& word) { return check_number(word, low, high); }, "");
}

CLI::Validator choice_check(Names names) {
    std::string shown;
    for (const std::string_view name : names) shown += (shown.empty() ? "" : "|") + std::string(name);
    return to_validator([names = std::move(names)](const std::string& word) { return check_choice(word, names); },
                        std::move(shown));
}

CLI::Validator port_check() {
    return whole_number_check(0, std::numeric_limits<std::uint16_t>::max());
}

/// The usage line of the commands that take a function's command.
class FunctionHelp : public CLI::Formatter {
  public:
    std::string make_usage(const CLI::App*, std::string name) const override {
        return "Usage: " + name +
               (name.ends_with("serve") ? " [OPTIONS] [TEMPLATE | -- COMMAND ARG…]\n" : " [OPTIONS] -- COMMAND ARG…\n");
    }
};

void add_function_options(CLI::App& command, FunctionOptions& options, FunctionWords& words) {
    app::Function& function = options.application.functions.emplace_back();
    command.add_option("--name", function.name, "Name of the function")
        ->check(to_validator(check_name, "NAME"))
        ->capture_default_str();
    command.add_option("--handler", function.handler, "What the function finds in _HANDLER")->capture_default_str();
    command.add_option("--timeout", words.timeout_seconds, "The function's timeout in seconds, 0.001 to 900")
        ->check(number_check(0.001, kLongestTimeout))
        ->capture_default_str();
    command.add_option("--memory", function.memory_megabytes, "The function's memory in MB, 128 to 10240")
        ->check(whole_number_check(kLeastMemory, kMostMemory))
        ->capture_default_str();
    command.add_option("--env", words.environment, "A variable of the function, KEY=VALUE; may be repeated")
        ->take_all()
        ->allow_extra_args(false)
        ->check(to_validator(check_variable, "KEY=VALUE"));
    command
        .add_option("--credentials", words.credentials,
                    "dummy: the function cannot touch a real account; inherit: AWS_* credentials of this shell")
        ->check(choice_check({"dummy", "inherit"}))
        ->capture_default_str();
    command.add_flag("--strict-env", options.strict_environment, "Do not set AWS_ENDPOINT_URL_LAMBDA for the function");
    command.add_option("--region", options.application.region, "AWS region that the function believes in")
        ->check(to_validator(check_region, "REGION"))
        ->capture_default_str();
    command.add_option("--account", options.application.account, "AWS account that the function believes in")
        ->check(to_validator(check_account, "12 DIGITS"))
        ->capture_default_str();
    command.add_option("--clock-scale", options.clock_scale, "Waits (timeouts) are this many times shorter")
        ->check(number_check(0.001, 1e6))
        ->capture_default_str();
    command.add_option("--seed", options.seed, "Makes ids repeatable")
        ->check(whole_number_check(0, std::numeric_limits<std::uint64_t>::max()));
    command.add_option("template", words.template_file, "")->group("");
    command.formatter(std::make_shared<FunctionHelp>());
}

void add_template_options(CLI::App& serve, ServeWords& words) {
    serve.add_option(
        "--openapi", words.files.openapi_file,
        "Serve the API of an OpenAPI file in place of a template; the command behind '--' runs its functions");
    serve
        .add_option("--parameter-overrides", words.files.parameter_overrides,
                    "Values of the template's parameters, Name=value; may be repeated")
        ->take_all()
        ->allow_extra_args(false);
    serve
        .add_option(
            "--jwks", words.issuer_keys,
            "The keys of an issuer that JWT authorizers name, ISSUER=FILE or ISSUER=http://localhost…; may be repeated")
        ->take_all()
        ->allow_extra_args(false)
        ->check(to_validator(check_issuer_keys, "ISSUER=FILE|URL"));
    serve.add_option("--env-vars", words.files.env_vars, "SAM's JSON file of variables, by function");
    serve.add_option("--env-file", words.files.env_file, "File of NAME=value lines, for every function");
    serve.add_option("--config-file", words.files.config_file,
                     "SAM's configuration; samconfig.toml where there is one");
    serve.add_option("--config-env", words.files.config_environment, "The part of it that counts")
        ->capture_default_str();
    serve.add_flag("--watch,!--no-watch", words.watch,
                   "Reload when template or code is written; on by default on a terminal");
}

void add_front_options(CLI::App& serve, ServeWords& words) {
    serve
        .add_option("--front", words.front,
                    "With a command: http, HTTP API; http1, the same with payload format 1.0; rest, REST API; url, "
                    "function URL; alb, load balancer")
        ->check(choice_check({"http", "http1", "rest", "url", "alb"}))
        ->capture_default_str();
    serve
        .add_option("--binary-media-type", words.front_options.binary_media_types,
                    "A media type that the REST API treats as binary (default none, as on AWS); may be repeated")
        ->take_all()
        ->allow_extra_args(false);
    serve.add_flag("--streaming", words.streaming, "The function URL's invoke mode is RESPONSE_STREAM");
    serve.add_flag("--multi-value-headers", words.front_options.multi_value_headers,
                   "The load balancer's target group has multi-value headers");
    serve
        .add_option(
            "--profile", words.profile,
            "sam: REST and HTTP APIs answer as SAM CLI has them, to compare; docs/from-sam.md lists what differs")
        ->check(choice_check({"aws", "sam"}))
        ->capture_default_str();
    serve.add_option("--public-url", words.public_url,
                     "Events show this address, https://api.example.com, as a deployed API's would be");
    serve.add_flag(
        "--check-signatures", words.checks_signatures,
        "AWS_IAM asks for a signature (SigV4) of the credentials that functions find; else everybody passes");
    serve
        .add_option("--sigv4-key", words.signing_keys,
                    "An access key whose signatures count too, ID=SECRET; may be repeated; implies --check-signatures")
        ->take_all()
        ->allow_extra_args(false)
        ->check(to_validator(check_pair, "ID=SECRET"));
    serve.add_flag("--tls", words.self_made_tls, "The API speaks TLS, with a certificate made for the occasion");
    serve.add_option("--tls-cert", words.tls.certificate, "The API speaks TLS with this certificate (PEM)");
    serve.add_option("--tls-key", words.tls.key, "The certificate's key (PEM)");
}

void add_serve_options(CLI::App& serve, ServeOptions& options, FunctionWords& function_words, ServeWords& words) {
    serve.footer(
        "Without TEMPLATE and COMMAND: .aws-sam/build/template.yaml, else template.yaml, else CDK's.\n\n"
        "Examples:\n  understudy serve template.yaml\n"
        "  understudy serve --front rest --binary-media-type application/proto -- ./bootstrap\n"
        "  understudy serve --openapi api.yaml -- ./bootstrap");
    serve.add_option("--port", options.port, "Port of the API; 0 picks a free one")
        ->check(port_check())
        ->capture_default_str();
    serve.add_option("--lambda-port", options.lambda_port, "Port of the Lambda API (Invoke); 0 picks a free one")
        ->check(port_check())
        ->capture_default_str();
    serve.add_option("--host", options.address, "Address to listen on; anything but loopback lets others call")
        ->check(to_validator(check_address, "IPV4"))
        ->capture_default_str();
    serve.add_option("--max-environments", options.function.max_environments, "Most execution environments at once")
        ->check(whole_number_check(1, 1000))
        ->capture_default_str();
    serve.add_option("--ready-file", options.ready_file, "Appears, with the URLs as JSON, when every listener answers");
    serve.add_flag("--quiet", options.quiet, "No banner, no request lines, no output of the function");
    add_front_options(serve, words);
    add_template_options(serve, words);
    add_function_options(serve, options.function, function_words);
}

CommandOptions list_options(const CLI::App& app) {
    CommandOptions commands;
    for (const CLI::App* command : app.get_subcommands({})) {
        auto& options = commands.emplace_back(command->get_name(), std::vector<std::string>()).second;
        for (const CLI::Option* option : command->get_options()) {
            for (const std::string& name : option->get_lnames()) options.push_back("--" + name);
        }
    }
    return commands;
}

/// What the mistyped one of these words may have meant: an option of a command, or a command.
std::string suggest_word(const CLI::App& app, const std::vector<std::string>& words) {
    std::vector<std::string> names;
    for (auto& [command, options] : list_options(app)) {
        names.push_back(command);
        names.insert(names.end(), options.begin(), options.end());
    }
    return suggest(words, names);
}

Say usage_error(const CLI::App& app, std::string message, const std::vector<std::string>& words) {
    for (const CLI::App* command : app.get_subcommands()) {
        return {"",
                "understudy " + command->get_name() + ": " + message + suggest_word(app, words) + "\n'understudy " +
                    command->get_name() + " --help' lists the options\n",
                kUsage};
    }
    const bool named = !words.empty() && !words.front().starts_with('-');
    if (named) message = "there is no command '" + words.front() + "'";
    return {"", "understudy: " + message + suggest_word(app, words) + "\n'understudy --help' lists the commands\n",
            kUsage};
}

/// The command line as CLI11 reads it, and what it reads into.
struct Grammar {
    Grammar();

    CLI::App app{"A local stand-in for AWS Lambda and the HTTP front doors before it.", "understudy"};
    ServeOptions serve_options;
    InvokeOptions invoke_options;
    TestOptions test_options;
    FunctionWords serve_function_words;
    ServeWords serve_words;
    FunctionWords invoke_words;
    std::string shell;
    std::string colour = "auto";
    ExplainWords explain_words;
    CLI::App& explain = *app.add_subcommand(
        "explain", "Tell what the front doors make of a request: explain METHOD TARGET [OPTIONS] [TEMPLATE]");
    CLI::App& serve = *app.add_subcommand(
        "serve", "Serve functions behind their front doors and the Lambda API: serve [TEMPLATE | -- COMMAND ARG…]");
    CLI::App& invoke = *app.add_subcommand("invoke", "Call a function once: invoke -e event.json -- COMMAND ARG…");
    CLI::App& test = *app.add_subcommand("test", "Run scenario files: test PATH…");
    CLI::App& completion = *app.add_subcommand("completion", "Print completions for a shell: completion bash");
};

void add_invoke_options(CLI::App& invoke, InvokeOptions& options, FunctionWords& words) {
    invoke.footer(
        "The result goes to stdout, the log to stderr. Exit code 4: the function failed.\n\n"
        "Example:\n  echo '{}' | understudy invoke -e - -- ./bootstrap");
    invoke.add_option("-e,--event", options.event_file, "File that holds the event; - reads standard input")
        ->required();
    add_function_options(invoke, options.function, words);
}

void add_test_options(CLI::App& test, TestOptions& options, std::string& colour) {
    test.footer("Exit codes: 0 passed, 1 usage, 2 unreadable scenario, 3 could not run, 4 expectation failed.");
    test.add_option("paths", options.paths, "Scenario files, or folders of them")->required();
    test.add_option("--var", options.variables, "NAME=VALUE: what ${NAME} stands for in scenarios; may be repeated")
        ->check([](const std::string& words) {
            const bool good = words.find('=') != std::string::npos && words.front() != '=';
            return good ? std::string() : "write NAME=VALUE, not '" + words + "'";
        });
    test.add_option("--seed", options.seed, "Makes what scenarios draw at random repeatable");
    test.add_option("--against", options.against, "Send everything to this URL, and start nothing")
        ->check([](const std::string& url) {
            const bool good = url.starts_with("http://") || url.starts_with("https://");
            return good ? std::string() : "write http://… or https://…, not '" + url + "'";
        });
    test.add_option("--color", colour, "auto: on a terminal; always; never")
        ->check(choice_check({"auto", "always", "never"}))
        ->capture_default_str();
}

Grammar::Grammar() {
    app.set_version_flag("--version", "understudy " + std::string(kVersion));
    app.require_subcommand(1);
    app.footer("'understudy COMMAND --help' tells more.");
    add_serve_options(serve, serve_options, serve_function_words, serve_words);
    add_invoke_options(invoke, invoke_options, invoke_words);
    add_test_options(test, test_options, colour);
    add_explain_options(explain, explain_words);
    completion.footer("Example:\n  source <(understudy completion bash)");
    completion.add_option("shell", shell, "bash")->required()->check(choice_check({"bash"}));
}

/// What CLI11 found wrong, in our words.
std::string to_message(const CLI::ParseError& error, const CLI::App& app) {
    const std::string text = error.what();
    if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ArgumentMismatch)) {
        const bool repeated = text.find("At Most") != std::string::npos;
        return text.substr(0, text.find(':')) + (repeated ? " may be given once only" : " wants a value");
    }
    if (error.get_exit_code() != static_cast<int>(CLI::ExitCodes::ExtrasError)) return text;
    for (const std::string& word : app.remaining(true)) {
        if (word.starts_with('-') && word.size() > 1)
            return "there is no option '" + word.substr(0, word.find('=')) + "'";
        return "unexpected argument '" + word + "'";
    }
    return text;
}

/// What was read, once it has been found to fit the grammar.
Command to_command(Grammar& grammar, const std::vector<std::string>& function_command) {
    if (grammar.completion.parsed()) return Say{render_bash_completion(list_options(grammar.app)), "", 0};
    if (grammar.explain.parsed()) {
        if (!function_command.empty()) return usage_error(grammar.app, "runs no function: leave '--' out", {});
        return to_explain_options(grammar.explain_words);
    }
    if (grammar.test.parsed()) {
        if (!function_command.empty())
            return usage_error(grammar.app, "takes no command behind '--': the scenario names it", {});
        grammar.test_options.colour = to_colour(grammar.colour);
        while (grammar.test_options.against.ends_with('/')) grammar.test_options.against.pop_back();
        return grammar.test_options;
    }
    if (grammar.serve.parsed()) {
        const auto is_given = [&](const char* option) { return grammar.serve.count(option) != 0; };
        const ServedFrom beside_command = is_given("--openapi") ? ServedFrom::document_by_command : ServedFrom::command;
        const std::string misplaced =
            find_misplaced(is_given, function_command.empty() ? ServedFrom::files : beside_command);
        if (!misplaced.empty()) return usage_error(grammar.app, misplaced, {});
        grammar.serve_words.says_watch = grammar.serve.count("--watch") != 0;
        const std::string wrong =
            finish_serve(grammar.serve_options, grammar.serve_function_words, grammar.serve_words, function_command);
        if (!wrong.empty()) return usage_error(grammar.app, wrong, {});
        return grammar.serve_options;
    }
    const std::string wrong = finish_invoke(grammar.invoke_options.function, grammar.invoke_words, function_command);
    if (!wrong.empty()) return usage_error(grammar.app, wrong, {});
    return grammar.invoke_options;
}

}  // namespace

Command parse_command_line(const std::vector<std::string>& arguments) {
    const auto dashes = std::ranges::find(arguments, "--");
    const std::vector<std::string> words(std::next(arguments.begin()), dashes);
    const std::vector<std::string> behind(dashes == arguments.end() ? dashes : std::next(dashes), arguments.end());
    Grammar grammar;
    try {
        grammar.app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() != 0) return usage_error(grammar.app, to_message(error, grammar.app), words);
        std::ostringstream out, err;
        grammar.app.exit(error, out, err);
        return Say{out.str(), err.str(), 0};
    }
    return to_command(grammar, behind);
}

}  // namespace understudy::cli
