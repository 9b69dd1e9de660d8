#include "emulator/app/template/models.hpp"

#include <set>
#include <vector>

namespace understudy::app::templates {
namespace {

/// Models that repeat what they refer to could grow beyond any template.
constexpr std::size_t kMostModelBytes = 8U << 20U;

/// The name of the schema that a `$ref` means; empty where it is none of the document's.
std::string_view referred(std::string_view reference) {
    for (const std::string_view prefix : {"#/components/schemas/", "#/definitions/"}) {
        if (reference.starts_with(prefix)) return reference.substr(prefix.size());
    }
    const std::size_t models = reference.find("/models/");
    if (models == std::string_view::npos || reference.find("apigateway") == std::string_view::npos) return {};
    return reference.substr(models + std::string_view("/models/").size());
}

/// Rewrites the references in a schema, and collects what they mean.
void localise(Value& schema, std::vector<std::string>& names) {
    for (Entry& entry : schema.members) {
        if (entry.key == "$ref" && entry.value.is_text()) {
            if (const std::string name(referred(entry.value.text)); !name.empty()) {
                names.push_back(name);
                entry.value.text = "#/definitions/" + name;
            }
        }
        localise(entry.value, names);
    }
    for (Value& item : schema.items) localise(item, names);
}

}  // namespace

void add_model(const std::string& name, const Value& schema, const Value& schemas, Api& api, Findings& findings) {
    Value own = schema;
    std::vector<std::string> pending;
    localise(own, pending);
    Value definitions{.kind = ValueKind::map};
    std::set<std::string> done;
    std::size_t bytes = 0;
    while (!pending.empty() && bytes < kMostModelBytes) {
        const std::string wanted = pending.back();
        pending.pop_back();
        const Value* found = schemas.find(wanted);
        if (!done.insert(wanted).second || found == nullptr) continue;
        Value copy = *found;
        localise(copy, pending);
        bytes += render_json(copy).size();
        definitions.members.push_back({.key = wanted, .value = std::move(copy)});
    }
    if (!definitions.members.empty()) own.members.push_back({.key = "definitions", .value = std::move(definitions)});
    std::string text = render_json(own);
    bytes = text.size();
    for (const auto& [known, model] : api.models) bytes += model.size();
    if (bytes > kMostModelBytes) {
        if (schema.node)
            findings.fail(schema.node->problem(source::ProblemCode::too_large, "the models are too large"));
        return;
    }
    if (schema.node) findings.compile_later(*schema.node, {.api_id = api.id, .model = name});
    api.models[name] = std::move(text);
}

void add_models(const Value& schemas, Api& api, Findings& findings) {
    for (const Entry& entry : schemas.members) {
        if (findings.gave_up()) return;
        add_model(entry.key, entry.value, schemas, api, findings);
    }
}

}  // namespace understudy::app::templates
