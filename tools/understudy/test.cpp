#include "tools/scenario/http_sender.hpp"
#include "tools/scenario/load.hpp"
#include "tools/scenario/report_human.hpp"
#include "tools/scenario/run.hpp"
#include "tools/understudy/commands.hpp"
#include "tools/understudy/console.hpp"
#include "tools/understudy/emulator_thread.hpp"
#include "tools/understudy/scenario_application.hpp"

#include <unistd.h>

#include <chrono>
#include <iostream>

namespace understudy::cli {
namespace {

int to_int(scenario::ExitCode code) {
    return static_cast<int>(code);
}

source::Colour choose_colour(ColourWish wish, int descriptor) {
    const bool colour = wish == ColourWish::always || (wish == ColourWish::automatic && wants_colour(descriptor));
    return colour ? source::Colour::ansi : source::Colour::none;
}

}  // namespace

int test(const TestOptions& options) {
    const auto files = scenario::find_scenario_files(options.paths);
    if (!files) {
        std::cerr << "understudy test: " << files.error() << '\n';
        return to_int(scenario::ExitCode::unreadable);
    }
    const scenario::Loaded loaded = scenario::load_scenarios(*files);
    if (!loaded.problems.empty()) {
        write_all(STDERR_FILENO,
                  scenario::render_load_problems(loaded.problems, choose_colour(options.colour, STDERR_FILENO)));
        return to_int(scenario::ExitCode::unreadable);
    }
    const source::Colour colour = choose_colour(options.colour, STDOUT_FILENO);
    EmulatorThread thread;
    scenario::HttpSender sender;
    const scenario::World world{
        .start_application =
            [&](const app::Application& application) { return start_application(thread, application); },
        .send_request = [&](const std::string& url, const http::Request& request,
                            std::chrono::milliseconds limit) { return sender.send(url, request, limit); },
        .now = [] { return std::chrono::steady_clock::now(); }};
    const auto runs = scenario::run_scenarios(loaded.scenarios, world, [&](const scenario::RunResult& run) {
        write_all(STDOUT_FILENO, scenario::render_run(run, colour));
    });
    write_all(STDOUT_FILENO, scenario::render_summary(runs, colour));
    return to_int(scenario::to_exit_code(runs));
}

}  // namespace understudy::cli
