// bench: measures understudy against a bare relay and says which goals are met.

#include "tools/bench/log_folders.hpp"
#include "tools/bench/machine.hpp"
#include "tools/bench/options.hpp"
#include "tools/bench/process.hpp"
#include "tools/bench/readings.hpp"
#include "tools/bench/report.hpp"
#include "tools/bench/rows.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <exception>
#include <iostream>

namespace {

using namespace understudy::bench;

/// Before other jobs of the machine, where that is allowed. What is measured inherits it.
constexpr int kPriority = -15;

void print_usage() {
    std::cout << kUsage;
    for (const Row& row : rows()) std::cout << "  " << row.name << ": " << row.what << '\n';
}

/// The first name that is none of a row; empty where all are.
std::string find_unknown(const std::vector<std::string>& names) {
    for (const std::string& name : names) {
        if (std::ranges::find(rows(), name, &Row::name) == rows().end()) return name;
    }
    return {};
}

bool is_wanted(const Row& row, const Options& options) {
    if (!options.only.empty()) return std::ranges::find(options.only, row.name) != options.only.end();
    if (row.when == Row::When::asked) return options.build;
    return row.when == Row::When::always || !options.quick;
}

Measured measure(const Row& row, Run& run) {
    try {
        return row.measure(run);
    } catch (const Interrupted&) {
        throw;
    } catch (const std::exception& error) {
        throw_if_interrupted();
        return {{}, {}, error.what()};
    }
}

/// Returns how many goals were missed; a row that could not be measured counts as one.
int measure_all(const Options& options) {
    Run run{find_programs(), options.source, options.quick, nullptr};
    int missed = 0;
    for (const Row& row : rows()) {
        if (!is_wanted(row, options)) continue;
        const Measured measured = measure(row, run);
        std::cout << render_row(row, measured) << std::flush;
        if (!measured.skipped.empty() || !meets(row, measured)) ++missed;
    }
    return missed;
}

std::string to_percent(double share) {
    return std::to_string(static_cast<int>(share * 100 + 0.5)) + " %";
}

}  // namespace

int main(int count, char** words) {
    const std::vector<std::string> arguments(words + 1, words + count);
    Options options = parse_options(arguments);
    if (const std::string unknown = find_unknown(options.only); !unknown.empty())
        options.problem = "there is no row " + unknown;
    if (!options.problem.empty()) {
        std::cerr << "bench: " << options.problem << "; 'bench --help' lists what there is\n";
        return 1;
    }
    if (options.source.empty()) options.source = BENCH_SOURCE_DIR;
    if (options.help) {
        print_usage();
        return 0;
    }
    try {
        catch_interrupts();
        ::setpriority(PRIO_PROCESS, 0, kPriority);
        std::cout << describe_machine(options.source) << std::flush;
        const MachineTime before = read_machine_time();
        const int missed = measure_all(options);
        const MachineTime after = read_machine_time();
        std::cout << "the hypervisor took " << to_percent(steal_between(before, after)) << " of the machine\n";
        return options.strict && missed > 0 ? 1 : 0;
    } catch (const std::exception& error) {
        std::cerr << "bench: " << error.what() << '\n';
        return 2;
    }
}
