#include "tools/understudy/scenario_application.hpp"

#include "emulator/files/read_file.hpp"
#include "emulator/process/program.hpp"
#include "emulator/process/program_check.hpp"
#include "emulator/source/document.hpp"
#include "emulator/source/suggestion.hpp"
#include "emulator/source/word_list.hpp"
#include "tools/understudy/observation_keeper.hpp"
#include "tools/understudy/served_application.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <utility>

namespace understudy::cli {
namespace {

namespace fs = std::filesystem;
using scenario::ApplicationPart;
using scenario::StartProblem;

std::string suggest(std::string_view word, const std::vector<std::string>& names) {
    const std::vector<std::string_view> candidates(names.begin(), names.end());
    return source::render_suggestion(word, candidates);
}

std::string list(const std::vector<std::string>& names) {
    const std::vector<std::string_view> words(names.begin(), names.end());
    return source::render_list(words, "and");
}

/// The files of a folder whose names are near a program's.
std::string suggest_file(const fs::path& program) {
    std::vector<std::string> names;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(program.parent_path(), error)) {
        if (entry.is_regular_file(error)) names.push_back(entry.path().filename().string());
    }
    std::ranges::sort(names);
    return suggest(program.filename().string(), names);
}

source::Problem explain_missing(const app::Function& function) {
    constexpr auto kMissing = source::ProblemCode::not_found;
    const std::string& name = function.command.front();
    const auto path = (fs::path(function.directory) / name).lexically_normal();
    if (name.find('/') != std::string::npos)
        return source::Problem(kMissing, "there is no program '" + path.string() + "'")
            .with_hint(suggest_file(path))
            .with_note("build it first; the path begins at the scenario's folder");
    std::error_code error;
    return source::Problem(kMissing, "there is no program '" + name + "' in PATH")
        .with_note(fs::is_regular_file(path, error)
                       ? "write ./" + name + " for the file in '" + function.directory + "'"
                       : "a path with a slash in it, such as ./" + name + ", begins at the scenario's folder");
}

/// A scenario whose program is missing could not run: that is another thing than a reply that is not as expected.
std::optional<source::Problem> find_obstacle(const app::Application& application) {
    const char* path = std::getenv("PATH");
    for (const app::Function& function : application.functions) {
        const auto program =
            process::find_program(function.command.front(), path == nullptr ? "" : path, function.directory);
        if (!program) return explain_missing(function);
        if (const auto checked = process::check_program(*program); !checked) return checked.error();
    }
    return std::nullopt;
}

/// An emulator of its own for one scenario over one front.
class EmulatedApplication : public scenario::RunningApplication {
  public:
    EmulatedApplication(EmulatorThread& thread, Interrupts& interrupts) : thread_(thread) {
        duty_ = interrupts.on_signal([this] {
            thread_.run([this] {
                if (emulator_) emulator_->stop();
            });
            observed_.give_up();
        });
    }
    ~EmulatedApplication() override {
        duty_.reset();
        thread_.run([this] { emulator_.reset(); });
    }

    /// `api`: the name of the API that is called; empty for the only one, nullopt where none is.
    std::optional<StartProblem> start(const app::Application& application, const std::optional<std::string>& api) {
        std::optional<source::Result<Endpoints>> endpoints;
        thread_.run([&] {
            Settings settings;
            settings.application = application;
            settings.advice_told = AdviceTold::again;  // Each run that it concerns shows it.
            emulator_ = std::make_unique<Emulator>(thread_.context(), std::move(settings), observed_);
            endpoints = emulator_->start();
        });
        if (!*endpoints) return StartProblem(endpoints->error());
        lambda_url_ = (*endpoints)->lambda;
        for (const auto& function : application.functions) functions_.push_back(function.name);
        if (!api) return std::nullopt;
        return choose_api(**endpoints, *api);
    }

    std::string base_url() const override { return base_url_; }
    std::string lambda_url() const override { return lambda_url_; }
    std::optional<scenario::Observed> take_observed() override { return observed_.take(); }
    bool disturb_next(const lambda::Disturbance& disturbance) override {
        thread_.run([&] { emulator_->disturb_next(disturbance); });
        return true;
    }
    bool settle() override { return observed_.settle(); }
    std::string name() const override { return name_; }
    std::vector<std::string> functions() const override { return functions_; }
    /// What is to live as long as the application.
    void keep(std::unique_ptr<ServedApplication> served) { served_ = std::move(served); }
    void rename(std::string name) { name_ = std::move(name); }

  private:
    std::optional<StartProblem> choose_api(const Endpoints& endpoints, const std::string& name) {
        base_url_ = endpoints.gateway;
        if (name.empty() && endpoints.apis.size() <= 1) return std::nullopt;
        std::vector<std::string> names;
        for (const auto& api : endpoints.apis) {
            if (api.name == name) {
                base_url_ = api.url;
                return std::nullopt;
            }
            names.push_back(api.name);
        }
        auto problem = source::Problem(source::ProblemCode::not_found,
                                       name.empty() ? "the template has several APIs, and 'api' names none of them"
                                                    : "the template has no API '" + name + "'")
                           .with_hint(suggest(name, names))
                           .with_note(names.empty() ? "it has none at all" : "its APIs are " + list(names));
        return StartProblem(std::move(problem), ApplicationPart::api);
    }

    EmulatorThread& thread_;
    std::unique_ptr<Interrupts::Duty> duty_;
    std::unique_ptr<ServedApplication> served_;
    std::string name_;
    ObservationKeeper observed_;
    std::unique_ptr<Emulator> emulator_;
    std::string base_url_;
    std::string lambda_url_;
    std::vector<std::string> functions_;
};

/// Something that listens elsewhere.
class ReachedApplication : public scenario::RunningApplication {
  public:
    explicit ReachedApplication(std::string url) : url_(std::move(url)) {}
    std::string base_url() const override { return url_; }
    std::string lambda_url() const override { return {}; }
    std::optional<scenario::Observed> take_observed() override { return std::nullopt; }
    bool disturb_next(const lambda::Disturbance&) override { return false; }
    bool settle() override { return true; }
    std::string name() const override { return url_; }
    std::vector<std::string> functions() const override { return {}; }

  private:
    std::string url_;
};

}  // namespace

scenario::World::Started start_application(EmulatorThread& thread, Interrupts& interrupts,
                                           const app::Application& application) {
    if (auto obstacle = find_obstacle(application)) return StartProblem(*std::move(obstacle), ApplicationPart::command);
    auto running = std::make_unique<EmulatedApplication>(thread, interrupts);
    if (auto failed = running->start(application, "")) return *std::move(failed);
    return std::unique_ptr<scenario::RunningApplication>(std::move(running));
}

namespace {

ServeOptions to_serve_options(const scenario::TemplatePlan& plan) {
    ServeOptions options;
    options.files = ApplicationFiles{};
    options.files->template_file = plan.file;
    for (const auto& [name, value] : plan.parameters)
        options.files->parameter_overrides.push_back(to_parameter_override(name, value));
    return options;
}

/// Values for parameters that the template has not. What is wrong with the template itself is told when it is read.
std::optional<StartProblem> find_stray_parameter(const scenario::TemplatePlan& plan) {
    const auto text = files::read_file(plan.file);
    if (!text) return std::nullopt;
    const auto document = source::parse_document(*text, plan.file, source::DuplicateKeys::last_counts);
    if (!document) return std::nullopt;
    const auto section = document->root().find("Parameters");
    std::vector<std::string> names;
    for (const auto& member : section ? section->members() : std::span<const source::Member>())
        names.emplace_back(member.key.text());
    for (const auto& [name, value] : plan.parameters) {
        if (std::ranges::find(names, name) != names.end()) continue;
        auto problem = source::Problem(source::ProblemCode::not_found, "the template has no parameter '" + name + "'")
                           .with_hint(suggest(name, names))
                           .with_note(names.empty() ? "it has none at all" : "its parameters are " + list(names));
        return StartProblem(std::move(problem), ApplicationPart::parameter, name);
    }
    return std::nullopt;
}

}  // namespace

std::vector<std::filesystem::path> find_template_sources(const scenario::TemplatePlan& plan) {
    const auto prepared = ServedApplication(to_serve_options(plan)).prepare();
    return prepared ? prepared->watched : std::vector<std::filesystem::path>();
}

scenario::World::Started start_template(EmulatorThread& thread, Interrupts& interrupts,
                                        const scenario::TemplatePlan& plan) {
    if (auto stray = find_stray_parameter(plan)) return *std::move(stray);
    auto served = std::make_unique<ServedApplication>(to_serve_options(plan));
    const auto prepared = served->prepare();
    if (!prepared) {
        StartProblem problem(prepared.error());
        problem.further = served->further(problem.problem);
        return problem;
    }
    if (!prepared->failures.empty())
        return StartProblem(source::Problem(source::ProblemCode::not_found, prepared->failures.front().reason),
                            ApplicationPart::template_file);
    auto running = std::make_unique<EmulatedApplication>(thread, interrupts);
    running->keep(std::move(served));
    const bool needs_api = plan.calls_api || !plan.api.empty();
    if (auto failed = running->start(prepared->application, needs_api ? std::optional(plan.api) : std::nullopt))
        return *std::move(failed);
    running->rename(plan.api.empty() ? "template" : plan.api);
    return std::unique_ptr<scenario::RunningApplication>(std::move(running));
}

scenario::World::Started reach_application(const std::string& url) {
    return std::unique_ptr<scenario::RunningApplication>(std::make_unique<ReachedApplication>(url));
}

}  // namespace understudy::cli
