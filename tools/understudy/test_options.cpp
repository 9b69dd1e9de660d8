#include "tools/scenario/load.hpp"
#include "tools/scenario/scenario.hpp"
#include "tools/scenario/shard.hpp"
#include "tools/understudy/command_words.hpp"
#include "tools/understudy/option_checks.hpp"
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
    if (!good) return "write http://… or https://…, not '" + word + "'";
    const auto host = word.substr(word.find("//") + 2);
    if (host.substr(0, host.find('/')).find('@') != std::string::npos)
        return "no user belongs into the URL: the steps' headers say who calls";
    if (word.find_first_of("?#") != std::string::npos)
        return "write the URL without query and fragment, which each step has of its own: not '" + word + "'";
    return {};
}

std::string check_shard(const std::string& word) {
    return scenario::parse_shard(word) ? std::string() : "write 2/4 for the second of four, not '" + word + "'";
}

std::string check_tag(const std::string& word) {
    const bool good = scenario::is_tag(std::string_view(word).substr(word.starts_with('!') ? 1 : 0));
    return good ? std::string() : "write TAG or '!TAG', not '" + word + "'";
}

constexpr std::uint64_t kMostRepeats = 1'000'000'000, kMostRetries = 100, kMostJobs = 1000;

std::vector<OptionSpec> list_test_options(TestOptions& options, std::string& colour) {
    OptionSpec paths{"paths", &options.paths, "Scenario files, or folders of them", {}, "PATH"};
    paths.required = true;
    return {
        std::move(paths),
        {"--var", &options.variables, "NAME=VALUE: what ${NAME} stands for in scenarios; may be repeated",
         check_assignment, "NAME=VALUE"},
        whole_number("-j,--jobs", &options.jobs, 0, kMostJobs,
                     "Runs at the same time, each with applications of its own; 0: as many as there are processors"),
        {"--filter", &options.filters,
         "Only runs in whose 'name [front, label=value]' a match of this RE2 pattern, or it itself, stands; may be "
         "repeated: any of them",
         check_expression, "REGEX"},
        {"--tag", &options.tags,
         "Only scenarios with this tag, or with one of several; '!TAG' leaves out those that have it", check_tag,
         "TAG"},
        {"--shard", &options.shard, "Only the runs of one part of several, 2/4; the parts take about the same time",
         check_shard, "I/N"},
        {"--durations",
         &options.durations,
         "File of what runs took, for --shard to read; written without it; .understudy/durations.json where that "
         "exists",
         {},
         "FILE"},
        {"--fail-fast", &options.fail_fast, "Begin nothing more once a run has failed"},
        whole_number("--retries", &options.retries, 0, kMostRetries,
                     "Make a run that does not pass so many times again; one that passes then is flaky"),
        {"--fail-on-flaky", &options.fail_on_flaky, "Exit code 4 where a run was flaky"},
        whole_number("--repeat", &options.repeat, 1, kMostRepeats, "Make all runs so many times"),
        {"--until-fail", &options.until_fail, "Make all runs again and again, to the first failure"},
        {"--list", &options.list, "Print the runs, one a line: name, place, tags; start nothing"},
        {"--watch", &options.watch, "Stay, and make those runs again that a changed file belongs to"},
        whole_number("--seed", &options.seed, 0, std::numeric_limits<std::uint64_t>::max(),
                     "Makes what scenarios draw at random repeatable"),
        {"--update", &options.update,
         "Write into the scenario files what came, where 'response', 'body', 'headers', 'trailers' or 'details' "
         "differ; comments, layout and matchers that are met stay"},
        {"--against", &options.against, "Send everything to this URL, and start nothing", check_http_url, "URL"},
        choice("--color", &colour, {"auto", "always", "never"}, "auto: on a terminal; always; never"),
    };
}

std::string find_contradiction(const TestOptions& options) {
    const bool repeats = options.repeat || options.until_fail;
    if (options.watch && (repeats || options.list))
        return "--watch goes with none of --repeat, --until-fail and --list";
    const auto& reports = options.reports;
    const bool told = reports.tap || !reports.junit.empty() || !reports.json.empty() || !reports.html.empty();
    if (options.list && told) return "--list makes no run: there is nothing to report";
    if (options.update && (options.watch || options.list)) return "--update goes neither with --watch nor with --list";
    return {};
}

/// What a run would take from the user, as far as the command line tells; or nothing.
std::string find_lost_report(const TestOptions& options) {
    const auto written = list_written_files(options.reports, options.durations);
    if (auto shared = find_shared_file(written); !shared.empty()) return shared;
    const auto read = scenario::find_scenario_files(options.paths);
    return read ? find_overwritten_file(written, *read) : std::string();
}

}  // namespace

ReadableCommand make_test_command() {
    struct Words {
        TestOptions options;
        std::string colour = "auto";
    };
    auto words = std::make_shared<Words>();
    ReadableCommand command{
        {"test", "Run scenario files: test PATH…", "[OPTIONS] PATH…",
         "Files that are written get the folders that they lack.\n"
         "Exit codes: 0 passed, 1 usage, 2 unreadable scenario, 3 could not run, 4 expectation failed,\n130 "
         "interrupted.\n\n"
         "Examples:\n  understudy test scenarios/ -j 8 --shard 2/4\n"
         "  understudy test scenarios/ --tag '!slow' --filter 'order.*rest' --watch",
         list_test_options(words->options, words->colour)},
        [words](const IsGiven&, const std::vector<std::string>& behind) -> std::variant<Command, Misuse> {
            if (!behind.empty()) return Misuse{"takes no command behind '--': the scenario names it"};
            TestOptions finished = words->options;
            if (auto misuse = find_report_misuse(finished.reports); !misuse.empty()) return Misuse{std::move(misuse)};
            if (auto wrong = find_contradiction(finished); !wrong.empty()) return Misuse{std::move(wrong)};
            if (auto lost = find_lost_report(finished); !lost.empty()) return Misuse{std::move(lost)};
            finished.colour = to_colour(words->colour);
            while (finished.against.ends_with('/')) finished.against.pop_back();
            return finished;
        }};
    for (auto& option : describe_reports(words->options.reports)) command.spec.options.push_back(std::move(option));
    return command;
}

}  // namespace understudy::cli
