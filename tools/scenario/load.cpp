#include "tools/scenario/load.hpp"

#include "tools/convert/convert.hpp"
#include "tools/scenario/file_text.hpp"
#include "tools/scenario/resolve.hpp"

#include <understudy/v1/scenario.pb.h>

#include <filesystem>
#include <utility>

namespace understudy::scenario {

namespace {

using source::Node;
using source::Problem;
using source::ProblemCode;

// Messages of the user's types, and what matchers may stand in, are read later: all that the format calls a Value.
bool is_left_to_resolver(const google::protobuf::FieldDescriptor& field) {
    const auto* type = field.is_map() ? field.message_type()->map_value()->message_type() : field.message_type();
    return type && type->full_name() == "google.protobuf.Value";
}

std::vector<Problem> read_format(Node root, v1::Scenario& format) {
    convert::ConvertOptions options;
    options.wording = convert::Wording::words;
    options.left_to_caller = is_left_to_resolver;
    return convert::convert_message(root, format, options);
}

void add_problems(std::vector<Problem> problems, const source::Document& document, Loaded& loaded) {
    for (auto& problem : problems) {
        std::string text;
        if (problem.file() == document.name()) {
            text = document.text();
        } else if (auto other = read_file(problem.file())) {
            text = std::move(*other);
        }
        loaded.problems.push_back({std::move(problem), std::move(text)});
    }
}

// Null where there is none, and where something in it is wrong; then there is a problem.
std::shared_ptr<const Descriptors> load_schema(const v1::Scenario& format, Node root, Resolver& resolver,
                                               DescriptorCache& schemas, std::vector<Problem>& problems) {
    const auto node = find_written(root, *v1::Scenario::descriptor(), "schema");
    if (!node) return nullptr;
    const auto before = problems.size();
    const auto files = resolver.resolve_schema(format.schema(), *node);
    if (problems.size() != before) return nullptr;
    const auto& descriptors = schemas.read(files);
    if (const auto* found = std::get_if<std::shared_ptr<const Descriptors>>(&descriptors)) return *found;
    for (const auto& problem : std::get<std::vector<Problem>>(descriptors)) {
        problems.push_back(problem.file().empty() ? node->problem(problem.code(), problem.message()) : problem);
    }
    return nullptr;
}

void load_steps(const v1::Scenario& format, Node root, Resolver& resolver, Scenario& scenario,
                std::vector<Problem>& problems) {
    const auto nodes = find_written(root, *v1::Scenario::descriptor(), "steps");
    if (!nodes || nodes->items().empty()) {
        problems.push_back(nodes.value_or(root).problem(ProblemCode::invalid, "a scenario needs at least one step"));
        return;
    }
    for (int i = 0; i < format.steps_size(); ++i)
        resolver.resolve_step(format.steps(i), nodes->items()[static_cast<std::size_t>(i)], scenario);
}

}  // namespace

void load_scenario(std::string_view text, const std::string& file, DescriptorCache& schemas, Loaded& loaded) {
    const auto document = source::parse_document(text, file);
    if (!document) {
        loaded.problems.push_back({document.error(), std::string(text)});
        return;
    }
    const Node root = document->root();
    v1::Scenario format;
    auto problems = read_format(root, format);
    if (!problems.empty()) return add_problems(std::move(problems), *document, loaded);

    const std::filesystem::path path(file);
    Resolver resolver(path.parent_path().string(), problems);
    Scenario scenario{.name = format.name().empty() ? path.stem().string() : format.name(),
                      .document = *document,
                      .descriptors = {},
                      .function = {},
                      .fronts = {},
                      .binary_media_types = {},
                      .steps = {}};
    if (const auto node = find_written(root, *v1::Scenario::descriptor(), "application")) {
        resolver.resolve_application(format.application(), *node, scenario);
    } else {
        problems.push_back(root.problem(ProblemCode::invalid, "a scenario needs an application")
                               .with_note("for example: application: { command: [../build/bin/bootstrap] }"));
    }
    const auto before = problems.size();
    scenario.descriptors = load_schema(format, root, resolver, schemas, problems);
    if (problems.size() == before) load_steps(format, root, resolver, scenario, problems);
    if (!problems.empty()) return add_problems(std::move(problems), *document, loaded);
    loaded.scenarios.push_back(std::move(scenario));
}

Loaded load_scenarios(std::span<const std::string> files) {
    Loaded loaded;
    DescriptorCache schemas;
    for (const auto& file : files) {
        if (const auto text = read_file(file)) {
            load_scenario(*text, file, schemas, loaded);
        } else {
            loaded.problems.push_back({text.error(), ""});
        }
    }
    return loaded;
}

}  // namespace understudy::scenario
