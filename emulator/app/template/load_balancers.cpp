#include "emulator/app/template/load_balancers.hpp"

#include "emulator/app/template/listener_rules.hpp"
#include "emulator/app/template/permissions.hpp"
#include "emulator/app/template/value_rules.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace understudy::app::templates {
namespace {

constexpr std::string_view kTargetGroup = "AWS::ElasticLoadBalancingV2::TargetGroup";
/// Of an action [Elastic Load Balancing guide, load-balancer-limits].
constexpr std::size_t kMostGroups = 5;

int status_of(const Value& value, int fallback) {
    std::string_view text = value.text;
    if (text.starts_with("HTTP_")) text.remove_prefix(5);
    int status = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), status);
    return error == std::errc() && end == text.data() + text.size() ? status : fallback;
}

const Resource* find_target_group(const Value& reference, const Reading& reading) {
    const Resource* resource = reading.find(reference.resource);
    return resource != nullptr && resource->type == kTargetGroup ? resource : nullptr;
}

bool has_multi_value_headers(const Resource& group) {
    for (const Value& attribute : group.properties.get("TargetGroupAttributes").items) {
        if (attribute.get("Key").text == "lambda.multi_value_headers.enabled") return attribute.get("Value").is_true();
    }
    return false;
}

/// Attributes of a load balancer that no client sees anything of.
constexpr std::array<std::string_view, 9> kQuietAttributes{"access_logs.",
                                                           "connection_logs.",
                                                           "deletion_protection.",
                                                           "health_check_logs.",
                                                           "ipv6.",
                                                           "load_balancing.",
                                                           "zonal_shift.",
                                                           "waf.fail_open.",
                                                           "routing.http.desync_mitigation_mode"};

/// The idle timeout; the other attributes that change what clients or functions see are told as not emulated.
std::optional<std::chrono::seconds> read_idle_timeout(const Resource& balancer, Findings& findings) {
    std::optional<std::chrono::seconds> timeout;
    for (const Value& attribute : balancer.properties.get("LoadBalancerAttributes").items) {
        const std::string& key = attribute.get("Key").text;
        const Value& value = attribute.get("Value");
        const auto is_quiet = [&key](std::string_view quiet) { return key.starts_with(quiet); };
        if (key == "idle_timeout.timeout_seconds") {
            timeout = read_seconds(value, findings);
            if (timeout && (timeout->count() < 1 || timeout->count() > 4000))
                findings.fail(value, "AWS takes 1 to 4000 here");
        } else if (attribute.node && !std::ranges::any_of(kQuietAttributes, is_quiet)) {
            findings.note(*attribute.node, "the attribute '" + key + "' of " + describe(balancer) + " is not emulated");
        }
    }
    return timeout;
}

/// Checks are off for Lambda targets unless somebody turns them on.
void read_health_check(const Resource& group, const LambdaIntegration& target, Api& api, Findings& findings) {
    const Value& properties = group.properties;
    const auto arn_of = [](const HealthCheck& check) -> const std::string& { return check.target_group.arn; };
    const bool is_read = std::ranges::count(api.health_checks, target.target_group->arn, arn_of) > 0;
    if (is_read || !properties.get("HealthCheckEnabled").is_true()) return;
    HealthCheck check{.function = target.function, .qualifier = target.qualifier, .target_group = *target.target_group};
    const auto number = [&](std::string_view key, int otherwise) {
        return read_int(properties.get(key), findings).value_or(otherwise);
    };
    if (properties.get("HealthCheckPath").present())
        check.path = read_text(properties.get("HealthCheckPath"), findings);
    check.interval = std::chrono::seconds(std::max(number("HealthCheckIntervalSeconds", 35), 1));
    check.timeout = std::chrono::seconds(std::max(number("HealthCheckTimeoutSeconds", 30), 1));
    check.healthy_threshold = number("HealthyThresholdCount", check.healthy_threshold);
    check.unhealthy_threshold = number("UnhealthyThresholdCount", check.unhealthy_threshold);
    const Value& matcher = properties.get("Matcher").get("HttpCode");
    if (matcher.present()) check.matcher = read_text(matcher, findings);
    api.health_checks.push_back(std::move(check));
}

/// A target group of type lambda, as the integration behind an action; what the API says of all is the first one's.
std::variant<LambdaIntegration, UnsupportedIntegration> read_group(const Value& reference, Api& api, Reading& reading) {
    Findings& findings = reading.findings;
    const Resource* group = find_target_group(reference, reading);
    const source::Node* place = reference.node ? &*reference.node : nullptr;
    if (group == nullptr) {
        if (place != nullptr) findings.note(*place, "the target group '" + reference.text + "' is not in the template");
        return UnsupportedIntegration{.type = "forward"};
    }
    const Value& targets = group->properties.get("Targets");
    if (group->properties.get("TargetType").text != "lambda" || targets.items.empty()) {
        findings.note(group->key, describe(*group) + " is not of the type lambda with a target: it is not emulated");
        return UnsupportedIntegration{.type = "forward"};
    }
    const bool multi = has_multi_value_headers(*group);
    if (api.target_group_arn.empty()) {
        api.target_group_arn = reference.text;
        api.multi_value_headers = multi;
    }
    const LambdaTarget target = read_target(targets.items.front().get("Id"), reading);
    note_missing_permission(*group, target, reading);
    LambdaIntegration integration{
        .function = target.function, .qualifier = target.qualifier, .target_group = TargetGroup{reference.text, multi}};
    read_health_check(*group, integration, api, findings);
    return integration;
}

Integration read_only_group(const Value& reference, Api& api, Reading& reading) {
    return std::visit([](auto&& target) -> Integration { return std::move(target); },
                      read_group(reference, api, reading));
}

/// What AWS refuses in a forward action.
void check_forward(const Value& action, Findings& findings) {
    const Value& groups = action.get("ForwardConfig").get("TargetGroups");
    const Value& alone = action.get("TargetGroupArn");
    if (groups.items.size() > kMostGroups) {
        findings.fail(groups, "a forward action has at most " + std::to_string(kMostGroups) + " target groups");
    }
    if (!alone.present() || groups.items.empty()) return;
    const Value& only = groups.items.front().get("TargetGroupArn");
    if (groups.items.size() > 1 || (only.is_text() && alone.is_text() && only.text != alone.text)) {
        findings.fail(alone, "beside a ForwardConfig TargetGroupArn may only name its one target group again");
    }
}

/// Each group has its share, and a group without a Weight the console's 1 (unverified).
Integration read_forward(const Value& action, Api& api, Reading& reading) {
    const Value& config = action.get("ForwardConfig");
    const Value& groups = config.get("TargetGroups");
    check_forward(action, reading.findings);
    if (groups.items.empty()) return read_only_group(action.get("TargetGroupArn"), api, reading);
    if (groups.items.size() == 1) return read_only_group(groups.items.front().get("TargetGroupArn"), api, reading);
    WeightedForward forward;
    for (const Value& group : groups.items) {
        const int weight = read_int(group.get("Weight"), reading.findings).value_or(1);
        forward.targets.push_back({read_group(group.get("TargetGroupArn"), api, reading), std::max(weight, 0)});
    }
    const Value& stickiness = config.get("TargetGroupStickinessConfig");
    if (stickiness.get("Enabled").is_true() && stickiness.node) {
        reading.findings.note(*stickiness.node,
                              "TargetGroupStickinessConfig is not emulated: each request of a client is spread anew");
    }
    return forward;
}

Redirect read_redirect(const Value& config, Findings& findings) {
    Redirect redirect{.status = status_of(config.get("StatusCode"), 302)};
    const auto take = [&](std::string_view key, std::string& into) {
        if (config.get(key).present()) into = read_text(config.get(key), findings);
    };
    take("Protocol", redirect.protocol);
    take("Host", redirect.host);
    take("Port", redirect.port);
    take("Path", redirect.path);
    take("Query", redirect.query);
    return redirect;
}

/// What the last of a rule's actions does; those before it are authentication.
Integration read_actions(const Value& actions, Api& api, Reading& reading) {
    Integration integration = UnsupportedIntegration{.type = "none"};
    for (const Value& action : actions.items) {
        const Value& type = action.get("Type");
        if (type.text == "forward") {
            integration = read_forward(action, api, reading);
        } else if (type.text == "redirect") {
            integration = read_redirect(action.get("RedirectConfig"), reading.findings);
        } else if (type.text == "fixed-response") {
            const Value& config = action.get("FixedResponseConfig");
            integration = FixedResponse{.status = status_of(config.get("StatusCode"), 200),
                                        .content_type = read_text(config.get("ContentType"), reading.findings),
                                        .body = read_text(config.get("MessageBody"), reading.findings)};
        } else {
            if (type.node) reading.findings.note(*type.node, "the action " + type.text + " is not emulated");
            return UnsupportedIntegration{.type = type.text};
        }
    }
    return integration;
}

struct FieldName {
    std::string_view field;
    std::string_view config;
    AlbCondition::Field kind;
};

constexpr std::array kFields{
    FieldName{"path-pattern", "PathPatternConfig", AlbCondition::Field::path},
    FieldName{"host-header", "HostHeaderConfig", AlbCondition::Field::host},
    FieldName{"http-header", "HttpHeaderConfig", AlbCondition::Field::header},
    FieldName{"http-request-method", "HttpRequestMethodConfig", AlbCondition::Field::method},
    FieldName{"query-string", "QueryStringConfig", AlbCondition::Field::query},
    FieldName{"source-ip", "SourceIpConfig", AlbCondition::Field::source_ip},
};

/// What of a condition only its field tells: what addresses look like, and that a header has a name.
void check_condition(const Value& condition, AlbCondition::Field field, Findings& findings) {
    if (field == AlbCondition::Field::header && !condition.get("HttpHeaderConfig").get("HttpHeaderName").present()) {
        findings.fail(condition, "a condition of the field http-header has an HttpHeaderName");
    }
    if (field != AlbCondition::Field::source_ip) return;
    check_value(condition.get("SourceIpConfig").get("Values"), "SourceIpConfig.Values", findings);
}

AlbCondition read_condition(const Value& condition, Findings& findings) {
    const Value& field = condition.get("Field");
    const auto known = std::ranges::find(kFields, field.text, &FieldName::field);
    if (known == kFields.end()) {
        if (!field.is_unknown()) findings.fail(condition, "unknown field '" + field.text + "' of a rule's condition");
        return {};
    }
    const Value& config = condition.get(known->config);
    check_condition(condition, known->kind, findings);
    AlbCondition read{.field = known->kind, .header = read_text(config.get("HttpHeaderName"), findings)};
    const Value& values = config.get("Values").present() ? config.get("Values") : condition.get("Values");
    for (const Value& value : values.items) {
        if (!value.is_map()) {
            read.values.push_back(read_text(value, findings));
            continue;
        }
        const std::string key = read_text(value.get("Key"), findings);
        const std::string text = read_text(value.get("Value"), findings);
        read.values.push_back(key.empty() ? text : key + '=' + text);
    }
    return read;
}

void read_rule(const Resource& rule, Api& api, Reading& reading) {
    Route route{.integration = read_actions(rule.properties.get("Actions"), api, reading),
                .priority = read_int(rule.properties.get("Priority"), reading.findings).value_or(0),
                .line = rule.key.position().line};
    for (const Value& condition : rule.properties.get("Conditions").items) {
        route.conditions.push_back(read_condition(condition, reading.findings));
    }
    check_rule(rule, route.conditions, reading.findings);
    api.routes.push_back(std::move(route));
}

std::vector<const Resource*> rules_of(const Resource& listener, const Reading& reading) {
    std::vector<const Resource*> rules;
    for (const Resource& rule : reading.resources) {
        if (rule.type != "AWS::ElasticLoadBalancingV2::ListenerRule") continue;
        if (rule.properties.get("ListenerArn").resource == listener.id) rules.push_back(&rule);
    }
    return rules;
}

/// None where either is missing, or no port: AWS has no default for them.
std::optional<AlbListener> read_listener(const Value& properties, Findings& findings) {
    const int port = read_int(properties.get("Port"), findings).value_or(0);
    const std::string protocol = read_text(properties.get("Protocol"), findings);
    if (port < 1 || port > std::numeric_limits<std::uint16_t>::max() || protocol.empty()) return std::nullopt;
    return AlbListener{protocol == "HTTP" ? "http" : "https", static_cast<std::uint16_t>(port)};
}

}  // namespace

void read_load_balancers(Reading& reading) {
    for (const Resource& group : reading.resources) {
        if (group.type == kTargetGroup) check_targets(group, reading.findings);
    }
    for (const Resource& listener : reading.resources) {
        if (listener.type != "AWS::ElasticLoadBalancingV2::Listener") continue;
        const Resource* balancer = reading.find(listener.properties.get("LoadBalancerArn").resource);
        if (balancer != nullptr && !balancer->properties.get("Type").text.empty() &&
            balancer->properties.get("Type").text != "application") {
            reading.findings.note(balancer->key,
                                  describe(*balancer) + " is no Application Load Balancer: not emulated");
            continue;
        }
        Api api{.id = make_id(listener.id, 10), .kind = ApiKind::alb, .name = listener.id};
        api.stages.push_back({.name = "$default"});
        api.listener = read_listener(listener.properties, reading.findings);
        if (balancer != nullptr) api.idle_timeout = read_idle_timeout(*balancer, reading.findings);
        const auto rules = rules_of(listener, reading);
        check_priorities(rules, reading.findings);
        for (const Resource* rule : rules) read_rule(*rule, api, reading);
        std::ranges::stable_sort(api.routes, {}, &Route::priority);
        api.routes.push_back({.integration = read_actions(listener.properties.get("DefaultActions"), api, reading),
                              .priority = std::numeric_limits<int>::max(),
                              .line = listener.key.position().line});
        reading.application.apis.push_back(std::move(api));
    }
}

}  // namespace understudy::app::templates
