#include "tools/understudy/command_words.hpp"
#include "tools/understudy/readable_command.hpp"

#include <limits>
#include <memory>

namespace understudy::cli {
namespace {

std::string check_assignment(const std::string& word) {
    const bool good = word.find('=') != std::string::npos && !word.starts_with('=');
    return good ? std::string() : "write NAME=VALUE, not '" + word + "'";
}

std::string check_http_url(const std::string& word) {
    const bool good = word.starts_with("http://") || word.starts_with("https://");
    return good ? std::string() : "write http://… or https://…, not '" + word + "'";
}

}  // namespace

ReadableCommand make_test_command() {
    struct Words {
        TestOptions options;
        std::string colour = "auto";
    };
    auto words = std::make_shared<Words>();
    TestOptions& options = words->options;
    OptionSpec paths{"paths", &options.paths, "Scenario files, or folders of them"};
    paths.required = true;
    return {{"test",
             "Run scenario files: test PATH…",
             "[OPTIONS] PATH…",
             "Exit codes: 0 passed, 1 usage, 2 unreadable scenario, 3 could not run, 4 expectation failed.",
             {std::move(paths),
              {"--var", &options.variables, "NAME=VALUE: what ${NAME} stands for in scenarios; may be repeated",
               check_assignment, "NAME=VALUE"},
              whole_number("--seed", &options.seed, 0, std::numeric_limits<std::uint64_t>::max(),
                           "Makes what scenarios draw at random repeatable"),
              {"--against", &options.against, "Send everything to this URL, and start nothing", check_http_url, "URL"},
              choice("--color", &words->colour, {"auto", "always", "never"}, "auto: on a terminal; always; never")}},
            [words](const IsGiven&, const std::vector<std::string>& behind) -> std::variant<Command, Misuse> {
                if (!behind.empty()) return Misuse{"takes no command behind '--': the scenario names it"};
                TestOptions finished = words->options;
                finished.colour = to_colour(words->colour);
                while (finished.against.ends_with('/')) finished.against.pop_back();
                return finished;
            }};
}

}  // namespace understudy::cli
