#include "tools/understudy/scenario_sources.hpp"

#include "emulator/process/program.hpp"
#include "tools/understudy/scenario_application.hpp"

#include <algorithm>
#include <cstdlib>
#include <set>
#include <string>
#include <system_error>
#include <vector>

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

/// All but what belongs to a template.
void add_own_sources(Paths& paths, const scenario::Scenario& scenario) {
    for (const auto& document : scenario.documents) add_source(paths, document.name());
    for (const auto& file : scenario.sources) add_source(paths, file);
    if (scenario.descriptors) {
        for (const auto& file : scenario.descriptors->source_files()) add_source(paths, file);
    }
    if (!scenario.template_plan) add_program(paths, scenario.function);
}

void add_template_sources(Paths& paths, const scenario::TemplatePlan& plan) {
    add_source(paths, plan.file);
    for (const auto& path : find_template_sources(plan)) add_source(paths, path);
}

void add_texts(std::set<std::string>& texts, const source::Node& node) {
    if (node.is_scalar()) texts.emplace(node.text());
    for (const auto& item : node.items()) add_texts(texts, item);
    for (const auto& member : node.members()) add_texts(texts, member.value);
}

/// The files that texts of a document name, from its own folder or from one that a text names. What they are for is not
/// known: the document could not be read.
void add_named_files(Paths& paths, const source::Document& document) {
    std::set<std::string> texts;
    add_texts(texts, document.root());
    const fs::path own = fs::path(document.name()).parent_path();
    std::vector<fs::path> folders{own};
    std::error_code error;
    for (const auto& text : texts) {
        if (fs::is_directory(own / text, error)) folders.push_back(own / text);
    }
    for (const auto& folder : folders) {
        for (const auto& text : texts) {
            if (fs::is_regular_file(folder / text, error)) add_source(paths, folder / text);
        }
    }
}

}  // namespace

Paths find_sources(const scenario::Scenario& scenario) {
    Paths paths;
    add_own_sources(paths, scenario);
    if (scenario.template_plan) add_template_sources(paths, *scenario.template_plan);
    return paths;
}

Paths find_sources(const scenario::Loaded& loaded) {
    Paths paths = find_sources(loaded.problems);
    std::vector<scenario::TemplatePlan> plans;
    for (const auto* scenarios : {&loaded.scenarios, &loaded.unusable}) {
        for (const auto& scenario : *scenarios) {
            add_own_sources(paths, scenario);
            const auto& plan = scenario.template_plan;
            if (!plan || std::ranges::find(plans, *plan) != plans.end()) continue;
            plans.push_back(*plan);
            add_template_sources(paths, *plan);
        }
    }
    for (const auto& scenario : loaded.unusable) {
        for (const auto& document : scenario.documents) add_named_files(paths, document);
    }
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
