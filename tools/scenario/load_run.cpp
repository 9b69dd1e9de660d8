#include "tools/scenario/load_run.hpp"

#include "tools/scenario/expected_failures.hpp"
#include "tools/scenario/isolation.hpp"
#include "tools/scenario/late_names.hpp"
#include "tools/scenario/resolve.hpp"
#include "tools/scenario/substitute.hpp"

#include <understudy/v1/scenario.pb.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <set>
#include <utility>

namespace understudy::scenario {

namespace {

using source::Node;
using source::Problem;
using source::ProblemCode;

/// A part with what is known replaced, and read.
struct ReadPart {
    Part written;
    Substituted substituted;
    v1::Scenario format;

    Node root() const { return substituted.document.root(); }
    std::optional<Node> find(std::string_view name) const {
        return find_written(root(), *v1::Scenario::descriptor(), name);
    }
    Origin origin(Node node) const { return {written.document, node.index(), written.folder}; }
    bool waits(Node node) const { return has_waiting(node, substituted.waiting); }
};

bool goes_through_door(const Step& step) {
    if (!step.parallel.empty()) return std::ranges::any_of(step.parallel, goes_through_door);
    return step.kind != StepKind::invoke;
}

class RunLoader {
  public:
    RunLoader(Scenario& scenario, DescriptorCache& schemas, std::vector<Problem>& problems)
        : scenario_(scenario), schemas_(schemas), problems_(problems) {}

    void load(const std::vector<Part>& parts, const Variant& variant);

  private:
    void read(const Part& part, const LateNames& late);
    void load_application();
    void load_schema(const ReadPart& part, Node node);
    void load_steps(const ReadPart& part, const char* name, const google::protobuf::RepeatedPtrField<v1::Step>& formats,
                    std::vector<Step>& steps);
    void load_secrets(const ReadPart& part);
    void load_tags(const ReadPart& part);
    void add_source(const ReadPart& part, std::optional<Node> written);
    void add_request_files(const ReadPart& part, Node step);
    const ReadPart* find_holder(std::string_view name) const;
    /// Takes over problems of what `node` holds, but for those with values that wait there.
    void add(std::vector<Problem> problems, const ReadPart& part, Node node);

    Scenario& scenario_;
    DescriptorCache& schemas_;
    std::vector<Problem>& problems_;
    std::vector<ReadPart> parts_;
};

// By their places: aliases of a value have one place, and need not all wait.
void RunLoader::add(std::vector<Problem> problems, const ReadPart& part, Node node) {
    std::set<std::pair<std::uint32_t, std::uint32_t>> waiting;
    for (const auto index : part.waits(node) ? part.substituted.waiting : std::set<std::uint32_t>()) {
        const auto position = part.substituted.document.node(index).position();
        waiting.emplace(position.line, position.column);
    }
    for (auto& problem : problems) {
        if (!waiting.contains({problem.position().line, problem.position().column}))
            problems_.push_back(std::move(problem));
    }
}

void RunLoader::read(const Part& part, const LateNames& late) {
    ReadPart read{part, substitute_known(part.document, part.document.root(), scenario_.variables, late), {}};
    problems_.insert(problems_.end(), read.substituted.problems.begin(), read.substituted.problems.end());
    scenario_.documents.push_back(read.substituted.document);
    add(read_format(read.root(), read.format), read, read.root());
    parts_.push_back(std::move(read));
}

// The scenario's own file is the last, and comes first.
const ReadPart* RunLoader::find_holder(std::string_view name) const {
    const auto holds = [&](const ReadPart& part) { return part.find(name).has_value(); };
    if (holds(parts_.back())) return &parts_.back();
    const auto found = std::find_if(parts_.begin(), parts_.end(), holds);
    return found == parts_.end() ? nullptr : &*found;
}

void RunLoader::load_application() {
    const auto* holder = find_holder("application");
    if (!holder) {
        problems_.push_back(parts_.back()
                                .root()
                                .problem(ProblemCode::invalid, "a scenario needs an application")
                                .with_note("for example: application: { command: [../build/bin/bootstrap] }"));
        return;
    }
    const auto node = *holder->find("application");
    scenario_.application = node;
    std::vector<Problem> found;
    Resolver(holder->written.folder, found).resolve_application(holder->format.application(), node, scenario_);
    if (holder->waits(node)) scenario_.application_waits = holder->origin(node);
    // A path with a value that waits is looked for when the run begins.
    if (holder->waits(node))
        std::erase_if(found, [](const Problem& problem) { return problem.message().find("${") != std::string::npos; });
    add(std::move(found), *holder, node);
}

void RunLoader::load_schema(const ReadPart& part, Node node) {
    const auto before = problems_.size();
    Resolver resolver(part.written.folder, problems_);
    const auto files = resolver.resolve_schema(part.format.schema(), node);
    if (problems_.size() != before) return;
    if (!files.descriptor_set.empty()) scenario_.sources.push_back(files.descriptor_set);
    const auto& descriptors = schemas_.read(files);
    if (const auto* found = std::get_if<std::shared_ptr<const Descriptors>>(&descriptors)) {
        scenario_.descriptors = *found;
        return;
    }
    for (const auto& problem : std::get<std::vector<Problem>>(descriptors)) {
        problems_.push_back(
            problem.file().empty()
                ? node.problem(problem.code(), problem.message()).with_hint(problem.hint()).with_note(problem.note())
                : problem);
    }
}

void RunLoader::load_steps(const ReadPart& part, const char* name,
                           const google::protobuf::RepeatedPtrField<v1::Step>& formats, std::vector<Step>& steps) {
    const auto list = part.find(name);
    for (int i = 0; i < formats.size() && list; ++i) {
        const auto node = list->items()[static_cast<std::size_t>(i)];
        std::vector<Problem> found;
        auto step = Resolver(part.written.folder, found).resolve_step(formats[i], node, scenario_);
        add(std::move(found), part, node);
        if (!step && part.waits(node)) step = Resolver::make_step(formats[i], node);
        if (!step) continue;
        scenario_.isolate = scenario_.isolate || needs_new_application(formats[i], node);
        if (part.waits(node)) step->waits = part.origin(node);
        add_request_files(part, node);
        steps.push_back(*std::move(step));
    }
}

void RunLoader::load_secrets(const ReadPart& part) {
    const auto list = part.find("secrets");
    const auto names = scenario_.variables.names();
    for (int i = 0; i < part.format.secrets_size(); ++i) {
        const auto& name = part.format.secrets(i);
        const bool known = std::find(names.begin(), names.end(), name) != names.end() || scenario_.variables.find(name);
        if (!known && list)
            problems_.push_back(list->items()[static_cast<std::size_t>(i)].problem(
                ProblemCode::not_found, "there is no variable '" + name + "'"));
        scenario_.secrets.push_back(name);
    }
}

void RunLoader::add_source(const ReadPart& part, std::optional<Node> written) {
    if (!written || !written->is_scalar() || written->text().find("${") != std::string_view::npos) return;
    scenario_.sources.push_back(
        (std::filesystem::path(part.written.folder) / std::string(written->text())).lexically_normal().string());
}

void RunLoader::add_request_files(const ReadPart& part, Node step) {
    add_source(part, find_written(step, *v1::Step::descriptor(), "request_file"));
    const auto together = find_written(step, *v1::Step::descriptor(), "parallel");
    for (const auto& inner : together ? together->items() : std::span<const Node>()) add_request_files(part, inner);
}

void RunLoader::load_tags(const ReadPart& part) {
    const auto list = part.find("tags");
    for (int i = 0; i < part.format.tags_size(); ++i) {
        const auto& tag = part.format.tags(i);
        if (!is_tag(tag) && list)
            problems_.push_back(
                list->items()[static_cast<std::size_t>(i)]
                    .problem(ProblemCode::invalid, "'" + tag + "' is no tag")
                    .with_note(
                        "a tag has letters, digits, '-', '_', '.', '/' and ':', and begins with one of the first two"));
        const auto& known = scenario_.tags;
        if (std::find(known.begin(), known.end(), tag) == known.end()) scenario_.tags.push_back(tag);
    }
}

void RunLoader::load(const std::vector<Part>& parts, const Variant& variant) {
    const auto late = find_late_names(parts);
    read(parts.back(), late.back());  // Its problems come first, and its document is the scenario's.
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) read(parts[i], late[i]);
    if (!problems_.empty()) return;
    std::rotate(parts_.begin(), parts_.begin() + 1, parts_.end());
    const auto& own = parts_.back();
    scenario_.name = own.format.name().empty() ? std::filesystem::path(own.written.document.name()).stem().string()
                                               : own.format.name();
    scenario_.isolate =
        std::any_of(parts_.begin(), parts_.end(), [](const ReadPart& part) { return part.format.isolate(); });
    load_application();
    if (const auto* holder = find_holder("schema")) load_schema(*holder, *holder->find("schema"));
    if (problems_.empty() || scenario_.descriptors) {
        for (const auto& part : parts_) {
            load_steps(part, "setup", part.format.setup(), scenario_.setup);
            load_steps(part, "steps", part.format.steps(), scenario_.steps);
        }
        for (auto part = parts_.rbegin(); part != parts_.rend(); ++part)
            load_steps(*part, "teardown", part->format.teardown(), scenario_.teardown);
    }
    if (scenario_.template_plan) {
        const auto any = [](const std::vector<Step>& steps) { return std::ranges::any_of(steps, goes_through_door); };
        scenario_.template_plan->calls_api = any(scenario_.setup) || any(scenario_.steps) || any(scenario_.teardown);
    }
    for (const auto& part : parts_) {
        load_secrets(part);
        load_tags(part);
        Resolver(part.written.folder, problems_).resolve_files(part.format, part.root(), scenario_);
        const auto files = part.find("files");
        for (const auto& file : files ? files->items() : std::span<const Node>())
            add_source(part, find_written(file, *v1::File::descriptor(), "from"));
    }
    add_source(own, own.find("rows"));
    if (const auto list = own.find("expect_failure")) read_expected_failures(*list, variant, scenario_, problems_);
    for (auto& [name, value] : scenario_.labels) {
        const auto& secrets = scenario_.secrets;
        if (std::find(secrets.begin(), secrets.end(), name) != secrets.end()) value = "***";
    }
    if (scenario_.steps.empty() && problems_.empty())
        problems_.push_back(
            own.find("steps").value_or(own.root()).problem(ProblemCode::invalid, "a scenario needs at least one step"));
}

}  // namespace

Scenario load_run(const std::vector<Part>& parts, const Variant& variant, const Row& fixed, Variables variables,
                  DescriptorCache& schemas, std::vector<Problem>& problems) {
    Scenario scenario{};
    scenario.labels = variant.labels;
    Row values = variant.values;
    values.insert(values.end(), fixed.begin(), fixed.end());
    scenario.run_variables = read_variables(parts, values, variables, problems);
    if (!problems.empty()) return scenario;
    scenario.variables = std::move(variables);
    RunLoader(scenario, schemas, problems).load(parts, variant);
    return scenario;
}

source::Result<Step> read_waiting_step(Node node, const std::string& folder, const Scenario& scenario) {
    v1::Step format;
    auto problems = read_format(node, format);
    if (!problems.empty()) return problems.front();
    auto step = Resolver(folder, problems).resolve_step(format, node, scenario);
    if (!problems.empty()) return problems.front();
    return *std::move(step);
}

source::Result<void> read_waiting_application(Node node, const std::string& folder, Scenario& scenario) {
    v1::Application format;
    auto problems = read_format(node, format);
    if (!problems.empty()) return problems.front();
    scenario.function = {};
    scenario.fronts.clear();
    Resolver(folder, problems).resolve_application(format, node, scenario);
    if (!problems.empty()) return problems.front();
    return {};
}

}  // namespace understudy::scenario
