#include "tools/match/ignore_path.hpp"
#include "tools/understudy/command_words.hpp"
#include "tools/understudy/explain_options.hpp"
#include "tools/understudy/function_options.hpp"
#include "tools/understudy/option_checks.hpp"
#include "tools/understudy/readable_command.hpp"
#include "tools/understudy/replay_misuse.hpp"
#include "tools/understudy/replay_words.hpp"
#include "tools/understudy/template_word.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <memory>
#include <optional>
#include <utility>

namespace understudy::cli {
namespace {

constexpr const char* kFooter =
    "A command gets the recorded events, and its replies are compared. Through a template or to a URL go the recorded\n"
    "requests, and the responses are compared. Not compared is what differs from run to run (Date, request ids).\n"
    "Files that are written get the folders that they lack.\n\n"
    "Examples:\n"
    "  understudy replay traffic.jsonl -- ./bootstrap\n"
    "  understudy replay traffic.jsonl template.yaml -j 8 --proto shop.proto\n"
    "  understudy replay traffic.jsonl --baseline ./bootstrap.old --candidate ./bootstrap\n\n"
    "Exit codes: 0 all the same, 1 usage, 2 unreadable recording, 3 could not run, or nothing was\nchosen, 4 something "
    "differs, 130 interrupted.";

std::string check_web_address(const std::string& word) {
    const bool good = word.starts_with("http://") || word.starts_with("https://");
    return good ? std::string() : "write http://… or https://…, not '" + word + "'";
}

std::string check_path(const std::string& word) {
    return match::IgnorePath::parse(word) ? std::string() : "write a path like body.items[*].time, not '" + word + "'";
}

std::string check_pace(const std::string& word) {
    return check_number(word, 0.001, 1e6);
}

void add(std::vector<OptionSpec>& options, std::vector<OptionSpec> more) {
    std::move(more.begin(), more.end(), std::back_inserter(options));
}

std::vector<OptionSpec> comparison_options(ReplayOptions& options) {
    return {
        {"--ignore", &options.ignore,
         "A place that is not compared, as differences name it: body.items[*].time; may be repeated", check_path,
         "PATH"},
        {"--expect",
         &options.expect_file,
         "A YAML file of paths and what must be there in place of the recorded",
         {},
         "FILE"},
        {"--strict", &options.strict, "Compare what differs from run to run, too: Date, request ids"},
    };
}

std::vector<OptionSpec> target_options(ReplayWords& words) {
    ReplayOptions& options = words.options;
    return {
        {"--template", &words.template_file, "The template, where its name does not end in .yaml or .yml", {}, "FILE"},
        {"--parameter-overrides",
         &words.files.parameter_overrides,
         "Values of the template's parameters, Name=value, one or more; may be repeated",
         {},
         "NAME=VALUE"},
        {"--env-vars", &words.files.env_vars, "SAM's JSON file of variables", {}, "FILE"},
        {"--api",
         &options.api,
         "The template's API for requests that name none of its APIs, by id or name; those that do go there",
         {},
         "API"},
        {"--against", &options.against, "Send the requests to this URL, and start nothing", check_web_address, "URL"},
        {"--baseline",
         &words.baseline,
         "The command of the old build; its replies are what the new one's must be",
         {},
         "COMMAND"},
        {"--candidate", &words.candidate, "The command of the new build", {}, "COMMAND"},
        choice("--edge", &words.edge, {"auto", "event", "http"},
               "auto: event for a command, http for a template and a URL"),
        {"-H,--header", &options.headers, "A header in place of the recorded one; may be repeated",
         to_check(check_header), "'Name: value'"},
    };
}

std::vector<OptionSpec> front_options_of_commands(ReplayWords& words) {
    app::FrontOptions& front = words.options.front_options;
    return {
        choice("--front", &words.front, {"recorded", "http", "http1", "rest", "url", "alb"},
               "The front door before the command; of a HAR it is guessed"),
        {"--binary-media-type",
         &front.binary_media_types,
         "A media type that the REST API before the command treats as binary, in place of the recorded ones; may be "
         "repeated",
         {},
         "TYPE"},
        {"--streaming", &words.streaming,
         "The function URL's or REST API's replies are passed on as they are written, also where the recording does "
         "not tell"},
        {"--multi-value-headers", &front.multi_value_headers,
         "The load balancer's target group has multi-value headers, also where the recording does not tell"},
    };
}

std::vector<OptionSpec> run_options(ReplayWords& words) {
    ReplayOptions& options = words.options;
    return {
        whole_number("-j,--jobs", &options.jobs, 1, 1000, "So many at once; 1 keeps the recorded order"),
        {"--pace", &options.pace, "At the recorded pace, times this: 1.0, 10", check_pace, "FACTOR"},
        {"--recorded-ids", &options.recorded_ids,
         "Give functions the recorded request ids and traces, in events too; an API elsewhere gets the traces"},
        {"--recorded-clock", &options.recorded_clock,
         "Have the gateway's clock stand at the recorded time: in events, for tokens that expire. A process asks the "
         "machine's clock all the same"},
        {"--recorded-deadline", &options.recorded_deadline,
         "Tell functions the recorded deadline; by the machine's clock it has long passed"},
        {"--recorded-environment", &options.recorded_environment,
         "Give functions the variables that they had in each session of the recording, and a command its handler, "
         "timeout and memory; --env and the like go before them"},
        {"--junit", &options.junit_file, "Write a JUnit report; - is stdout", {}, "FILE"},
        {"--json",
         &options.json_file,
         "Write JSON lines, each exchange that differs and a summary; - is stdout",
         {},
         "FILE"},
        choice("--color", &words.colour, {"auto", "always", "never"}, "auto: on a terminal; always; never"),
    };
}

/// Errors: nullopt where a quote is not closed.
std::optional<std::vector<std::string>> split_words(std::string_view text) {
    std::vector<std::string> words;
    char quote = 0;
    bool begun = false;
    for (const char c : text) {
        if (quote == 0 && c == ' ') {
            begun = false;
            continue;
        }
        if (!begun) words.emplace_back();
        begun = true;
        if (c == quote)
            quote = 0;
        else if (quote == 0 && (c == '\'' || c == '"'))
            quote = c;
        else
            words.back() += c;
    }
    return quote == 0 ? std::optional(std::move(words)) : std::nullopt;
}

/// Returns what is wrong.
std::string take_build(const std::string& text, std::vector<std::string>& build) {
    auto words = split_words(text);
    if (!words) return "a quote is not closed in '" + text + "'";
    build = *std::move(words);
    return {};
}

ReplayEdge to_edge(std::string_view word) {
    return word == "auto" ? ReplayEdge::automatic : word == "event" ? ReplayEdge::event : ReplayEdge::http;
}

}  // namespace

std::string finish_replay(ReplayWords& words, const IsGiven& is_given, const std::vector<std::string>& command) {
    ReplayOptions& options = words.options;
    for (auto wrong : {take_template(options.files, words.template_file), find_target(words, command),
                       finish_schema(options.schema), finish_selection(words.selection, options.selection)}) {
        if (!wrong.empty()) return wrong;
    }
    if (options.junit_file == "-" && options.json_file == "-")
        return "--junit - and --json - both want stdout: give one of them a file";
    if (options.files.empty()) return "needs a recording: replay traffic.jsonl -- ./bootstrap";
    if (auto idle = find_idle_option(words, is_given); !idle.empty()) return idle;
    if (!words.template_file.empty()) {
        options.template_files = words.files;
        options.template_files->template_file = words.template_file;
    }
    options.given = {is_given("--name"), is_given("--handler"), is_given("--timeout"), is_given("--memory")};
    for (auto wrong : {take_build(words.baseline, options.baseline), take_build(words.candidate, options.candidate)}) {
        if (!wrong.empty()) return wrong;
    }
    if (auto lost = find_lost_file(words, command); !lost.empty()) return lost;
    if (!command.empty() || !options.baseline.empty()) {
        const auto& run = command.empty() ? options.baseline : command;
        if (auto wrong = finish_invoke(options.function, words.function, run); !wrong.empty()) return wrong;
    } else {
        options.function.application.functions.clear();
    }
    options.sample = replay::parse_sample(words.selection.sample);
    options.limit = words.selection.limit.value_or(options.limit);
    options.edge = to_edge(words.edge);
    if (words.front != "recorded") options.front = words.front;
    if (words.streaming) options.front_options.transfer = app::TransferMode::stream;
    options.colour = to_colour(words.colour);
    while (options.against.ends_with('/')) options.against.pop_back();
    constexpr unsigned kAtPace = 16;
    if (options.pace > 0 && !is_given("--jobs")) options.jobs = kAtPace;
    options.function.max_environments = static_cast<int>(options.jobs);
    return {};
}

ReadableCommand make_replay_command() {
    auto words = std::make_shared<ReplayWords>();
    OptionSpec files{"files",
                     &words->options.files,
                     "Recordings, logs of the packaged recorder, events; one template",
                     {},
                     "RECORDING"};
    CommandSpec spec{"replay",
                     "Send recorded traffic again, and compare: replay FILE… -- COMMAND ARG…",
                     "[OPTIONS] FILE… [-- COMMAND ARG… | TEMPLATE | --against URL | --baseline OLD --candidate NEW]",
                     kFooter,
                     {}};
    spec.options.push_back(std::move(files));
    add(spec.options, run_options(*words));
    add(spec.options, selection_options(words->selection, words->options.selection));
    add(spec.options, comparison_options(words->options));
    add(spec.options, schema_options(words->options.schema));
    add(spec.options, target_options(*words));
    add(spec.options, front_options_of_commands(*words));
    add(spec.options, function_options(words->options.function, words->function));
    std::erase_if(spec.options, [](const OptionSpec& option) { return option.names == "template"; });
    return {std::move(spec),
            [words](const IsGiven& is_given, const std::vector<std::string>& behind) -> std::variant<Command, Misuse> {
                if (auto wrong = finish_replay(*words, is_given, behind); !wrong.empty()) return Misuse{wrong};
                return words->options;
            }};
}

}  // namespace understudy::cli
