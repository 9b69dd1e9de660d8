#include "tools/understudy/test_runs.hpp"

#include "tools/report/human.hpp"
#include "tools/scenario/run_all.hpp"
#include "tools/scenario/shard.hpp"
#include "tools/understudy/console.hpp"
#include "tools/understudy/progress.hpp"
#include "tools/understudy/scenario_world.hpp"
#include "tools/understudy/snapshot_files.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <limits>
#include <map>
#include <memory>
#include <set>
#include <string_view>
#include <thread>
#include <utility>

namespace understudy::cli {
namespace {

source::Colour choose_colour(ColourWish wish, int descriptor) {
    const bool colour = wish == ColourWish::always || (wish == ColourWish::automatic && wants_colour(descriptor));
    return colour ? source::Colour::ansi : source::Colour::none;
}

scenario::LoadSettings to_load_settings(const TestOptions& options) {
    scenario::LoadSettings settings;
    for (const auto& words : options.variables) {
        const auto equals = words.find('=');
        settings.variables.emplace_back(words.substr(0, equals), scenario::to_json_value(words.substr(equals + 1)));
    }
    auto variables = std::make_shared<std::map<std::string, std::string>>();
    for (char** variable = environ; *variable != nullptr; ++variable) {
        const std::string_view words(*variable);
        const auto equals = words.find('=');
        if (equals != std::string_view::npos) variables->emplace(words.substr(0, equals), words.substr(equals + 1));
    }
    settings.environment = std::move(variables);
    return settings;
}

scenario::RunSettings to_run_settings(const TestOptions& options, Interrupts& interrupts) {
    scenario::RunSettings settings;
    settings.workers = options.jobs > 0 ? options.jobs : std::max(std::thread::hardware_concurrency(), 1U);
    settings.rounds = options.repeat.value_or(options.until_fail ? std::numeric_limits<std::uint32_t>::max() : 1);
    settings.retries = options.retries;
    if (options.fail_fast || options.until_fail) settings.stop_at = scenario::StopAt::first_failure;
    settings.is_interrupted = [&interrupts] { return interrupts.came(); };
    return settings;
}

}  // namespace

TestRuns::TestRuns(const TestOptions& options, Interrupts& interrupts)
    : options_(options),
      interrupts_(interrupts),
      durations_(options.durations),
      seed_(options.seed ? *options.seed : draw_seed()) {}

bool TestRuns::load() {
    loaded_ = {};
    const auto files = scenario::find_scenario_files(options_.paths);
    if (!files) {
        std::cerr << "understudy test: " << files.error() << '\n';
        return false;
    }
    loaded_ = scenario::load_scenarios(*files, to_load_settings(options_));
    if (!loaded_.problems.empty()) {
        write_all(STDERR_FILENO,
                  report::render_load_problems(loaded_.problems, choose_colour(options_.colour, STDERR_FILENO)));
        TestReports reports(options_.reports);
        if (const auto written = reports.finish(loaded_.problems); !written)
            std::cerr << "understudy test: " << written.error() << '\n';
        return false;
    }
    // What runs elsewhere has its own front door.
    for (auto& scenario : loaded_.scenarios) {
        if (!options_.against.empty() && !scenario.fronts.empty()) scenario.fronts.resize(1);
    }
    return true;
}

std::vector<scenario::PlannedRun> TestRuns::take_shard(std::vector<scenario::PlannedRun> runs,
                                                       const scenario::Durations& durations) const {
    const auto shard = scenario::parse_shard(options_.shard);
    if (!shard) return runs;
    std::vector<std::string> identities;
    for (const auto& run : runs) identities.push_back(run.identity);
    const auto shards = scenario::assign_shards(identities, shard->count, durations);
    std::vector<scenario::PlannedRun> mine;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        if (shards[i] + 1 == shard->number) mine.push_back(std::move(runs[i]));
    }
    return mine;
}

source::Result<std::vector<scenario::PlannedRun>> TestRuns::choose() const {
    auto runs = scenario::choose_runs(scenario::plan_runs(loaded_.scenarios), {options_.filters, options_.tags});
    if (runs.empty())
        return source::Problem(source::ProblemCode::invalid, "no run is chosen by --filter and --tag")
            .with_note("--list without them prints all runs");
    const auto durations = durations_.read();
    if (!durations) return durations.error();
    return take_shard(std::move(runs), *durations);
}

report::Summary TestRuns::make(const std::vector<scenario::PlannedRun>& runs, TestReports& reports,
                               scenario::Durations& taken, scenario::UpdateCollector& updates) {
    const auto settings = to_run_settings(options_, interrupts_);
    const auto begin = std::chrono::steady_clock::now();
    const auto colour = choose_colour(options_.colour, reports.human_descriptor().value_or(STDOUT_FILENO));
    StatusLine status(STDERR_FILENO);
    const bool endless = options_.until_fail && !options_.repeat;
    Progress progress{.done = 0, .total = endless ? 0 : runs.size() * settings.rounds, .failed = 0, .title = {}};
    report::Summary summary;
    std::set<std::string> files;
    std::optional<std::uint64_t> failed_seed;
    scenario::RunListener listener;
    listener.on_begin = [&](const scenario::PlannedRun& run) {
        progress.title = run.title;
        status.show(progress);
    };
    listener.on_end = [&](const scenario::PlannedRun& run, const scenario::RunResult& result) {
        reports.on_end(result);
        ++progress.done;
        const bool failed = result.verdict() != scenario::Verdict::passed;
        progress.failed += failed ? 1 : 0;
        taken[run.identity] = result.duration;
        if (failed && result.seed && !failed_seed) failed_seed = result.seed;
        if (result.seed) summary.seed = seed_;
    };
    listener.on_result = [&](const scenario::PlannedRun& run, const scenario::RunResult& result) {
        status.clear();
        reports.on_result(result, colour);
        files.insert(result.document.name());
        if (result.flaky()) summary.flaky.push_back(run.title);
        if (options_.update) updates.add(result);
    };
    const WorldPlan plan{interrupts_, options_.against, seed_,
                         [&reports](scenario::World& world) { reports.watch(world); }};
    summary.tally = scenario::run_all(
        runs, settings, [&] { return make_world(plan); }, listener);
    if (failed_seed) summary.seed = failed_seed;
    summary.scenarios = files.size();
    summary.interrupted = interrupts_.came();
    summary.duration = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
    return summary;
}

int TestRuns::run(const std::vector<scenario::PlannedRun>& runs) {
    const auto fail = [](const source::Problem& problem) {
        std::cerr << "understudy test: " << problem << '\n';
        return static_cast<int>(scenario::ExitCode::could_not_run);
    };
    TestReports reports(options_.reports);
    if (const auto begun = reports.begin(); !begun) return fail(begun.error());
    scenario::Durations taken;
    scenario::UpdateCollector updates;
    const auto summary = make(runs, reports, taken, updates);
    const auto flaky = options_.fail_on_flaky ? scenario::FlakyCounts::as_failed : scenario::FlakyCounts::as_passed;
    const int exit_code =
        summary.interrupted ? Interrupts::kExitCode : static_cast<int>(scenario::to_exit_code(summary.tally, flaky));
    const auto colour = choose_colour(options_.colour, reports.human_descriptor().value_or(STDOUT_FILENO));
    const auto reported = reports.finish(summary, exit_code, colour);
    // A part would change what the other parts compute from the file.
    if (const auto written = options_.shard.empty() ? durations_.write(taken) : source::Result<void>(); !written)
        std::cerr << "understudy test: " << written.error() << '\n';
    if (!reported) return fail(reported.error());
    const bool settled = options_.update && !summary.interrupted && write_snapshots(updates.finish());
    return settled ? static_cast<int>(scenario::ExitCode::passed) : exit_code;
}

}  // namespace understudy::cli
