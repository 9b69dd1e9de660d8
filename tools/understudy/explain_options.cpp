#include "tools/understudy/explain_options.hpp"

#include "tools/understudy/command_words.hpp"
#include "tools/understudy/readable_command.hpp"

#include <algorithm>
#include <iterator>
#include <memory>
#include <string_view>

namespace understudy::cli {
namespace {

constexpr std::string_view kBlank = " \t";

std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(kBlank);
    return begin == std::string_view::npos ? "" : text.substr(begin, text.find_last_not_of(kBlank) + 1 - begin);
}

std::vector<OptionSpec> list_request_options(ExplainWords& words) {
    ExplainOptions& options = words.options;
    return {
        {"-H,--header", &words.headers, "A header, 'Name: value'; may be repeated", check_header, "HEADER"},
        {"--body", &options.body, "The body: a text, or @FILE", {}, "TEXT|@FILE"},
    };
}

std::vector<OptionSpec> list_file_options(ApplicationFiles& files) {
    return {
        {"--openapi", &files.openapi_file, "An OpenAPI file in place of a template", {}, "FILE"},
        {"--parameter-overrides",
         &files.parameter_overrides,
         "Values of the template's parameters, Name=value, one or more; may be repeated",
         {},
         "NAME=VALUE"},
        {"--env-vars",
         &files.env_vars,
         "SAM's JSON file of variables, as for serve: it is checked, no event depends on it",
         {},
         "FILE"},
        {"--config-file",
         &files.config_file,
         "SAM's configuration, seen from the template's folder; samconfig.toml, .yaml or .yml where there is one",
         {},
         "FILE"},
        {"--config-env", &files.config_environment, "The part of it that counts", {}, "NAME"},
    };
}

std::vector<std::string_view> list_fronts() {
    std::vector<std::string_view> names;
    for (const app::FrontKind front : app::all_fronts()) names.push_back(app::front_name(front));
    return names;
}

std::vector<OptionSpec> list_front_options(ExplainWords& words) {
    app::FrontOptions& options = words.options.front_options;
    return {
        choice("--front", &words.fronts, list_fronts(), "A front door, in place of all; may be repeated"),
        {"--binary-media-type",
         &options.binary_media_types,
         "A media type that the REST API treats as binary; may be repeated",
         {},
         "TYPE"},
        {"--streaming", &words.streaming, "The function URL's mode is RESPONSE_STREAM, the REST API's STREAM"},
        {"--multi-value-headers", &options.multi_value_headers,
         "The load balancer's target group has multi-value headers"},
    };
}

std::vector<OptionSpec> list_explain_options(ExplainWords& words) {
    ExplainOptions& options = words.options;
    OptionSpec method{"method", &options.method, "The request's method", {}, "METHOD"};
    OptionSpec target{
        "target", &options.target, "Its path and query, or a URL of http, https, ws or wss", {}, "TARGET"};
    method.required = target.required = true;
    std::vector<OptionSpec> specs{
        std::move(method),
        std::move(target),
        {"template", &options.files.template_file, "A template whose APIs are asked", {}, "TEMPLATE"}};
    const auto add = [&specs](std::vector<OptionSpec> more) { std::ranges::move(more, std::back_inserter(specs)); };
    add(list_file_options(options.files));
    add({choice("--profile", &words.profile, {"aws", "sam"}, "aws, or sam: what SAM CLI makes of it")});
    add(list_request_options(words));
    add(list_front_options(words));
    add({{"--response", &options.response_file, "A file with the function's reply: explains it too", {}, "FILE"},
         choice("--output", &words.output, {"text", "json"}, "text or json")});
    return specs;
}

/// Which given option has no effect before one function, or nothing.
std::string find_unread_by_fronts(const ExplainWords& words, const IsGiven& is_given) {
    for (const char* option : {"--parameter-overrides", "--config-env"}) {
        if (is_given(option)) return std::string(option) + " goes with a template: write its file behind the target";
    }
    if (words.fronts.empty()) return {};
    return find_idle_option(words.fronts, words.options.front_options, words.streaming);
}

/// Which given option has no place beside these files, or nothing.
std::string find_unread_by_files(const ApplicationFiles& files, const IsGiven& is_given) {
    for (const char* option : {"--front", "--binary-media-type", "--streaming", "--multi-value-headers"}) {
        if (is_given(option))
            return std::string(option) +
                   " goes without a template or an OpenAPI file, which says it itself: leave one of the two out";
    }
    for (std::string unread :
         {find_second_source(files.template_file, files.openapi_file), find_idle_overrides(files)}) {
        if (!unread.empty()) return unread;
    }
    return {};
}

}  // namespace

std::string check_header(const std::string& word) {
    const auto colon = word.find(':');
    const bool named = colon != std::string::npos && colon != 0 && word.find_first_of(kBlank) > colon;
    if (named && word.find_first_of("\r\n") == std::string::npos) return {};
    if (!named && colon != std::string::npos && colon != 0)
        return "no blank may stand in a header's name, as in '" + word.substr(0, colon) + '\'';
    return "wants 'Name: value', not '" + word + '\'';
}

ExplainOptions to_explain_options(const ExplainWords& words) {
    ExplainOptions options = words.options;
    for (const std::string_view word : words.headers) {
        const auto colon = word.find(':');
        options.headers.add(word.substr(0, colon), trimmed(word.substr(colon + 1)));
    }
    for (const std::string& name : words.fronts) options.fronts.push_back(app::find_front(name).value());
    if (options.fronts.empty()) options.fronts.assign(app::all_fronts().begin(), app::all_fronts().end());
    if (words.streaming) options.front_options.transfer = app::TransferMode::stream;
    options.profile = words.profile == "sam" ? app::Profile::sam : app::Profile::aws;
    options.output = words.output == "json" ? ExplainOutput::json : ExplainOutput::text;
    return options;
}

ReadableCommand make_explain_command() {
    auto words = std::make_shared<ExplainWords>();
    return {
        {"explain", "Tell what the front doors make of a request: explain METHOD TARGET [OPTIONS] [TEMPLATE]",
         "[OPTIONS] METHOD TARGET [TEMPLATE]",
         "Without TEMPLATE: a function behind each --front, or behind all of them. No function is run.\n"
         "Exit codes: 0 explained, 1 usage, or an unreadable file, 3 it could not be written.\n\n"
         "Example:\n  understudy explain POST /search -H 'Content-Type: application/x-protobuf' --body @request.bin",
         list_explain_options(*words)},
        [words](const IsGiven& is_given, const std::vector<std::string>& behind) -> std::variant<Command, Misuse> {
            if (!behind.empty()) return Misuse{"runs no function: leave '--' out"};
            const ApplicationFiles& files = words->options.files;
            const std::string unread = names_application(files) ? find_unread_by_files(files, is_given)
                                                                : find_unread_by_fronts(*words, is_given);
            if (!unread.empty()) return Misuse{unread};
            return to_explain_options(*words);
        }};
}

}  // namespace understudy::cli
