#include "tools/understudy/function_options.hpp"
#include "tools/understudy/option_checks.hpp"
#include "tools/understudy/readable_command.hpp"
#include "tools/understudy/recording.hpp"

#include <iterator>
#include <limits>
#include <memory>

namespace understudy::cli {
namespace {

struct ServeGrammar {
    ServeOptions options;
    FunctionWords function;
    ServeWords words;
};

void append(std::vector<OptionSpec>& options, std::vector<OptionSpec> further) {
    options.insert(options.end(), std::make_move_iterator(further.begin()), std::make_move_iterator(further.end()));
}

std::vector<OptionSpec> listening_options(ServeOptions& options) {
    constexpr std::uint64_t kLastPort = std::numeric_limits<std::uint16_t>::max();
    return {
        whole_number("--port", &options.port, 0, kLastPort,
                     "Port of the API; 0 picks a free one. SAM's configuration may name another"),
        whole_number("--lambda-port", &options.lambda_port, 0, kLastPort,
                     "Port of the Lambda API (Invoke); 0 picks a free one"),
        whole_number(
            "--grpc-port", &options.grpc_port, 0, kLastPort,
            "Takes gRPC over HTTP/2 there as well, and passes it on to the API as Connect, as a proxy in front of "
            "AWS would; 0 picks a free one"),
        {"--host", &options.address, "Address to listen on; anything but loopback lets others call",
         to_check(check_address), "IPV4"},
        whole_number("--max-environments", &options.function.max_environments, 1, 1000,
                     "Most execution environments at once"),
        {"--ready-file",
         &options.ready_file,
         "Appears, with the URLs as JSON, when every listener answers",
         {},
         "FILE"},
        {"--quiet", &options.quiet, "No banner, no request lines, no output of the function"},
    };
}

std::vector<OptionSpec> front_options(ServeWords& words) {
    return {
        choice("--front", &words.front, {"http", "http1", "rest", "url", "alb"},
               "With a command: http, HTTP API; http1, the same with payload format 1.0; rest, REST API; url, "
               "function URL; alb, load balancer"),
        {"--binary-media-type",
         &words.front_options.binary_media_types,
         "A media type that the REST API treats as binary (default none, as on AWS); may be repeated",
         {},
         "TYPE"},
        {"--streaming", &words.streaming, "The function URL's mode is RESPONSE_STREAM, the REST API's STREAM"},
        {"--multi-value-headers", &words.front_options.multi_value_headers,
         "The load balancer's target group has multi-value headers"},
        choice("--profile", &words.profile, {"aws", "sam"},
               "sam: REST and HTTP APIs answer as SAM CLI has them, to compare; docs/from-sam.md lists what differs"),
        {"--public-url",
         &words.public_url,
         "Events show this address, https://api.example.com, as a deployed API's would be",
         {},
         "URL"},
        {"--check-signatures", &words.checks_signatures,
         "AWS_IAM asks for a signature (SigV4) of the credentials that functions find; else everybody passes"},
        {"--sigv4-key", &words.signing_keys,
         "An access key whose signatures count too, ID=SECRET; may be repeated; implies --check-signatures",
         to_check(check_signing_key), "ID=SECRET"},
        {"--tls", &words.self_made_tls, "The API speaks TLS, with a certificate made for the occasion"},
        {"--tls-cert", &words.tls.certificate, "The API speaks TLS with this certificate (PEM)", {}, "FILE"},
        {"--tls-key", &words.tls.key, "The certificate's key (PEM)", {}, "FILE"},
    };
}

std::vector<OptionSpec> recording_options(RecordingOptions& options, ServeWords& words) {
    const auto check = [](const std::string& word) {
        return parse_size(word) ? std::string() : "wants a size such as 64K, 10MB or 1GB, not '" + word + '\'';
    };
    return {
        {"--record",
         &options.file,
         "Write what goes over both edges to this file, a line of JSON for each exchange",
         {},
         "FILE"},
        {"--record-max-size", &words.record_max_size,
         "Begin a new file where one would get larger; the full one is called FILE with a number", check, "SIZE"},
        {"--record-redact",
         &options.redaction_file,
         "A YAML file that says which further headers, fields and query parameters are not written",
         {},
         "FILE"},
    };
}

std::vector<OptionSpec> template_options(ServeWords& words) {
    return {
        {"--openapi",
         &words.files.openapi_file,
         "Serve the API of an OpenAPI file in place of a template; the command behind '--' runs its functions",
         {},
         "FILE"},
        {"--parameter-overrides",
         &words.files.parameter_overrides,
         "Values of the template's parameters, Name=value, one or more; may be repeated",
         {},
         "NAME=VALUE"},
        {"--jwks", &words.issuer_keys,
         "The keys of an issuer that JWT authorizers name, ISSUER=FILE or ISSUER=http://localhost…; may be repeated",
         to_check(check_issuer_keys), "ISSUER=FILE|URL"},
        {"--env-vars", &words.files.env_vars, "SAM's JSON file of variables, by function", {}, "FILE"},
        {"--env-file", &words.files.env_file, "File of NAME=value lines, for every function", {}, "FILE"},
        {"--config-file",
         &words.files.config_file,
         "SAM's configuration, seen from the template's folder; samconfig.toml, .yaml or .yml where there is one",
         {},
         "FILE"},
        {"--config-env", &words.files.config_environment, "The part of it that counts", {}, "NAME"},
        {"--watch,!--no-watch", &words.watch, "Reload when template or code is written; on by default on a terminal"},
    };
}

std::variant<Command, Misuse> finish(ServeGrammar& grammar, const IsGiven& is_given,
                                     const std::vector<std::string>& behind) {
    const ServedFrom beside_command = is_given("--openapi") ? ServedFrom::document_by_command : ServedFrom::command;
    const std::string misplaced = find_misplaced(is_given, behind.empty() ? ServedFrom::files : beside_command);
    if (!misplaced.empty()) return Misuse{misplaced};
    const std::string wrong = finish_serve(grammar.options, grammar.function, grammar.words, behind);
    if (!wrong.empty()) return Misuse{wrong};
    grammar.options.says_port = is_given("--port");
    return grammar.options;
}

}  // namespace

ReadableCommand make_serve_command() {
    auto grammar = std::make_shared<ServeGrammar>();
    std::vector<OptionSpec> options = listening_options(grammar->options);
    append(options, front_options(grammar->words));
    append(options, template_options(grammar->words));
    append(options, recording_options(grammar->options.recording, grammar->words));
    append(options, function_options(grammar->options.function, grammar->function));
    return {{"serve", "Serve functions behind their front doors and the Lambda API: serve [TEMPLATE | -- COMMAND ARG…]",
             "[OPTIONS] [TEMPLATE | -- COMMAND ARG…]",
             "Without TEMPLATE and COMMAND: .aws-sam/build/template.yaml, else template.yaml, else CDK's.\n"
             "SIGHUP reloads these; it ends a server whose terminal is gone, and one of a lone COMMAND, as SIGTERM "
             "does. Files that are written get the folders that they lack.\n"
             "Exit codes: 0 it was stopped, 1 usage, or it could not begin.\n\n"
             "Examples:\n  understudy serve template.yaml\n"
             "  understudy serve --front rest --binary-media-type application/proto -- ./bootstrap\n"
             "  understudy serve --openapi api.yaml -- ./bootstrap\n"
             "  understudy serve --record traffic.jsonl template.yaml",
             std::move(options)},
            [grammar](const IsGiven& is_given, const std::vector<std::string>& behind) {
                return finish(*grammar, is_given, behind);
            }};
}

}  // namespace understudy::cli
