#include "tools/replay/tally.hpp"
#include "tools/understudy/commands.hpp"
#include "tools/understudy/console.hpp"
#include "tools/understudy/replay_run.hpp"
#include "tools/understudy/replay_setup.hpp"
#include "tools/understudy/report_file.hpp"

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <iostream>
#include <optional>
#include <string>
#include <utility>

namespace understudy::cli {
namespace {

constexpr int kSame = 0, kUnreadable = 2, kCouldNotRun = 3, kDifferent = 4, kReplayInterrupted = 130;

void tell(const source::Problem& problem, std::string_view text) {
    write_all(STDERR_FILENO,
              source::render_diagnostic(problem, text,
                                        wants_colour(STDERR_FILENO) ? source::Colour::ansi : source::Colour::none));
}

source::Colour choose_replay_colour(ColourWish wish) {
    const bool colour = wish == ColourWish::always || (wish == ColourWish::automatic && wants_colour(STDOUT_FILENO));
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

/// Runs what the options ask for. `costs` are filled for two builds.
source::Result<RunEnd> run_replay(const ReplayRun& run, const RecordedScene& scene, BuildCost (&costs)[2]) {
    const ReplayOptions& options = run.options;
    const ReplayEdge edge = decide_edge(options);
    if (!options.baseline.empty()) {
        Settings builds[2] = {to_replay_settings(options, scene, options.baseline, edge),
                              to_replay_settings(options, scene, options.candidate, edge)};
        for (Settings& build : builds) {
            build.platform_log = PlatformLog::written;
            if (const auto checked = check_programs(build); !checked) return checked.error();
        }
        return replay_builds(run, builds[0], builds[1], to_runners(scene, builds[0], replay::Needs::event), costs);
    }
    if (!options.against.empty()) return replay_requests(run, std::nullopt);
    if (!options.template_files) {
        const auto& command = options.function.application.functions.front().command;
        const Settings settings = to_replay_settings(options, scene, command, edge);
        if (const auto checked = check_programs(settings); !checked) return checked.error();
        return edge == ReplayEdge::http
                   ? replay_requests(run, settings)
                   : replay_events(run, settings, to_runners(scene, settings, replay::Needs::reply));
    }
    ServeOptions serve;
    serve.function = options.function;
    serve.files = options.template_files;
    ServedApplication served(serve);
    auto settings = to_template_settings(options, scene, served);
    if (!settings) return settings.error();
    if (const auto checked = check_programs(*settings); !checked) return checked.error();
    if (edge == ReplayEdge::http) return replay_requests(run, *settings);
    replay::Runners runners;
    for (const auto& function : settings->application.functions) runners.functions.insert(function.name);
    return replay_events(run, *settings, runners);
}

int to_exit_code(const replay::Tally& tally) {
    const auto& counts = tally.counts();
    if (counts.unanswered > 0) return kCouldNotRun;
    return counts.different > 0 ? kDifferent : kSame;
}

source::Result<void> write_junit(const std::string& file, const std::string& text) {
    return file.empty() ? source::Result<void>() : write_report(file, text);
}

/// Whether a problem is the recording's, and not of what was to be run.
bool is_of_recording(const source::Problem& problem, const ReplayOptions& options) {
    for (const auto& file : options.files) {
        if (problem.file() == file || problem.message().find('\'' + file + '\'') != std::string::npos) return true;
    }
    return false;
}

int replay_selected(const ReplayOptions& options, replay::ReplayRules rules) {
    const auto scene = look_ahead(options);
    if (!scene) {
        tell(scene.error(), {});
        return kUnreadable;
    }
    replay::ExchangeFeed feed(options.files, options.selection, options.limit);
    ReplayOutcomes outcomes(std::move(rules), options.json_file);
    if (!outcomes.can_write()) {
        std::cerr << "understudy replay: cannot write '" << options.json_file << "'\n";
        return kCouldNotRun;
    }
    BuildCost costs[2];
    const auto begin = std::chrono::steady_clock::now();
    const auto end = run_replay({options, feed, outcomes}, *scene, costs);
    const auto duration =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
    outcomes.finish(duration);
    for (const auto& warning : feed.warnings()) std::cerr << "warning: " << warning << '\n';
    if (end || outcomes.tally().counts().all() > 0) {
        auto text = replay::render_tally(outcomes.tally(), duration, choose_replay_colour(options.colour));
        if (!options.baseline.empty()) text += render_costs(costs);
        if (const auto written = write_results(text); !written) {
            tell(written.error(), {});
            return kCouldNotRun;
        }
    }
    if (!end) {
        tell(end.error(), {});
        return is_of_recording(end.error(), options) ? kUnreadable : kCouldNotRun;
    }
    if (const auto written = write_junit(options.junit_file, replay::render_junit(outcomes.tally(), duration));
        !written) {
        tell(written.error(), {});
        return kCouldNotRun;
    }
    if (*end == RunEnd::interrupted) return kReplayInterrupted;
    if (outcomes.tally().counts().all() == 0) {
        std::cerr << "understudy replay: nothing was replayed\n";
        return feed.read() == 0 ? kUnreadable : kCouldNotRun;
    }
    return to_exit_code(outcomes.tally());
}

}  // namespace

int replay(const ReplayOptions& given) {
    auto read = read_rules(given);
    for (const auto& problem : read.problems) tell(problem, problem.file() == given.expect_file ? read.text : "");
    if (!read.problems.empty()) return kUnreadable;
    ReplayOptions options = given;
    if (options.sample && options.sample->share) {
        options.selection.most_hash = replay::to_most_hash(*options.sample->share);
    } else if (options.sample) {
        const auto bound = replay::find_sample_bound(options.files, options.selection, options.sample->count);
        if (!bound) {
            tell(bound.error(), {});
            return kUnreadable;
        }
        options.selection.most_hash = *bound;
    }
    return replay_selected(options, std::move(read.rules));
}

}  // namespace understudy::cli
