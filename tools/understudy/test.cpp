#include "tools/understudy/commands.hpp"
#include "tools/understudy/report_file.hpp"
#include "tools/understudy/test_runs.hpp"
#include "tools/understudy/test_watch.hpp"

#include <iostream>

namespace understudy::cli {

int test(const TestOptions& options, process::Orphans& orphans) {
    Interrupts interrupts;
    TestRuns test(options, interrupts);
    if (options.watch) return watch_tests(test, options, interrupts, orphans);
    if (const auto loaded = test.load(); loaded != scenario::ExitCode::passed) return static_cast<int>(loaded);
    const auto runs = test.choose();
    if (!runs) {
        std::cerr << "understudy test: " << runs.error() << '\n';
        return static_cast<int>(scenario::ExitCode::usage);
    }
    if (!options.list) return test.run(*runs);
    if (const auto written = write_results(scenario::render_list(*runs)); !written) {
        std::cerr << "understudy test: " << written.error() << '\n';
        return static_cast<int>(scenario::ExitCode::could_not_run);
    }
    return static_cast<int>(scenario::ExitCode::passed);
}

}  // namespace understudy::cli
