#include "tools/understudy/test_runs.hpp"

#include "tools/report/human.hpp"
#include "tools/scenario/run_all.hpp"
#include "tools/scenario/shard.hpp"
#include "tools/understudy/console.hpp"
#include "tools/understudy/progress.hpp"
#include "tools/understudy/scenario_sources.hpp"
#include "tools/understudy/scenario_world.hpp"
#include "tools/understudy/snapshot_files.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <limits>
#include <map>
#include <memory>
#include <set>
#include <string_view>
#include <system_error>
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

/// Tells reports and people of runs as they begin and end, and adds them up.
class RunTeller {
  public:
    RunTeller(const TestOptions& options, TestReports& reports, scenario::Durations& taken,
              scenario::UpdateCollector& updates, std::size_t total)
        : options_(options),
          reports_(reports),
          taken_(taken),
          updates_(updates),
          colour_(choose_colour(options.colour, reports.human_descriptor().value_or(STDOUT_FILENO))),
          progress_{.done = 0, .total = total, .failed = 0, .title = {}} {}

    /// Lifetime: this outlives it.
    scenario::RunListener listener() {
        scenario::RunListener listener;
        listener.on_begin = [this](const scenario::PlannedRun& run) {
            progress_.title = run.title;
            status_.show(progress_);
        };
        listener.on_end = [this](const auto& run, const auto& result) { on_end(run, as_told(result)); };
        listener.on_result = [this](const auto& run, const auto& result) { on_result(run, as_told(result)); };
        return listener;
    }

    /// `seed`: what repeats everything; told where it counts, that of a failure before it.
    report::Summary finish(const scenario::Tally& tally, std::uint64_t seed) {
        summary_.tally = tally;
        if (has_seed_) summary_.seed = failed_seed_.value_or(seed);
        summary_.scenarios = files_.size();
        return std::move(summary_);
    }

  private:
    scenario::RunResult as_told(scenario::RunResult result) const {
        result.updated = options_.update && result.can_be_updated();
        return result;
    }

    void on_end(const scenario::PlannedRun& run, const scenario::RunResult& result) {
        reports_.on_end(result);
        ++progress_.done;
        const bool failed = result.verdict() != scenario::Verdict::passed;
        progress_.failed += failed ? 1 : 0;
        taken_[run.identity] = result.duration;
        if (failed && result.seed && !failed_seed_) failed_seed_ = result.seed;
        has_seed_ = has_seed_ || result.seed;
    }

    void on_result(const scenario::PlannedRun& run, const scenario::RunResult& result) {
        status_.clear();
        reports_.on_result(result, colour_);
        files_.insert(result.document.name());
        if (result.flaky()) summary_.flaky.push_back(run.title);
        if (options_.update) updates_.add(result);
    }

    const TestOptions& options_;
    TestReports& reports_;
    scenario::Durations& taken_;
    scenario::UpdateCollector& updates_;
    source::Colour colour_;
    StatusLine status_{STDERR_FILENO};
    Progress progress_;
    report::Summary summary_;
    std::set<std::string> files_;
    std::optional<std::uint64_t> failed_seed_;
    bool has_seed_ = false;
};

}  // namespace

TestRuns::TestRuns(const TestOptions& options, Interrupts& interrupts)
    : options_(options),
      interrupts_(interrupts),
      durations_(options.durations),
      seed_(options.seed ? *options.seed : draw_seed()) {}

/// A file that scenarios read and a report would take the place of, in words; or nothing.
std::string TestRuns::find_lost_file() const {
    const auto written = list_written_files(options_.reports, options_.durations);
    const auto is_there = [](const WrittenFile& file) {
        std::error_code error;
        return std::filesystem::exists(file.path, error);
    };
    if (std::ranges::none_of(written, is_there)) return {};
    std::vector<std::string> read;
    for (const auto& path : find_sources(loaded_)) read.push_back(path.string());
    return find_overwritten_file(written, read);
}

scenario::ExitCode TestRuns::load() {
    loaded_ = {};
    const auto files = scenario::find_scenario_files(options_.paths);
    if (!files) {
        std::cerr << "understudy test: " << files.error() << '\n';
        return scenario::ExitCode::unreadable;
    }
    loaded_ = scenario::load_scenarios(*files, to_load_settings(options_));
    if (const auto lost = find_lost_file(); !lost.empty()) {
        std::cerr << "understudy test: " << lost << '\n';
        return scenario::ExitCode::usage;
    }
    if (!loaded_.problems.empty()) {
        write_all(STDERR_FILENO,
                  report::render_load_problems(loaded_.problems, choose_colour(options_.colour, STDERR_FILENO)));
        TestReports reports(options_.reports);
        if (const auto written = reports.finish(loaded_.problems); !written)
            std::cerr << "understudy test: " << written.error() << '\n';
        return scenario::ExitCode::unreadable;
    }
    // What runs elsewhere has its own front door.
    for (auto& scenario : loaded_.scenarios) {
        if (!options_.against.empty() && !scenario.fronts.empty()) scenario.fronts.resize(1);
    }
    return scenario::ExitCode::passed;
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
    if (runs.empty()) {
        const std::string both = options_.filters.empty() ? "--tag"
                                 : options_.tags.empty()  ? "--filter"
                                                          : "--filter and --tag";
        return source::Problem(source::ProblemCode::invalid, "no run is chosen by " + both)
            .with_note("--list without " + std::string(both.size() > 8 ? "them" : "it") + " prints all runs");
    }
    // Nobody asks for the usual file but a shard; a torn one is written anew.
    if (options_.shard.empty() && options_.durations.empty()) return runs;
    const auto durations = durations_.read();
    if (!durations) return durations.error();
    return take_shard(std::move(runs), *durations);
}

report::Summary TestRuns::make(const std::vector<scenario::PlannedRun>& runs, TestReports& reports,
                               scenario::Durations& taken, scenario::UpdateCollector& updates) {
    const auto settings = to_run_settings(options_, interrupts_);
    const auto begin = std::chrono::steady_clock::now();
    const bool endless = options_.until_fail && !options_.repeat;
    RunTeller teller(options_, reports, taken, updates, endless ? 0 : runs.size() * settings.rounds);
    const WorldPlan plan{interrupts_, options_.against, seed_,
                         [&reports](scenario::World& world) { reports.watch(world); }};
    const auto tally = scenario::run_all(
        runs, settings, [&] { return make_world(plan); }, teller.listener());
    auto summary = teller.finish(tally, seed_);
    summary.interrupted = interrupts_.came();
    summary.duration = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
    return summary;
}

namespace {

/// Writes what `--update` is to write, unless the runs were interrupted, and counts the runs of which all is written.
void write_updates(scenario::UpdateCollector& collected, TestReports& reports, source::Colour colour,
                   report::Summary& summary) {
    const auto updates = summary.interrupted ? scenario::Updates() : collected.finish();
    const auto written = write_snapshots(updates);
    const auto is_written = [&](const scenario::RunResult& run) {
        return !summary.interrupted && updates.settles(run, written.unwritten);
    };
    summary.tally.updated = reports.settle_updates(is_written, colour);
    summary.tally.failed -= summary.tally.updated;
    if (!written.told.empty()) reports.tell_people(written.told);
}

}  // namespace

int TestRuns::run(const std::vector<scenario::PlannedRun>& runs) {
    const auto fail = [](const source::Problem& problem) {
        std::cerr << "understudy test: " << problem << '\n';
        return static_cast<int>(scenario::ExitCode::could_not_run);
    };
    TestReports reports(options_.reports);
    if (const auto begun = reports.begin(); !begun) return fail(begun.error());
    scenario::Durations taken;
    scenario::UpdateCollector updates;
    auto summary = make(runs, reports, taken, updates);
    const auto colour = choose_colour(options_.colour, reports.human_descriptor().value_or(STDOUT_FILENO));
    if (options_.update) write_updates(updates, reports, colour, summary);
    const auto flaky = options_.fail_on_flaky ? scenario::FlakyCounts::as_failed : scenario::FlakyCounts::as_passed;
    const int exit_code =
        summary.interrupted ? Interrupts::kExitCode : static_cast<int>(scenario::to_exit_code(summary.tally, flaky));
    const auto reported = reports.finish(summary, exit_code, colour);
    // A part would change what the other parts compute from the file.
    const auto written = options_.shard.empty() ? durations_.write(taken) : source::Result<void>();
    if (!written) std::cerr << "understudy test: " << written.error() << '\n';
    if (!reported) return fail(reported.error());
    // A file that was asked for is missed; the usual one is not.
    const bool is_missed = !written && !options_.durations.empty() && exit_code == 0;
    return is_missed ? static_cast<int>(scenario::ExitCode::could_not_run) : exit_code;
}

}  // namespace understudy::cli
