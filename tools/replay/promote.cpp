#include "tools/replay/promote.hpp"

#include "emulator/record/instant.hpp"
#include "emulator/record/redaction.hpp"
#include "tools/match/json_value.hpp"
#include "tools/replay/entrance.hpp"
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
    const auto& exchange = selected.exchange();
    if (!rules.front.empty() && rules.front != exchange.front) return nullptr;
    return find_described_api(exchange, selected.recorded.session.get());
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

std::string to_scenario(std::span<const std::shared_ptr<const Selected>> given, const PromoteRules& rules) {
    std::vector<std::shared_ptr<const Selected>> exchanges;
    for (const auto& selected : given) exchanges.push_back(to_promoted(*selected));
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
