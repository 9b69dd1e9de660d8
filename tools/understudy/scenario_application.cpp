#include "tools/understudy/scenario_application.hpp"

#include "emulator/process/program.hpp"
#include "tools/understudy/observation_keeper.hpp"
#include "tools/understudy/served_application.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <utility>

namespace understudy::cli {
namespace {

/// A file beside the scenario is not meant by a name without a slash.
source::Problem explain_missing(const source::Problem& problem, const app::Function& function) {
    const std::string& name = function.command.front();
    std::error_code error;
    const bool beside = name.find('/') == std::string::npos &&
                        std::filesystem::is_regular_file(std::filesystem::path(function.directory) / name, error);
    if (!beside) return problem;
    return source::Problem(problem.code(), "there is no program '" + name + "' in PATH")
        .with_note("write ./" + name + " for the file in '" + function.directory + "'");
}

/// A scenario whose program is missing could not run: that is another thing than a reply that is not as expected.
source::Result<void> find_programs(const app::Application& application) {
    const char* path = std::getenv("PATH");
    for (const app::Function& function : application.functions) {
        const auto program =
            process::find_program(function.command.front(), path == nullptr ? "" : path, function.directory);
        if (!program) return explain_missing(program.error(), function);
    }
    return {};
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

    /// `api`: the name of the API that is called; empty for the only one.
    source::Result<void> start(const app::Application& application, const std::string& api) {
        std::optional<source::Result<Endpoints>> endpoints;
        thread_.run([&] {
            Settings settings;
            settings.application = application;
            settings.advice_told = AdviceTold::again;  // Each run that it concerns shows it.
            emulator_ = std::make_unique<Emulator>(thread_.context(), std::move(settings), observed_);
            endpoints = emulator_->start();
        });
        if (!*endpoints) return endpoints->error();
        if (const auto chosen = choose_api(**endpoints, api); !chosen) return chosen.error();
        lambda_url_ = (*endpoints)->lambda;
        return {};
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
    /// What is to live as long as the application.
    void keep(std::unique_ptr<ServedApplication> served) { served_ = std::move(served); }
    void rename(std::string name) { name_ = std::move(name); }

  private:
    source::Result<void> choose_api(const Endpoints& endpoints, const std::string& name) {
        base_url_ = endpoints.gateway;
        if (name.empty() && endpoints.apis.size() <= 1) return {};
        std::string names;
        for (const auto& api : endpoints.apis) {
            if (api.name == name) {
                base_url_ = api.url;
                return {};
            }
            names += (names.empty() ? "" : ", ") + api.name;
        }
        return source::Problem(source::ProblemCode::not_found,
                               name.empty() ? "the template has several APIs, and 'api' names none of them"
                                            : "the template has no API '" + name + "'")
            .with_note("its APIs are " + names);
    }

    EmulatorThread& thread_;
    std::unique_ptr<Interrupts::Duty> duty_;
    std::unique_ptr<ServedApplication> served_;
    std::string name_;
    ObservationKeeper observed_;
    std::unique_ptr<Emulator> emulator_;
    std::string base_url_;
    std::string lambda_url_;
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

  private:
    std::string url_;
};

}  // namespace

scenario::World::Started start_application(EmulatorThread& thread, Interrupts& interrupts,
                                           const app::Application& application) {
    if (const auto found = find_programs(application); !found) return found.error();
    auto running = std::make_unique<EmulatedApplication>(thread, interrupts);
    if (const auto started = running->start(application, {}); !started) return started.error();
    return std::unique_ptr<scenario::RunningApplication>(std::move(running));
}

namespace {

ServeOptions to_serve_options(const scenario::TemplatePlan& plan) {
    ServeOptions options;
    options.files = ApplicationFiles{};
    options.files->template_file = plan.file;
    options.files->parameter_overrides = plan.parameters;
    return options;
}

}  // namespace

std::vector<std::filesystem::path> find_template_sources(const scenario::TemplatePlan& plan) {
    const auto prepared = ServedApplication(to_serve_options(plan)).prepare();
    return prepared ? prepared->watched : std::vector<std::filesystem::path>();
}

scenario::World::Started start_template(EmulatorThread& thread, Interrupts& interrupts,
                                        const scenario::TemplatePlan& plan) {
    auto served = std::make_unique<ServedApplication>(to_serve_options(plan));
    const auto prepared = served->prepare();
    if (!prepared) return prepared.error();
    if (!prepared->failures.empty()) return source::Problem(source::ProblemCode::not_found, prepared->failures.front());
    auto running = std::make_unique<EmulatedApplication>(thread, interrupts);
    running->keep(std::move(served));
    if (const auto started = running->start(prepared->application, plan.api); !started) return started.error();
    running->rename(plan.api.empty() ? "template" : plan.api);
    return std::unique_ptr<scenario::RunningApplication>(std::move(running));
}

scenario::World::Started reach_application(const std::string& url) {
    return std::unique_ptr<scenario::RunningApplication>(std::make_unique<ReachedApplication>(url));
}

}  // namespace understudy::cli
