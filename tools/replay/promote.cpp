#include "tools/replay/promote.hpp"

#include "emulator/record/instant.hpp"
#include "emulator/record/redaction.hpp"
#include "tools/match/json_value.hpp"
#include "tools/replay/promote_body.hpp"
#include "tools/replay/promote_step.hpp"
#include "tools/replay/subject.hpp"
#include "tools/replay/yaml_text.hpp"
#include "tools/report/text.hpp"

#include <algorithm>
#include <utility>

namespace understudy::replay {
namespace {

std::string to_list(const std::vector<std::string>& texts) {
    std::string list;
    for (const auto& text : texts) list += (list.empty() ? "" : ", ") + to_yaml_word(text);
    return '[' + list + ']';
}

std::string to_origin(const Selected& selected) {
    const auto& exchange = selected.exchange();
    const auto& recorded = selected.recorded;
    std::string text = "# From " + recorded.file;
    if (recorded.line > 0) text += ':' + std::to_string(recorded.line);
    if (exchange.id != recorded.file) text += ", exchange " + exchange.id;
    if (exchange.started.count() > 0) text += ", recorded " + record::to_instant_text(exchange.started);
    if (recorded.session) text += " by " + recorded.session->program;
    text = to_comment(text);
    for (const auto& path : exchange.redacted) text += to_comment("# Redacted: " + path);
    if (!exchange.missing.empty()) text += to_comment("# Missing in the recording: " + exchange.missing);
    return text;
}

const record::Function* find_function(const Selected& selected) {
    const auto& session = selected.recorded.session;
    const auto name = to_subject(selected.exchange()).function;
    if (!session) return nullptr;
    const auto found = std::find_if(session->functions.begin(), session->functions.end(),
                                    [&](const record::Function& function) { return function.name == name; });
    return found == session->functions.end() ? nullptr : &*found;
}

/// The front door as the recording describes it; null in one of before it did, or of another front.
const record::Api* find_api(const Selected& selected, const PromoteRules& rules) {
    const auto& session = selected.recorded.session;
    const auto& exchange = selected.exchange();
    if (!session || (!rules.front.empty() && rules.front != exchange.front)) return nullptr;
    const auto found = std::ranges::find(session->apis, exchange.api, &record::Api::id);
    return found == session->apis.end() ? nullptr : &*found;
}

std::string to_front(const record::Exchange& exchange, const record::Api* api, const PromoteRules& rules) {
    const auto front = choose_front(exchange, api, rules);
    if (front.empty()) return {};
    std::string text = "  fronts: [" + front + "]\n";
    const auto types = api != nullptr ? api->binary_media_types : guess_binary_types(exchange);
    if (front.starts_with("rest") && !types.empty()) {
        text += "  binary_media_types: " + to_list(types);
        text += api != nullptr ? "\n" : "  # a guess: the recording does not say what the API has\n";
    }
    if (api != nullptr && api->multi_value_headers)
        text += "  # the load balancer handed headers on with all their values, and a scenario's does not\n";
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

std::string to_application(const Selected& first, const PromoteRules& rules) {
    std::string text = "application:\n";
    if (rules.command.empty())
        text += "  command: [./bootstrap]  # the handler's program, from this file's folder on\n";
    else
        text += "  command: " + to_list(rules.command) + '\n';
    if (const auto* function = find_function(first)) {
        text += to_environment(*function);
        if (function->timeout_ms > 0)
            text += "  timeout: " + to_duration_text(std::chrono::milliseconds(function->timeout_ms)) + '\n';
        if (function->memory_mb > 0) text += "  memory: " + std::to_string(function->memory_mb) + '\n';
        if (!function->handler.empty()) text += "  handler: " + to_yaml_word(function->handler) + '\n';
    }
    return text + to_front(first.exchange(), find_api(first, rules), rules);
}

std::string to_schema(const scenario::SchemaFiles& schema) {
    if (!schema.descriptor_set.empty())
        return "schema:\n  descriptor_set: " + to_yaml_word(schema.descriptor_set) + '\n';
    std::string text = "schema:\n  proto_files: " + to_list(schema.proto_files) + '\n';
    if (!schema.import_paths.empty()) text += "  import_paths: " + to_list(schema.import_paths) + '\n';
    return text;
}

/// A browser's archive holds what no recording does: credentials. A scenario is for everyone to read.
std::shared_ptr<const Selected> without_secrets(const std::shared_ptr<const Selected>& selected) {
    if (!selected->is_from_archive()) return selected;
    Selected redacted = *selected;
    record::redact(redacted.recorded.exchange, {});
    return std::make_shared<const Selected>(std::move(redacted));
}

}  // namespace

std::string to_scenario(std::span<const std::shared_ptr<const Selected>> given, const PromoteRules& rules) {
    std::vector<std::shared_ptr<const Selected>> exchanges;
    for (const auto& selected : given) exchanges.push_back(without_secrets(selected));
    const Selected& first = *exchanges.front();
    std::string text;
    for (const auto& selected : exchanges) text += to_origin(*selected);
    text +=
        "name: " + to_yaml_scalar(report::to_printable(to_subject(first.exchange()).text()) + ", as recorded") + '\n';
    if (rules.descriptors) text += to_schema(rules.schema);
    text += to_application(first, rules);
    text += "steps:\n";
    for (const auto& selected : exchanges) text += to_step(selected->exchange(), rules);
    return text;
}

}  // namespace understudy::replay
