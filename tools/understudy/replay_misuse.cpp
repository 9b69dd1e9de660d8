#include "tools/understudy/replay_misuse.hpp"

#include "tools/replay/exchange_feed.hpp"
#include "tools/understudy/written_files.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <span>
#include <system_error>

namespace understudy::cli {
namespace {

/// What says of which kind the API before a command is.
constexpr std::array<const char*, 4> kOfFront{"--front", "--binary-media-type", "--streaming", "--multi-value-headers"};
constexpr std::array<const char*, 5> kOfCommand{"--name", "--handler", "--timeout", "--memory", "--env"};
constexpr std::array<const char*, 2> kOfTemplate{"--parameter-overrides", "--env-vars"};

/// Which of these options is given; or none.
std::string find_given(std::span<const char* const> options, const IsGiven& is_given) {
    const auto found = std::ranges::find_if(options, is_given);
    return found == options.end() ? "" : *found;
}

/// Everything that is read: recordings, and what says how they are replayed.
std::vector<std::string> list_read_files(const ReplayWords& words, const std::vector<std::string>& command) {
    const ReplayOptions& options = words.options;
    std::vector<std::string> read{words.template_file, words.files.env_vars, options.expect_file,
                                  options.schema.descriptor_set};
    for (const auto* files : {&options.schema.proto_files, &command, &options.baseline, &options.candidate})
        read.insert(read.end(), files->begin(), files->end());
    for (const auto& file : options.files) {
        std::error_code error;
        const auto inside = std::filesystem::is_directory(file, error) ? replay::list_recorded_files(file)
                                                                       : std::vector<std::string>{file};
        if (inside) read.insert(read.end(), inside->begin(), inside->end());
    }
    return read;
}

}  // namespace

std::string find_target(const ReplayWords& words, const std::vector<std::string>& command) {
    const ReplayOptions& options = words.options;
    const bool builds = !words.baseline.empty() || !words.candidate.empty();
    const int targets = (command.empty() ? 0 : 1) + (words.template_file.empty() ? 0 : 1) +
                        (options.against.empty() ? 0 : 1) + (builds ? 1 : 0);
    if (targets == 0)
        return "says nothing of what to run: write '-- COMMAND', a template, --against URL, or --baseline OLD "
               "--candidate NEW";
    if (targets > 1) return "takes one of: a command behind '--', a template, --against, --baseline with --candidate";
    if (builds && (words.baseline.empty() || words.candidate.empty())) return "--baseline and --candidate go together";
    const bool at_http = words.edge == "http";
    if (builds && at_http) return "--baseline and --candidate are given events: leave --edge http out";
    if (!options.api.empty() && (words.template_file.empty() || words.edge == "event"))
        return "--api is one of a template's APIs, and takes requests";
    if (!options.against.empty() && words.edge == "event") return "--against takes requests: leave --edge event out";
    return {};
}

std::string find_idle_option(const ReplayWords& words, const IsGiven& is_given) {
    const bool has_template = !words.template_file.empty(), is_elsewhere = !words.options.against.empty();
    const auto of_front = find_given(kOfFront, is_given), of_command = find_given(kOfCommand, is_given);
    const auto of_template = find_given(kOfTemplate, is_given);
    if (has_template && !(of_command + of_front).empty())
        return (of_command.empty() ? of_front : of_command) +
               " goes with a command behind '--'; a template says it itself";
    if (!has_template && !of_template.empty()) return of_template + " goes with a template";
    if (is_elsewhere && !(of_command + of_front).empty())
        return (of_command.empty() ? of_front : of_command) + " goes with a command behind '--', not with --against";
    if (!has_template && !of_front.empty() && words.edge != "http")
        return of_front + " goes with --edge http: without it the command is given events as they were recorded";
    return {};
}

std::string find_lost_file(const ReplayWords& words, const std::vector<std::string>& command) {
    const ReplayOptions& options = words.options;
    const std::array<WrittenFile, 2> written{{{"--junit", options.junit_file}, {"--json", options.json_file}}};
    if (auto shared = find_shared_file(written); !shared.empty()) return shared;
    return find_overwritten_file(written, list_read_files(words, command));
}

}  // namespace understudy::cli
