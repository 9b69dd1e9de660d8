#include "tools/scenario/start_problem.hpp"

#include "tools/scenario/resolve.hpp"

#include <understudy/v1/scenario.pb.h>

#include <string_view>

namespace understudy::scenario {
namespace {

using source::Node;

Node find_parameter(Node parameters, std::string_view name) {
    for (const auto& [key, value] : parameters.members()) {
        if (key.text() == name) return key;
    }
    return parameters;
}

Node find_part(Node application, const StartProblem& problem) {
    const auto find = [&](std::string_view name) {
        return find_written(application, *v1::Application::descriptor(), name);
    };
    switch (problem.part) {
        case ApplicationPart::command: {
            const auto command = find("command");
            return command && !command->items().empty() ? command->items().front() : command.value_or(application);
        }
        case ApplicationPart::api:
            if (const auto api = find("api")) return *api;
            break;
        case ApplicationPart::parameter:
            if (const auto parameters = find("parameters")) return find_parameter(*parameters, problem.name);
            break;
        case ApplicationPart::template_file:
        case ApplicationPart::whole:
            break;
    }
    if (const auto file = find("template")) return *file;
    return application;
}

}  // namespace

source::Problem to_placed(const StartProblem& problem, std::optional<Node> application) {
    const auto& told = problem.problem;
    if (!application || told.position().line > 0) return told;
    return find_part(*application, problem)
        .problem(told.code(), told.message())
        .with_hint(told.hint())
        .with_note(told.note());
}

}  // namespace understudy::scenario
