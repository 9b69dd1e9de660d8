#include "tools/understudy/readable_command.hpp"

#include "tools/understudy/completion.hpp"

#include <memory>

namespace understudy::cli {

ReadableCommand make_completion_command() {
    auto shell = std::make_shared<std::string>();
    OptionSpec argument = choice("shell", shell.get(), {"bash", "zsh", "fish"}, "The shell that reads them");
    argument.required = true;
    return {{"completion",
             "Print completions for a shell: completion bash|zsh|fish",
             "bash|zsh|fish",
             "Exit codes: 0 printed, 1 usage, 3 they could not be written.\n\n"
             "Examples:\n  source <(understudy completion bash)\n  understudy completion zsh > "
             "~/.zfunc/_understudy\n  understudy completion fish > ~/.config/fish/completions/understudy.fish",
             {std::move(argument)}},
            [shell](const IsGiven&, const std::vector<std::string>& behind) -> std::variant<Command, Misuse> {
                if (!behind.empty()) return Misuse{"runs no function: leave '--' out"};
                std::vector<CommandSpec> specs;
                for (ReadableCommand& command : list_commands()) specs.push_back(std::move(command.spec));
                return Say{render_completion(*shell, specs), "", 0};
            }};
}

std::vector<ReadableCommand> list_commands() {
    return {make_serve_command(),   make_invoke_command(),  make_test_command(),    make_replay_command(),
            make_promote_command(), make_event_command(),   make_explain_command(), make_init_command(),
            make_check_command(),   make_package_command(), make_schema_command(),  make_completion_command()};
}

}  // namespace understudy::cli
