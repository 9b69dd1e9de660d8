#include "tools/understudy/readable_command.hpp"
#include "tools/understudy/selection_options.hpp"
#include "tools/understudy/template_word.hpp"

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

namespace understudy::cli {
namespace {

constexpr const char* kPromoteFooter =
    "The first exchange that is selected; with --limit N a step for each of them that came through the same front "
    "door\n"
    "to the same function. With a schema, messages are written as YAML. The scenario serves the command, or the "
    "template. Files that are written get the folders that they lack.\n\n"
    "Examples:\n"
    "  understudy promote traffic.jsonl --id 7f3a --proto shop.proto -- ./bootstrap > order.yaml\n"
    "  understudy promote traffic.jsonl template.yaml --limit 20 --output scenarios\n\n"
    "Exit codes: 0 written, 1 usage, 2 unreadable recording or template, 3 a file could not be written.";

struct PromoteWords {
    PromoteOptions options;
    SelectionWords selection;
};

std::string finish_promote(PromoteWords& words, const std::vector<std::string>& command) {
    auto& options = words.options;
    for (auto wrong : {take_template(options.files, options.template_file), finish_schema(options.schema),
                       finish_selection(words.selection, options.selection)}) {
        if (!wrong.empty()) return wrong;
    }
    if (options.files.empty()) return "needs a recording: promote traffic.jsonl -- ./bootstrap";
    if (!options.template_file.empty() && !command.empty()) return "takes one of: a command behind '--', a template";
    if (!options.template_file.empty() && !options.front.empty())
        return "--front goes with a command behind '--'; a template says it itself";
    if (options.template_file.empty() && !options.parameter_overrides.empty())
        return "--parameter-overrides goes with a template";
    options.limit = words.selection.limit.value_or(options.limit);
    options.command = command;
    return {};
}

}  // namespace

ReadableCommand make_promote_command() {
    auto words = std::make_shared<PromoteWords>();
    OptionSpec files{"files",
                     &words->options.files,
                     "Recordings, logs of the packaged recorder, events; one template",
                     {},
                     "RECORDING"};
    files.required = true;
    CommandSpec spec{"promote",
                     "Write a scenario of a recorded exchange: promote RECORDING --id ID > a.yaml",
                     "[OPTIONS] RECORDING… [-- COMMAND ARG… | TEMPLATE]",
                     kPromoteFooter,
                     {std::move(files)}};
    for (auto& option : selection_options(words->selection, words->options.selection)) {
        if (option.names != "--sample" && option.names != "--shard") spec.options.push_back(std::move(option));
    }
    for (auto& option : schema_options(words->options.schema)) spec.options.push_back(std::move(option));
    spec.options.push_back(choice("--front", &words->options.front, {"http", "http1", "rest", "url", "alb"},
                                  "The front door of the scenario; else the recorded one"));
    spec.options.push_back({"--template",
                            &words->options.template_file,
                            "The template, where its name does not end in .yaml or .yml",
                            {},
                            "FILE"});
    spec.options.push_back({"--parameter-overrides",
                            &words->options.parameter_overrides,
                            "Values of the template's parameters, Name=value, one or more; may be repeated",
                            {},
                            "NAME=VALUE"});
    spec.options.push_back(
        {"-o,--output",
         &words->options.output,
         "Write a file for each front door and function into this folder, or one into FILE.yaml, in place of stdout",
         {},
         "FOLDER|FILE.yaml"});
    return {std::move(spec),
            [words](const IsGiven&, const std::vector<std::string>& behind) -> std::variant<Command, Misuse> {
                if (auto wrong = finish_promote(*words, behind); !wrong.empty()) return Misuse{wrong};
                return words->options;
            }};
}

}  // namespace understudy::cli
