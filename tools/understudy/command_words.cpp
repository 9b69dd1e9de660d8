#include "tools/understudy/command_words.hpp"

#include "tools/understudy/public_url.hpp"
#include "tools/understudy/recording.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <filesystem>

namespace understudy::cli {
namespace {

/// Puts the checked words into the function that is run by a command.
void finish_function(FunctionOptions& options, const FunctionWords& words, const std::vector<std::string>& command) {
    app::Function& function = options.application.functions.front();
    function.command = command;
    function.directory = std::filesystem::current_path().string();
    function.timeout = std::chrono::milliseconds(std::llround(words.timeout_seconds * 1000));
    for (const std::string& word : words.environment) {
        const auto sign = word.find('=');
        function.environment.emplace_back(word.substr(0, sign), word.substr(sign + 1));
    }
    options.inherit_credentials = words.credentials == "inherit";
}

/// `ID=SECRET` words; a secret may hold `=`.
std::vector<SigningKey> to_keys(const std::vector<std::string>& words) {
    std::vector<SigningKey> keys;
    for (const std::string& word : words) {
        const auto sign = word.find('=');
        keys.push_back({word.substr(0, sign), word.substr(sign + 1)});
    }
    return keys;
}

/// An option of a front that was not asked for.
std::string find_idle_option(const ServeWords& words) {
    const std::string& front = words.front;
    if (front != "rest" && !words.front_options.binary_media_types.empty())
        return "--binary-media-type goes with --front rest; --front " + front + " has no such list";
    if (front != "rest" && front != "url" && words.streaming)
        return "--streaming goes with --front url or rest; --front " + front + " does not stream";
    if (front != "alb" && words.front_options.multi_value_headers)
        return "--multi-value-headers goes with --front alb; --front " + front + " has no target group";
    return {};
}

}  // namespace

ColourWish to_colour(std::string_view word) {
    if (word == "auto") return ColourWish::automatic;
    return word == "always" ? ColourWish::always : ColourWish::never;
}

app::Profile to_profile(std::string_view word) {
    return word == "sam" ? app::Profile::sam : app::Profile::aws;
}

std::string find_misplaced(const std::function<bool(const char* option)>& is_given, ServedFrom source) {
    constexpr std::array kOfCommands{"--front", "--binary-media-type", "--streaming", "--multi-value-headers",
                                     "--name",  "--handler",           "--timeout",   "--memory",
                                     "--env"};
    constexpr std::array kOfTemplates{"--openapi",  "--parameter-overrides", "--env-vars",
                                      "--env-file", "--config-file",         "--config-env"};
    if (source == ServedFrom::document_by_command) {
        constexpr std::array kOfDocuments{"--front", "--binary-media-type", "--streaming", "--multi-value-headers",
                                          "--name"};
        const auto given = std::ranges::find_if(kOfDocuments, is_given);
        if (given == kOfDocuments.end()) return {};
        return std::string(*given) + " goes with a command alone; the OpenAPI file says it itself";
    }
    if (source == ServedFrom::files) {
        const auto given = std::ranges::find_if(kOfCommands, is_given);
        if (given == kOfCommands.end()) return {};
        return std::string(*given) + " goes with a command behind '--'; a template says it itself";
    }
    const auto given = std::ranges::find_if(kOfTemplates, is_given);
    return given == kOfTemplates.end() ? std::string()
                                       : std::string(*given) + " goes with a template, not with a command";
}

std::string find_second_source(const std::string& template_file, const std::string& openapi_file) {
    if (template_file.empty() || openapi_file.empty()) return {};
    return "takes a template or --openapi, not both: leave '" + template_file + "' out";
}

std::string finish_invoke(FunctionOptions& options, const FunctionWords& words,
                          const std::vector<std::string>& command) {
    if (command.empty()) {
        return "the function's command is missing: write it behind '--', for example\n  understudy invoke -e "
               "event.json -- ./bootstrap";
    }
    if (!words.template_file.empty()) return "unexpected argument '" + words.template_file + "'";
    finish_function(options, words, command);
    return {};
}

std::string finish_serve(ServeOptions& options, const FunctionWords& function_words, ServeWords& words,
                         const std::vector<std::string>& command) {
    if (!command.empty() && !function_words.template_file.empty())
        return "takes a template or a command behind '--', not both";
    const std::string second = find_second_source(function_words.template_file, words.files.openapi_file);
    if (!second.empty()) return second;
    const std::string idle = command.empty() ? std::string() : find_idle_option(words);
    if (!idle.empty()) return idle;
    if (words.tls.certificate.empty() != words.tls.key.empty()) return "--tls-cert and --tls-key go together";
    if (words.self_made_tls || !words.tls.key.empty()) options.tls = words.tls;
    if (!words.public_url.empty()) {
        auto address = parse_public_url(words.public_url);
        if (!address) return "--public-url: " + address.error().message();
        options.public_address = std::move(*address);
    }
    if (options.recording.file.empty() && !words.record_max_size.empty()) return "--record-max-size goes with --record";
    if (options.recording.file.empty() && !options.recording.redaction_file.empty())
        return "--record-redact goes with --record";
    if (!words.record_max_size.empty()) options.recording.most_bytes = parse_size(words.record_max_size).value_or(0);
    options.issuer_keys = words.issuer_keys;
    if (words.checks_signatures || !words.signing_keys.empty()) options.signing_keys = to_keys(words.signing_keys);
    options.watch = words.watch;
    FunctionOptions& function = options.function;
    finish_function(function, function_words, command);
    function.application.profile = to_profile(words.profile);
    if (command.empty() || !words.files.openapi_file.empty()) {
        options.files = std::move(words.files);
        options.files->template_file = function_words.template_file;
        if (command.empty()) function.application.functions.clear();
        return {};
    }
    if (words.streaming) words.front_options.transfer = app::TransferMode::stream;
    const app::FrontKind front = app::find_front(words.front).value_or(app::FrontKind::http);
    function.application.apis.push_back(
        app::to_single_function_api(front, words.front_options, function.application.functions.front().name));
    return {};
}

}  // namespace understudy::cli
