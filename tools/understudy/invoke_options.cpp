#include "tools/understudy/function_options.hpp"
#include "tools/understudy/readable_command.hpp"

#include <memory>

namespace understudy::cli {

ReadableCommand make_invoke_command() {
    struct Words {
        InvokeOptions options;
        FunctionWords function;
    };
    auto words = std::make_shared<Words>();
    CommandSpec spec{
        "invoke", "Call a function once: invoke -e event.json -- COMMAND ARG…", "[OPTIONS] -- COMMAND ARG…",
        "The result goes to stdout, the log to stderr.\n"
        "Exit codes: 0 it replied, 1 usage, or it could not be called, or what it replied not be written,\n4 the "
        "function failed, 130 interrupted.\n\n"
        "Example:\n  echo '{}' | understudy invoke -e - -- ./bootstrap",
        function_options(words->options.function, words->function)};
    OptionSpec event{
        "-e,--event", &words->options.event_file, "File that holds the event; - reads standard input", {}, "FILE"};
    event.required = true;
    spec.options.insert(spec.options.begin(), std::move(event));
    return {std::move(spec),
            [words](const IsGiven&, const std::vector<std::string>& behind) -> std::variant<Command, Misuse> {
                const std::string wrong = finish_invoke(words->options.function, words->function, behind);
                if (!wrong.empty()) return Misuse{wrong};
                return words->options;
            }};
}

}  // namespace understudy::cli
