#include "tools/understudy/commands.hpp"
#include "tools/understudy/console.hpp"
#include "tools/understudy/test_runs.hpp"
#include "tools/understudy/test_watch.hpp"

#include <unistd.h>

#include <iostream>

namespace understudy::cli {

int test(const TestOptions& options) {
    Interrupts interrupts;
    TestRuns test(options, interrupts);
    if (options.watch) return watch_tests(test, options, interrupts);
    if (!test.load()) return static_cast<int>(scenario::ExitCode::unreadable);
    const auto runs = test.choose();
    if (!runs) {
        std::cerr << "understudy test: " << runs.error() << '\n';
        return static_cast<int>(scenario::ExitCode::usage);
    }
    if (!options.list) return test.run(*runs);
    write_all(STDOUT_FILENO, scenario::render_list(*runs));
    return static_cast<int>(scenario::ExitCode::passed);
}

}  // namespace understudy::cli
