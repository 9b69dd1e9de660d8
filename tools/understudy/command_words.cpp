#include "tools/understudy/command_words.hpp"

#include "tools/understudy/public_url.hpp"
#include "tools/understudy/recording.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <initializer_list>

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

std::string joined(std::span<const std::string> words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : " or ") + word;
    return text;
}

/// Which word of `serve` means nothing beside the others, or nothing.
std::string find_unread(const ServeWords& words, const std::string& template_file, bool has_command) {
    if (has_command && !template_file.empty()) return "takes a template or a command behind '--', not both";
    std::string unread = find_second_source(template_file, words.files.openapi_file);
    if (unread.empty()) unread = find_idle_overrides(words.files);
    if (unread.empty() && has_command)
        unread = find_idle_option({&words.front, 1}, words.front_options, words.streaming);
    return unread;
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

std::string find_idle_option(std::span<const std::string> fronts, const app::FrontOptions& options, bool streaming) {
    const auto has_none_of = [&](std::initializer_list<std::string_view> names) {
        return std::ranges::none_of(fronts,
                                    [&](const auto& front) { return std::ranges::find(names, front) != names.end(); });
    };
    const std::string others = ", not with " + joined(fronts) + ": ";
    if (!options.binary_media_types.empty() && has_none_of({"rest"}))
        return "--binary-media-type goes with --front rest" + others + "REST APIs alone have such a list";
    if (streaming && has_none_of({"rest", "url"}))
        return "--streaming goes with --front url or rest" + others + "these two alone stream";
    if (options.multi_value_headers && has_none_of({"alb"}))
        return "--multi-value-headers goes with --front alb" + others + "load balancers alone have target groups";
    return {};
}

std::string find_idle_overrides(const ApplicationFiles& files) {
    if (files.openapi_file.empty() || files.parameter_overrides.empty()) return {};
    return "--parameter-overrides goes with a template; an OpenAPI file has no parameters: leave it out";
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
    const std::string unread = find_unread(words, function_words.template_file, !command.empty());
    if (!unread.empty()) return unread;
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
