#include "emulator/source/printable.hpp"
#include "tools/replay/piped_files.hpp"
#include "tools/replay/tally.hpp"
#include "tools/report/command_marks.hpp"
#include "tools/understudy/commands.hpp"
#include "tools/understudy/console.hpp"
#include "tools/understudy/replay_run.hpp"
#include "tools/understudy/replay_setup.hpp"
#include "tools/understudy/report_file.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <iostream>
#include <optional>
#include <string>
#include <utility>

namespace understudy::cli {
namespace {

constexpr int kSame = 0, kUnreadable = 2, kCouldNotRun = 3, kDifferent = 4, kReplayInterrupted = 130;

source::Colour choose_replay_colour(ColourWish wish, int descriptor) {
    const bool colour = wish == ColourWish::always || (wish == ColourWish::automatic && wants_colour(descriptor));
    return colour ? source::Colour::ansi : source::Colour::none;
}

ReplayEdge decide_edge(const ReplayOptions& options) {
    if (options.edge != ReplayEdge::automatic) return options.edge;
    return options.template_files || !options.against.empty() ? ReplayEdge::http : ReplayEdge::event;
}

/// `1.23 ms`, or `34 MB`.
std::string to_amount(double value, const char* unit) {
    char text[48];
    std::snprintf(text, sizeof text, value < 100 && *unit == 'm' ? "%.2f %s" : "%.0f %s", value, unit);
    return text;
}

void append_row(std::string& table, const char* name, double before, double after, const char* unit) {
    char change[32] = "";
    if (before > 0) std::snprintf(change, sizeof change, "%+.0f %%", (after / before - 1) * 100);
    char row[160];
    std::snprintf(row, sizeof row, "%-14s%14s%14s%10s\n", name, to_amount(before, unit).c_str(),
                  to_amount(after, unit).c_str(), change);
    table += row;
}

std::string render_costs(const BuildCost (&costs)[2]) {
    std::string table = "\n                    baseline     candidate    change\n";
    const auto add = [&](const char* name, auto member, double share, const char* unit) {
        append_row(table, name, (costs[0].*member).quantile(share), (costs[1].*member).quantile(share), unit);
    };
    add("duration p50", &BuildCost::milliseconds, 0.5, "ms");
    add("         p90", &BuildCost::milliseconds, 0.9, "ms");
    add("         p99", &BuildCost::milliseconds, 0.99, "ms");
    add("         max", &BuildCost::milliseconds, 1, "ms");
    add("memory   p50", &BuildCost::megabytes, 0.5, "MB");
    add("         max", &BuildCost::megabytes, 1, "MB");
    return table;
}

replay::Runners to_runners(const RecordedScene& scene, const Settings& settings, replay::Needs needs) {
    return {scene.function, {}, settings.application.functions.front().name, needs};
}

/// A target whose programs can be run.
source::Result<ReplayTarget> to_checked_target(Settings settings, const ReplayOptions& options,
                                               const RecordedScene& scene) {
    if (const auto checked = check_programs(settings); !checked) return checked.error();
    return to_target(std::move(settings), options, scene);
}

source::Result<RunEnd> run_builds(const ReplayRun& run, const RecordedScene& scene, BuildCost (&costs)[2]) {
    const ReplayOptions& options = run.options;
    const auto make = [&](const std::vector<std::string>& command) {
        Settings build = to_replay_settings(options, scene, command, ReplayEdge::event);
        build.platform_log = PlatformLog::written;
        return to_checked_target(std::move(build), options, scene);
    };
    const auto baseline = make(options.baseline), candidate = make(options.candidate);
    if (!baseline) return baseline.error();
    if (!candidate) return candidate.error();
    return replay_builds(run, *baseline, *candidate, to_runners(scene, baseline->settings, replay::Needs::event),
                         costs);
}

source::Result<RunEnd> run_command(const ReplayRun& run, const RecordedScene& scene) {
    const ReplayOptions& options = run.options;
    const ReplayEdge edge = decide_edge(options);
    const auto& command = options.function.application.functions.front().command;
    const auto target = to_checked_target(to_replay_settings(options, scene, command, edge), options, scene);
    if (!target) return target.error();
    const replay::Runners runners = to_runners(scene, target->settings, replay::Needs::reply);
    return edge == ReplayEdge::http ? replay_requests(run, *target, runners) : replay_events(run, *target, runners);
}

source::Result<RunEnd> run_template(const ReplayRun& run, const RecordedScene& scene) {
    const ReplayOptions& options = run.options;
    ServeOptions serve;
    serve.function = options.function;
    serve.files = options.template_files;
    ServedApplication served(serve);
    auto settings = to_template_settings(options, served);
    if (!settings) return settings.error();
    const auto target = to_checked_target(*std::move(settings), options, scene);
    if (!target) return target.error();
    replay::Runners runners;
    for (const auto& function : target->settings.application.functions) runners.functions.insert(function.name);
    return decide_edge(options) == ReplayEdge::http ? replay_requests(run, *target, runners)
                                                    : replay_events(run, *target, runners);
}

/// Runs what the options ask for. `costs` are filled for two builds.
source::Result<RunEnd> run_replay(const ReplayRun& run, const RecordedScene& scene, BuildCost (&costs)[2]) {
    const ReplayOptions& options = run.options;
    if (!options.baseline.empty()) return run_builds(run, scene, costs);
    if (!options.against.empty()) return replay_requests(run, std::nullopt, {});
    return options.template_files ? run_template(run, scene) : run_command(run, scene);
}

/// Where people read the outcome: a report for programs may have stdout for itself.
int find_reader(const ReplayOptions& options) {
    return options.json_file == "-" || options.junit_file == "-" ? STDERR_FILENO : STDOUT_FILENO;
}

source::Result<void> tell_reader(int reader, std::string text) {
    if (is_output_obeyed()) text = report::break_command_marks(text);
    if (reader == STDOUT_FILENO) return write_results(text);
    write_all(reader, text);
    return {};
}

/// The code where everything ran to its end.
int to_exit_code(const replay::Tally& tally, const replay::ExchangeFeed& feed) {
    const auto& counts = tally.counts();
    if (!feed.is_whole()) return kUnreadable;
    if (counts.all() == 0) return feed.read() == 0 ? kUnreadable : kCouldNotRun;
    if (counts.unanswered > 0) return kCouldNotRun;
    return counts.different > 0 ? kDifferent : kSame;
}

/// Shows what came of a run, and writes its report. Returns the exit code.
int report(const ReplayOptions& options, const replay::ExchangeFeed& feed, const ReplayOutcomes& outcomes,
           const source::Result<RunEnd>& end, std::chrono::milliseconds duration, const BuildCost (&costs)[2]) {
    const replay::Tally& tally = outcomes.tally();
    for (const auto& warning : feed.warnings()) std::cerr << "warning: " << warning << '\n';
    for (const auto& idle : outcomes.find_idle_rules()) std::cerr << "warning: " << idle << '\n';
    if (end || tally.counts().all() > 0) {
        const int reader = find_reader(options);
        std::string text = replay::render_tally(tally, duration, choose_replay_colour(options.colour, reader));
        if (!options.baseline.empty() && tally.counts().all() > 0) text += render_costs(costs);
        if (const auto written = tell_reader(reader, text); !written) {
            tell_problem(written.error());
            return kCouldNotRun;
        }
    }
    if (!end) {
        tell_problem(end.error());
        return feed.is_whole() ? kCouldNotRun : kUnreadable;
    }
    if (!options.junit_file.empty()) {
        const auto written = write_report(options.junit_file, replay::render_junit(tally, duration));
        if (!written) {
            tell_problem(written.error());
            return kCouldNotRun;
        }
    }
    if (*end == RunEnd::interrupted) {
        std::cerr << "understudy replay: interrupted, this is what came until then\n";
        return kReplayInterrupted;
    }
    for (const auto& missing : feed.tell_missing_ids())
        std::cerr << "understudy replay: " << source::to_printable(missing) << '\n';
    if (tally.counts().all() == 0) std::cerr << "understudy replay: nothing was replayed\n";
    return to_exit_code(tally, feed);
}

/// The variables that a command's function had when it was recorded; empty where it has them, or others.
std::string list_missing_variables(const ReplayOptions& options, const RecordedScene& scene) {
    const bool runs_command = !options.template_files && options.against.empty();
    if (!runs_command || options.recorded_environment || scene.session == nullptr) return {};
    if (!options.function.application.functions.front().environment.empty()) return {};
    const auto& functions = scene.session->functions;
    const auto found = std::ranges::find(functions, scene.function, &record::Function::name);
    std::string names;
    if (found == functions.end()) return names;
    for (const auto& [name, value] : found->environment) names += (names.empty() ? "" : ", ") + name;
    return names;
}

/// What a new user would look for in the program.
void tell_missing_variables(const ReplayOptions& options, const RecordedScene& scene, const replay::Tally& tally) {
    if (tally.counts().different + tally.counts().unanswered == 0) return;
    const std::string names = list_missing_variables(options, scene);
    if (!names.empty())
        std::cerr << "note: the function had variables when it was recorded (" << names
                  << "), and has none now: --recorded-environment gives it these\n";
}

int replay_selected(const ReplayOptions& options, replay::ReplayRules rules) {
    const auto scene = look_ahead(options);
    if (!scene) {
        tell_problem(scene.error());
        return kUnreadable;
    }
    replay::ExchangeFeed feed(options.files, options.selection, options.limit);
    ReplayOutcomes outcomes(std::move(rules));
    const auto opened = options.json_file.empty() ? source::Result<void>() : outcomes.open_json(options.json_file);
    if (!opened) {
        tell_problem(opened.error());
        return kCouldNotRun;
    }
    BuildCost costs[2];
    const auto begin = std::chrono::steady_clock::now();
    const auto end = run_replay({options, feed, outcomes, to_replaced_headers(options)}, *scene, costs);
    const auto duration =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
    const auto finished = outcomes.finish(duration);
    const int code = report(options, feed, outcomes, end, duration, costs);
    tell_missing_variables(options, *scene, outcomes.tally());
    if (finished) return code;
    tell_problem(finished.error());
    return kCouldNotRun;
}

}  // namespace

int replay(const ReplayOptions& given) {
    auto read = read_rules(given);
    for (const auto& problem : read.problems) tell_problem(problem);
    if (!read.problems.empty()) return kUnreadable;
    ReplayOptions options = given;
    if (const auto kept = replay::keep_piped_files(options.files); !kept) {
        tell_problem(kept.error());
        return kUnreadable;
    }
    if (options.sample && options.sample->share) {
        options.selection.most_hash = replay::to_most_hash(*options.sample->share);
    } else if (options.sample) {
        const auto bound = replay::find_sample_bound(options.files, options.selection, options.sample->count);
        if (!bound) {
            tell_problem(bound.error());
            return kUnreadable;
        }
        options.selection.most_hash = *bound;
    }
    return replay_selected(options, std::move(read.rules));
}

}  // namespace understudy::cli
