#include "tools/scenario/load.hpp"
#include "tools/scenario/report_human.hpp"
#include "tools/scenario/run.hpp"
#include "tools/understudy/commands.hpp"
#include "tools/understudy/console.hpp"
#include "tools/understudy/emulator_thread.hpp"
#include "tools/understudy/scenario_world.hpp"
#include "tools/understudy/snapshot_files.hpp"

#include <unistd.h>

#include <iostream>
#include <map>
#include <memory>
#include <string_view>
#include <utility>

namespace understudy::cli {
namespace {

int to_int(scenario::ExitCode code) {
    return static_cast<int>(code);
}

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

}  // namespace

int test(const TestOptions& options) {
    const auto files = scenario::find_scenario_files(options.paths);
    if (!files) {
        std::cerr << "understudy test: " << files.error() << '\n';
        return to_int(scenario::ExitCode::unreadable);
    }
    scenario::Loaded loaded = scenario::load_scenarios(*files, to_load_settings(options));
    if (!loaded.problems.empty()) {
        write_all(STDERR_FILENO,
                  scenario::render_load_problems(loaded.problems, choose_colour(options.colour, STDERR_FILENO)));
        return to_int(scenario::ExitCode::unreadable);
    }
    const source::Colour colour = choose_colour(options.colour, STDOUT_FILENO);
    // What runs elsewhere has its own front door.
    for (auto& scenario : loaded.scenarios) {
        if (!options.against.empty() && !scenario.fronts.empty()) scenario.fronts.resize(1);
    }
    EmulatorThread thread;
    const auto world = make_world(thread, options);
    scenario::UpdateCollector updates;
    const auto runs = scenario::run_scenarios(loaded.scenarios, world, [&](const scenario::RunResult& run) {
        write_all(STDOUT_FILENO, scenario::render_run(run, colour));
        if (options.update) updates.add(run);
    });
    write_all(STDOUT_FILENO, scenario::render_summary(runs, colour));
    if (options.update && write_snapshots(updates.finish())) return to_int(scenario::ExitCode::passed);
    return to_int(scenario::to_exit_code(runs));
}

}  // namespace understudy::cli
