#include "emulator/app/template/usage.hpp"

#include <algorithm>

namespace understudy::app::templates {
namespace {

std::optional<Throttle> read_plan_throttle(const Value& value, Findings& findings) {
    if (!value.present()) return std::nullopt;
    Throttle throttle;
    if (const auto rate = read_number(value.get("RateLimit"), findings)) throttle.rate = *rate;
    if (const auto burst = read_int(value.get("BurstLimit"), findings)) throttle.burst = *burst;
    return throttle;
}

/// `/pets/GET` as a route key, `GET /pets`; the root's are `/GET` and `//GET`. nullopt where no method is named.
std::optional<std::string> to_route_key(std::string_view key) {
    const std::size_t slash = key.rfind('/');
    if (!key.starts_with('/') || slash + 1 == key.size()) return std::nullopt;
    const std::string_view path = key.substr(0, slash);
    return to_upper(key.substr(slash + 1)) + ' ' + std::string(path.empty() ? "/" : path);
}

UsagePlan::ApiStage read_plan_stage(const Value& value, Findings& findings) {
    UsagePlan::ApiStage stage{.api_id = read_text(value.get("ApiId"), findings),
                              .stage = read_text(value.get("Stage"), findings)};
    for (const Entry& entry : value.get("Throttle").members) {
        const auto route = to_route_key(entry.key);
        const auto throttle = read_plan_throttle(entry.value, findings);
        if (route && throttle) stage.route_throttles[*route] = *throttle;
        if (!route && entry.node)
            findings.note(*entry.node, "'" + entry.key + "' names no method: write its path and verb, as in /pets/GET");
    }
    return stage;
}

std::optional<Quota> read_quota(const Value& value, Findings& findings) {
    if (!value.present()) return std::nullopt;
    Quota quota{.limit = read_integer(value.get("Limit"), findings).value_or(0)};
    const Value& period = value.get("Period");
    if (period.text == "DAY") {
        quota.period = QuotaPeriod::day;
    } else if (period.text == "WEEK") {
        quota.period = QuotaPeriod::week;
    } else if (period.text != "MONTH" && value.node) {
        findings.fail_required(value, "Period", "a quota's Period is DAY, WEEK or MONTH", *value.node);
    }
    return quota;
}

std::string make_key_value(const std::string& name) {
    return make_id("key " + name, 40);
}

/// A key that nobody gave a value: the same in every run.
ApiKey make_generated_key(const std::string& name) {
    return {.id = make_id(name, 10), .name = name, .value = make_key_value(name), .generated = true};
}

ApiKey read_key(const Resource& resource, Findings& findings) {
    const Value& properties = resource.properties;
    ApiKey key{.id = make_id(resource.id, 10),
               .name = read_text(properties.get("Name"), findings),
               .value = read_text(properties.get("Value"), findings)};
    if (key.name.empty()) key.name = resource.id;
    key.generated = key.value.empty();
    if (key.generated) key.value = make_key_value(resource.id);
    const Value& enabled = properties.get("Enabled");
    key.enabled = enabled.is_true();
    return key;
}

UsagePlan read_plan(const Resource& resource, Reading& reading) {
    Findings& findings = reading.findings;
    const Value& properties = resource.properties;
    UsagePlan plan{.name = read_text(properties.get("UsagePlanName"), findings),
                   .throttle = read_plan_throttle(properties.get("Throttle"), findings),
                   .quota = read_quota(properties.get("Quota"), findings)};
    if (plan.name.empty()) plan.name = resource.id;
    for (const Value& stage : properties.get("ApiStages").items) {
        plan.stages.push_back(read_plan_stage(stage, findings));
    }
    return plan;
}

}  // namespace

void read_usage_plans(Reading& reading) {
    Application& application = reading.application;
    std::vector<std::pair<std::string, std::size_t>> plans;
    for (const Resource& resource : reading.resources) {
        if (resource.type == "AWS::ApiGateway::ApiKey") {
            application.api_keys.push_back(read_key(resource, reading.findings));
        } else if (resource.type == "AWS::ApiGateway::UsagePlan") {
            plans.emplace_back(make_id(resource.id, 10), application.usage_plans.size());
            application.usage_plans.push_back(read_plan(resource, reading));
        }
    }
    for (const Resource& resource : reading.resources) {
        if (resource.type != "AWS::ApiGateway::UsagePlanKey") continue;
        const std::string id = read_text(resource.properties.get("UsagePlanId"), reading.findings);
        const auto plan = std::ranges::find(plans, id, &std::pair<std::string, std::size_t>::first);
        if (plan == plans.end()) {
            reading.findings.note(resource.key, "the usage plan of " + describe(resource) + " is not in the template");
            continue;
        }
        application.usage_plans[plan->second].key_ids.push_back(
            read_text(resource.properties.get("KeyId"), reading.findings));
    }
}

void add_document_key(const ApiDraft& draft, Application& application) {
    const auto asks = [](const Route& route) { return route.access.api_key_required; };
    if (draft.api.kind != ApiKind::rest || std::ranges::none_of(draft.api.routes, asks)) return;
    ApiKey key = make_generated_key(draft.id + "ApiKey");
    UsagePlan plan{.name = draft.id + "UsagePlan", .key_ids = {key.id}};
    for (const Stage& stage : draft.api.stages) plan.stages.push_back({.api_id = draft.api.id, .stage = stage.name});
    application.api_keys.push_back(std::move(key));
    application.usage_plans.push_back(std::move(plan));
}

void add_serverless_usage_plan(const ApiDraft& draft, const Value& plan, Reading& reading) {
    const Value& kind = plan.get("CreateUsagePlan");
    if (!plan.present() || kind.text == "NONE") return;
    Findings& findings = reading.findings;
    if (kind.text != "PER_API" && kind.text != "SHARED") {
        if (plan.node)
            findings.fail_required(plan, "CreateUsagePlan", "CreateUsagePlan is PER_API, SHARED or NONE", *plan.node);
        return;
    }
    const std::string owner = kind.text == "SHARED" ? "Serverless" : draft.id;
    Application& application = reading.application;
    ApiKey key = make_generated_key(owner + "ApiKey");
    const std::string key_id = key.id;
    const auto holds_key = [&key_id](const UsagePlan& known) {
        return std::ranges::find(known.key_ids, key_id) != known.key_ids.end();
    };
    auto known = std::ranges::find_if(application.usage_plans, holds_key);
    if (known == application.usage_plans.end()) {
        application.api_keys.push_back(std::move(key));
        application.usage_plans.push_back({.name = owner + "UsagePlan", .key_ids = {key_id}});
        known = application.usage_plans.end() - 1;
    }
    if (const Value& name = plan.get("UsagePlanName"); name.present()) known->name = read_text(name, findings);
    if (const auto throttle = read_plan_throttle(plan.get("Throttle"), findings)) known->throttle = throttle;
    if (const auto quota = read_quota(plan.get("Quota"), findings)) known->quota = quota;
    known->stages.push_back({.api_id = draft.api.id, .stage = draft.properties.get("StageName").text});
}

}  // namespace understudy::app::templates
