#include "tools/understudy/init_options.hpp"

#include "tools/init/project.hpp"
#include "tools/understudy/readable_command.hpp"

#include <memory>

namespace understudy::cli {

ReadableCommand make_init_command() {
    auto options = std::make_shared<InitOptions>();
    OptionSpec folder{"folder", &options->folder, "The new project's folder, named after the function", {}, "DIR"};
    folder.required = true;
    const auto languages = init::languages();
    return {{"init",
             "Write a working function with its scenario: init DIR",
             "[OPTIONS] DIR",
             "Nothing that is there is overwritten.\n"
             "Exit codes: 0 written, 1 usage, or a file could not be written, 3 stdout could not be.\n\n"
             "Example:\n  understudy init hello && cd hello && cat README.md",
             {std::move(folder), choice("--language", &options->language, {languages.begin(), languages.end()},
                                        "What the function is written in")}},
            [options](const IsGiven&, const std::vector<std::string>& behind) -> std::variant<Command, Misuse> {
                if (!behind.empty()) return Misuse{"runs no function: leave '--' out"};
                return *options;
            }};
}

}  // namespace understudy::cli
