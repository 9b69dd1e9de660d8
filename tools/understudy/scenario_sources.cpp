#include "tools/understudy/scenario_sources.hpp"

#include "emulator/process/program.hpp"
#include "tools/understudy/scenario_application.hpp"

#include <cstdlib>
#include <string>
#include <system_error>

namespace understudy::cli {
namespace {

namespace fs = std::filesystem;

void add_source(Paths& paths, const fs::path& path) {
    std::error_code error;
    if (const auto absolute = fs::absolute(path, error); !error) paths.insert(absolute.lexically_normal());
}

void add_program(Paths& paths, const app::Function& function) {
    if (function.command.empty()) return;
    const auto& program = function.command.front();
    const char* path = std::getenv("PATH");
    const auto found = process::find_program(program, path == nullptr ? "" : path, function.directory);
    if (found)
        add_source(paths, *found);
    else if (program.find('/') != std::string::npos)
        add_source(paths, fs::path(function.directory) / program);
    for (std::size_t i = 1; i < function.command.size(); ++i) {
        const auto argument = fs::path(function.directory) / function.command[i];
        std::error_code error;
        if (fs::is_regular_file(argument, error)) add_source(paths, argument);
    }
}

}  // namespace

Paths find_sources(const scenario::Scenario& scenario) {
    Paths paths;
    for (const auto& document : scenario.documents) add_source(paths, document.name());
    for (const auto& file : scenario.sources) add_source(paths, file);
    if (scenario.descriptors) {
        for (const auto& file : scenario.descriptors->source_files()) add_source(paths, file);
    }
    if (!scenario.template_plan) {
        add_program(paths, scenario.function);
        return paths;
    }
    add_source(paths, scenario.template_plan->file);
    for (const auto& path : find_template_sources(*scenario.template_plan)) add_source(paths, path);
    return paths;
}

Paths find_sources(const std::vector<scenario::LoadProblem>& problems) {
    Paths paths;
    for (const auto& [problem, text] : problems) {
        if (!problem.file().empty()) add_source(paths, problem.file());
    }
    return paths;
}

}  // namespace understudy::cli
