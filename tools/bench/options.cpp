#include "tools/bench/options.hpp"

namespace understudy::bench {

const std::string_view kUsage = R"(bench [--quick] [--strict] [--build] [--source DIR] [--only ROW…]

Measures understudy against a bare relay with the same worker, in one run, and prints a row a goal.

  --quick       fewer rounds, and no log of 1 GB
  --only ROW…   only these rows
  --build       also time a clean release build, which takes minutes
  --source DIR  the source tree, for --build, the git id and the example's .proto; by default the one that bench
                was built from
  --strict      exit with 1 where a goal is missed
  --help        this text

rows:
)";

Options parse_options(std::span<const std::string> arguments) {
    Options options;
    bool in_rows = false;
    for (std::size_t i = 0; i < arguments.size() && options.problem.empty(); ++i) {
        const std::string& argument = arguments[i];
        const bool is_option = argument.starts_with('-');
        if (!is_option && in_rows) {
            options.only.push_back(argument);
            continue;
        }
        in_rows = argument == "--only";
        const bool has_value = i + 1 < arguments.size() && !arguments[i + 1].starts_with('-');
        if (argument == "--help" || argument == "-h") {
            options.help = true;
        } else if (argument == "--quick") {
            options.quick = true;
        } else if (argument == "--strict") {
            options.strict = true;
        } else if (argument == "--build") {
            options.build = true;
        } else if ((in_rows || argument == "--source") && !has_value) {
            options.problem = argument + " wants " + (in_rows ? "the name of a row" : "a directory");
        } else if (argument == "--source") {
            options.source = arguments[++i];
        } else if (!in_rows) {
            options.problem = (is_option ? "there is no option " : "unexpected argument ") + argument;
        }
    }
    return options;
}

}  // namespace understudy::bench
