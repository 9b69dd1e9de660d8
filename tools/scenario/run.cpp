#include "tools/scenario/run.hpp"

#include "emulator/files/read_file.hpp"
#include "tools/convert/json_text.hpp"
#include "tools/convert/yaml_json.hpp"
#include "tools/scenario/load_run.hpp"
#include "tools/scenario/mask.hpp"
#include "tools/scenario/run_steps.hpp"
#include "tools/scenario/substitute.hpp"
#include "tools/scenario/warm_applications.hpp"

#include <algorithm>
#include <utility>

namespace understudy::scenario {

namespace {

// One seed for each run, so that none depends on how many went before.
std::uint64_t to_run_seed(const Scenario& scenario, Front front, std::uint64_t seed) {
    constexpr std::uint64_t kPrime = 1'099'511'628'211;  // FNV-1a
    auto hash = seed ^ 14'695'981'039'346'656'037ULL;
    const auto add = [&](std::string_view text) {
        for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * kPrime;
        hash *= kPrime;
    };
    add(scenario.name);
    add(front_name(front));
    for (const auto& [name, value] : scenario.labels) {
        add(name);
        add(value);
    }
    return hash;
}

/// A run from its begin to its end.
class Run {
  public:
    Run(const Scenario& scenario, Front front, const World& world, std::uint64_t repetition)
        : scenario_(scenario),
          front_(front),
          world_(world),
          repetition_(repetition),
          generators_(to_run_seed(scenario, front, world.seed + repetition), world.wall_clock) {}

    RunResult run();

  private:
    source::Result<void> prepare();
    source::Result<void> make_variables();
    World::Started start();
    void end(std::unique_ptr<RunningApplication> application, const RunResult& result);
    void run_steps(RunningApplication& application, RunResult& result);
    void tell_begin(const RunResult& result) const;
    void tell_step(const RunResult& result, const StepResult& step) const;

    Scenario scenario_;  // A copy: what waits is set when the run begins.
    Front front_;
    const World& world_;
    std::uint64_t repetition_;
    Generators generators_;
    std::unique_ptr<RunFolder> folder_;
};

source::Result<void> Run::make_variables() {
    for (const auto& [name, origin] : scenario_.run_variables) {
        const auto node = origin.document.node(origin.node);
        const auto known = substitute_all(origin.document, node, scenario_.variables, generators_);
        if (!known.problems.empty()) return known.problems.front();
        const auto json = convert::to_json(known.document.node(origin.node));
        if (!json) return json.error();
        scenario_.variables.set(name, *json);
    }
    return {};
}

source::Result<void> Run::prepare() {
    if (!scenario_.files.empty()) {
        auto folder = world_.make_folder(scenario_.files);
        if (!folder) return folder.error();
        folder_ = *std::move(folder);
        scenario_.variables.set("folder", convert::to_quoted_text(folder_->path()));
    }
    if (const auto made = make_variables(); !made) return made.error();
    if (!scenario_.application_waits) return {};
    const auto& origin = *scenario_.application_waits;
    const auto known =
        substitute_all(origin.document, origin.document.node(origin.node), scenario_.variables, generators_);
    if (!known.problems.empty()) return known.problems.front();
    scenario_.documents.push_back(known.document);
    scenario_.application = known.document.node(origin.node);
    return read_waiting_application(*scenario_.application, origin.folder, scenario_);
}

void Run::tell_begin(const RunResult& result) const {
    if (!world_.on_begin) return;
    auto begun = result;
    mask_secrets(scenario_, begun);
    world_.on_begin(begun);
}

void Run::tell_step(const RunResult& result, const StepResult& step) const {
    if (!world_.on_step) return;
    RunResult begun = result;
    begun.steps = {step};
    mask_secrets(scenario_, begun);
    const auto masked = std::move(begun.steps.front());
    begun.steps.clear();
    world_.on_step(begun, masked);
}

// An application that waits for what only this run knows is nobody else's either.
bool may_share(const Scenario& scenario, const World& world) {
    return world.warm && !scenario.isolate && !scenario.application_waits;
}

World::Started Run::start() {
    if (may_share(scenario_, world_)) {
        // Settled once more: a line may have come behind the run before.
        auto warm = world_.warm->take(to_application_key(scenario_, front_));
        if (warm && warm->settle()) return warm;
    }
    return scenario_.template_plan ? world_.start_template(*scenario_.template_plan)
                                   : world_.start_application(to_application(scenario_, front_));
}

// After a failure the next run gets a new one: one broken environment must not fail them all.
void Run::end(std::unique_ptr<RunningApplication> application, const RunResult& result) {
    const bool good = std::all_of(result.steps.begin(), result.steps.end(),
                                  [](const StepResult& step) { return step.verdict() == Verdict::passed; });
    if (good && may_share(scenario_, world_) && application->settle())
        world_.warm->put_back(to_application_key(scenario_, front_), std::move(application));
}

void Run::run_steps(RunningApplication& application, RunResult& result) {
    RunResult begun = result;
    StepRunner runner(scenario_, front_, application, world_, scenario_.variables, generators_,
                      [&](const StepResult& step) { tell_step(begun, step); });
    for (const auto* steps : {&scenario_.setup, &scenario_.steps, &scenario_.teardown}) {
        for (auto& unknown : runner.find_unknown_functions(*steps)) {
            if (result.problem)
                result.further_problems.push_back(std::move(unknown));
            else
                result.problem = std::move(unknown);
        }
    }
    if (result.problem) return;
    const bool is_set_up = runner.run(scenario_.setup, Phase::setup, result.steps);
    if (is_set_up) runner.run(scenario_.steps, Phase::steps, result.steps);
    runner.run(scenario_.teardown, Phase::teardown, result.steps);
    result.cut_short = !is_set_up || runner.was_cut_short();
}

/// A template that something is wrong with is no file of the scenario's.
void add_text(const source::Problem& problem, RunResult& result) {
    if (problem.file().empty() || !result.text_of(problem.file()).empty()) return;
    if (auto text = files::read_file(problem.file())) result.texts.emplace_back(problem.file(), *std::move(text));
}

RunResult Run::run() {
    RunResult result{.scenario = scenario_.name,
                     .labels = scenario_.labels,
                     .document = scenario_.document(),
                     .included = {},
                     .texts = {},
                     .door = std::string(front_name(front_)),
                     .steps = {},
                     .problem = {},
                     .further_problems = {},
                     .expected_failure = {},
                     .duration = {},
                     .position = scenario_.document().root().position(),
                     .tags = scenario_.tags,
                     .repetition = static_cast<unsigned>(repetition_),
                     .earlier = {},
                     .began = world_.wall_clock(),
                     .seed = {}};
    result.included.assign(scenario_.documents.begin() + 1, scenario_.documents.end());
    for (const auto& [front, reason, node] : scenario_.expected_failures) {
        if (!front.empty() && front != front_name(front_)) continue;
        result.expected_failure = reason;
        result.expected_at = node.problem(source::ProblemCode::invalid, {});
    }
    const auto begin = world_.now();
    const auto prepared = prepare();
    auto application = prepared ? start() : World::Started(StartProblem(prepared.error()));
    if (application) {
        if (!(*application)->name().empty()) result.door = (*application)->name();
        tell_begin(result);
        run_steps(**application, result);
        end(*std::move(application), result);
    } else {
        tell_begin(result);
        result.problem = to_placed(application.error(), scenario_.application);
        result.further_problems = application.error().further;
        add_text(*result.problem, result);
        for (const auto& further : result.further_problems) add_text(further, result);
    }
    folder_.reset();
    result.duration = std::chrono::duration_cast<std::chrono::microseconds>(world_.now() - begin);
    if (generators_.has_drawn()) result.seed = world_.seed + repetition_;
    mask_secrets(scenario_, result);
    return result;
}

}  // namespace

RunResult run_scenario(const Scenario& scenario, Front front, const World& world, std::uint64_t repetition) {
    return Run(scenario, front, world, repetition).run();
}

}  // namespace understudy::scenario
