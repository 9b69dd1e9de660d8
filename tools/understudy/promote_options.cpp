#include "tools/understudy/readable_command.hpp"
#include "tools/understudy/selection_options.hpp"

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

namespace understudy::cli {

ReadableCommand make_promote_command() {
    struct Words {
        PromoteOptions options;
        SelectionWords selection;
    };
    auto words = std::make_shared<Words>();
    OptionSpec files{"files", &words->options.files, "Recordings, logs of the packaged recorder, events"};
    files.required = true;
    CommandSpec spec{"promote",
                     "Write a scenario of a recorded exchange: promote RECORDING --id ID > a.yaml",
                     "[OPTIONS] RECORDING… [-- COMMAND ARG…]",
                     "The first exchange that is selected; with --limit N a step for each. With a schema, messages are "
                     "written as YAML.\n\n"
                     "Example:\n  understudy promote traffic.jsonl --id 7f3a --proto shop.proto -- ./bootstrap > "
                     "order.yaml",
                     {std::move(files)}};
    for (auto& option : selection_options(words->selection, words->options.selection)) {
        if (option.names != "--sample" && option.names != "--shard") spec.options.push_back(std::move(option));
    }
    for (auto& option : schema_options(words->options.schema)) spec.options.push_back(std::move(option));
    spec.options.push_back(choice("--front", &words->options.front, {"http", "http1", "rest", "url", "alb"},
                                  "The front door of the scenario; else the recorded one"));
    return {
        std::move(spec),
        [words](const IsGiven&, const std::vector<std::string>& behind) -> std::variant<Command, Misuse> {
            auto& options = words->options;
            for (auto wrong : {finish_schema(options.schema), finish_selection(words->selection, options.selection)}) {
                if (!wrong.empty()) return Misuse{wrong};
            }
            options.limit = words->selection.limit.value_or(options.limit);
            options.command = behind;
            return options;
        }};
}

}  // namespace understudy::cli
