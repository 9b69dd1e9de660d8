#pragma once

#include "tools/understudy/explain.hpp"

#include <string>
#include <vector>

namespace understudy::cli {

/// The words of `explain` as they are read.
struct ExplainWords {
    ExplainOptions options;
    std::vector<std::string> headers;
    std::vector<std::string> fronts;
    std::string output = "text";
    std::string profile = "aws";
    bool streaming = false;
};

/// What is wrong with a word, or nothing.
std::string check_header(const std::string& word);
std::string check_front(const std::string& word);
std::string check_output(const std::string& word);
std::string check_profile(const std::string& word);

/// Puts the checked words together.
ExplainOptions to_explain_options(const ExplainWords& words);

/// Tells a command its options. A template, so that the command line's library stays in one unit.
template <class App>
void add_explain_options(App& explain, ExplainWords& words) {
    explain.footer(
        "Without TEMPLATE: a function behind each --front, or behind all of them. No function is run.\n\n"
        "Example:\n  understudy explain POST /search -H 'Content-Type: application/x-protobuf' --body @request.bin");
    explain.add_option("method", words.options.method, "The request's method")->required();
    explain.add_option("target", words.options.target, "Its path and query, or a URL")->required();
    explain.add_option("template", words.options.files.template_file, "A template whose APIs are asked");
    explain.add_option("--openapi", words.options.files.openapi_file, "An OpenAPI file in place of a template");
    explain
        .add_option("--parameter-overrides", words.options.files.parameter_overrides,
                    "Values of the template's parameters, Name=value; may be repeated")
        ->take_all()
        ->allow_extra_args(false);
    explain.add_option("--env-vars", words.options.files.env_vars,
                       "SAM's JSON file of variables, as for serve: it is checked, no event depends on it");
    explain.add_option("--config-file", words.options.files.config_file,
                       "SAM's configuration; samconfig.toml where there is one");
    explain.add_option("--config-env", words.options.files.config_environment, "The part of it that counts")
        ->capture_default_str();
    explain.add_option("--profile", words.profile, "aws, or sam: what SAM CLI makes of it")
        ->check(check_profile)
        ->capture_default_str();
    explain.add_option("-H,--header", words.headers, "A header, 'Name: value'; may be repeated")
        ->take_all()
        ->allow_extra_args(false)
        ->check(check_header);
    explain.add_option("--body", words.options.body, "The body: a text, or @FILE");
    explain.add_option("--front", words.fronts, "http, http1, rest, url or alb; may be repeated")
        ->take_all()
        ->allow_extra_args(false)
        ->check(check_front);
    explain
        .add_option("--binary-media-type", words.options.front_options.binary_media_types,
                    "A media type that the REST API treats as binary; may be repeated")
        ->take_all()
        ->allow_extra_args(false);
    explain.add_flag("--streaming", words.streaming, "The function URL's invoke mode is RESPONSE_STREAM");
    explain.add_flag("--multi-value-headers", words.options.front_options.multi_value_headers,
                     "The load balancer's target group has multi-value headers");
    explain.add_option("--response", words.options.response_file, "A file with the function's reply: explains it too");
    explain.add_option("--output", words.output, "text or json")->check(check_output)->capture_default_str();
}

}  // namespace understudy::cli
