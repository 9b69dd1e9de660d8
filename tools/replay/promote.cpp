#include "tools/replay/promote.hpp"

#include "emulator/record/instant.hpp"
#include "emulator/record/redaction.hpp"
#include "tools/match/json_value.hpp"
#include "tools/replay/entrance.hpp"
#include "tools/replay/promote_body.hpp"
#include "tools/replay/promote_paths.hpp"
#include "tools/replay/promote_scene.hpp"
#include "tools/replay/promote_step.hpp"
#include "tools/replay/subject.hpp"
#include "tools/replay/yaml_text.hpp"
#include "tools/report/text.hpp"

#include <set>
#include <utility>

namespace understudy::replay {
namespace {

std::string to_list(const std::vector<std::string>& texts) {
    std::string list;
    for (const auto& text : texts) list += (list.empty() ? "" : ", ") + to_yaml_word(text);
    return '[' + list + ']';
}

/// Which API it was, where there may have been others.
std::string to_origin_api(const Selected& selected) {
    const auto* api = find_described_api(selected.exchange(), selected.recorded.session.get());
    if (api == nullptr || api->name.empty() || selected.recorded.session->apis.size() < 2) return {};
    const auto& stage = selected.exchange().stage;
    return to_comment("# Of the API " + api->name + " (" + api->kind + ')' + (stage.empty() ? "" : ", stage " + stage));
}

std::string to_origin(const Selected& selected) {
    const auto& exchange = selected.exchange();
    const auto& recorded = selected.recorded;
    std::string text = "# From " + recorded.file;
    if (recorded.line > 0) text += ':' + std::to_string(recorded.line);
    if (exchange.id != recorded.file) text += ", exchange " + exchange.id;
    if (exchange.started.count() > 0) text += ", recorded " + record::to_instant_text(exchange.started);
    if (recorded.session) text += " by " + recorded.session->program;
    text = to_comment(text) + to_origin_api(selected);
    for (const auto& path : exchange.redacted) text += to_comment("# Redacted: " + path);
    return text;
}

std::vector<std::string> guess_all_binary_types(const PromoteGroup& group) {
    std::set<std::string> types;
    for (const auto& selected : group) {
        for (auto& type : guess_binary_types(selected->exchange())) types.insert(std::move(type));
    }
    return {types.begin(), types.end()};
}

std::string to_front(const Scene& scene, const PromoteGroup& group) {
    if (scene.front.empty()) return {};
    std::string text = "  fronts: [" + scene.front + "]\n";
    const auto* api = scene.api;
    const auto types = api != nullptr ? api->binary_media_types : guess_all_binary_types(group);
    if (scene.front.starts_with("rest") && !types.empty()) {
        text += "  binary_media_types: " + to_list(types);
        text += api != nullptr ? "\n" : "  # a guess: the recording does not say what the API has\n";
    }
    if (api != nullptr && api->multi_value_headers) text += "  multi_value_headers: true\n";
    return text;
}

std::string to_environment(const record::Function& function) {
    std::string variables, redacted;
    for (const auto& [name, value] : function.environment) {
        if (value == record::kRedacted)
            redacted += to_comment("    # " + name + " was redacted");
        else
            variables += "    " + to_yaml_word(name) + ": " + to_yaml_scalar(value) + '\n';
    }
    if (variables.empty()) return redacted.empty() ? "" : "  environment: {}\n" + redacted;
    return "  environment:\n" + variables + redacted;
}

/// Which of its APIs, where the recorded template had several.
std::string to_template(const Scene& scene, const PromoteGroup& group, const PromoteRules& rules) {
    std::string text = "  template: " + to_yaml_word(rules.template_file) + '\n';
    if (!rules.parameters.empty()) text += "  parameters:\n";
    for (const auto& [name, value] : rules.parameters)
        text += "    " + to_yaml_word(name) + ": " + to_yaml_scalar(value) + '\n';
    const auto& session = group.front()->recorded.session;
    const bool several = session && !session->template_sha256.empty() && session->apis.size() > 1;
    if (several && scene.api != nullptr) text += "  api: " + to_yaml_word(scene.api->name) + '\n';
    return text;
}

std::string to_command(const Scene& scene, const PromoteGroup& group, const PromoteRules& rules) {
    std::string text;
    const auto directory = choose_directory(scene.described, rules);
    if (rules.command.empty())
        text += "  command: [./bootstrap]  # the handler's program, from this file's folder on\n";
    else
        text += "  command: " + to_list(to_command_in(directory, rules)) + '\n';
    const auto* function = scene.described;
    if (function != nullptr) text += to_environment(*function);
    if (!directory.written.empty())
        text += "  directory: " + to_yaml_word(directory.written) +
                "  # where it ran: variables and arguments name paths from it on\n";
    if (function != nullptr) {
        if (function->timeout_ms > 0)
            text += "  timeout: " + to_duration_text(std::chrono::milliseconds(function->timeout_ms)) + '\n';
        if (function->memory_mb > 0) text += "  memory: " + std::to_string(function->memory_mb) + '\n';
        if (!function->handler.empty()) text += "  handler: " + to_yaml_word(function->handler) + '\n';
    }
    return text + to_front(scene, group);
}

std::string to_application(const PromoteGroup& group, const PromoteRules& rules) {
    const auto scene = find_scene(group, rules);
    return "application:\n" +
           (rules.template_file.empty() ? to_command(scene, group, rules) : to_template(scene, group, rules));
}

std::string to_schema(const scenario::SchemaFiles& schema) {
    if (!schema.descriptor_set.empty())
        return "schema:\n  descriptor_set: " + to_yaml_word(schema.descriptor_set) + '\n';
    std::string text = "schema:\n  proto_files: " + to_list(schema.proto_files) + '\n';
    if (!schema.import_paths.empty()) text += "  import_paths: " + to_list(schema.import_paths) + '\n';
    return text;
}

/// Who it went to, or, of an event alone, where it is from.
std::string to_title(const Selected& selected) {
    const auto subject = to_subject(selected.exchange());
    if (!subject.method.empty() || !subject.function.empty()) return subject.text() + ", as recorded";
    if (selected.exchange().front == "invoke") return "a call that the Lambda API refused, as recorded";
    const auto& file = selected.recorded.file;
    return "the event of " + (file == "/dev/stdin" ? "standard input" : file.substr(file.rfind('/') + 1));
}

/// An exchange as a scenario has it. Its front door stands at the root. A browser's archive holds what no recording
/// does, credentials: a scenario is for everyone to read.
std::shared_ptr<const Selected> to_promoted(const Selected& selected) {
    auto promoted = std::make_shared<Selected>(selected);
    auto& exchange = promoted->recorded.exchange;
    if (selected.is_from_archive()) record::redact(exchange, {});
    if (!exchange.request || exchange.front == "invoke") return promoted;
    const auto target = to_root_target(exchange, promoted->recorded.session.get());
    auto& line = exchange.request->start_line;
    const auto recorded = parse_request_line(line).target;
    if (!recorded.empty())
        line.replace(static_cast<std::size_t>(recorded.data() - line.data()), recorded.size(), target);
    return promoted;
}

}  // namespace

std::string to_scenario(const PromoteGroup& recorded, const PromoteRules& rules) {
    PromoteGroup group;
    for (const auto& selected : recorded) group.push_back(to_promoted(*selected));
    const auto title = to_title(*group.front());
    std::string text;
    for (const auto& selected : group) text += to_origin(*selected);
    text += "name: " + to_yaml_scalar(report::to_printable(title)) + '\n';
    if (rules.descriptors) text += to_schema(rules.schema);
    text += to_application(group, rules);
    text += "steps:\n";
    for (const auto& selected : group) text += to_step(selected->exchange(), rules);
    return text;
}

}  // namespace understudy::replay
