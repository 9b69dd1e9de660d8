#include "emulator/app/template/permissions.hpp"

#include "emulator/app/route_key.hpp"

#include <algorithm>

namespace understudy::app::templates {
namespace {

constexpr std::string_view kGateway = "apigateway.amazonaws.com";
constexpr std::string_view kLoadBalancing = "elasticloadbalancing.amazonaws.com";

/// Whether a function of SAM's has an event for which SAM grants an API the permission.
bool is_granted_by_event(const Resource& function) {
    return std::ranges::any_of(function.properties.get("Events").members, [](const Entry& event) {
        const std::string& type = event.value.get("Type").text;
        return type == "Api" || type == "HttpApi";
    });
}

/// What is invoked: a function, by an alias or version or by none.
struct Invoked {
    std::string_view function;
    std::optional<std::string_view> qualifier = {};  ///< None: not known here, any will do.

    std::string description(const Resource& resource) const {
        if (!qualifier || qualifier->empty()) return describe(resource);
        return "'" + std::string(*qualifier) + "' of " + describe(resource);
    }
};

Invoked to_invoked(const std::string& function, const std::string& qualifier) {
    if (qualifier.find("${") != std::string::npos) return {function};  // a stage's variable
    return {function, qualifier};
}

/// What is granted for the function counts for none of its aliases, and the other way round.
bool is_permission(const Resource& resource, const Invoked& invoked, std::string_view action) {
    if (resource.type != "AWS::Lambda::Permission") return false;
    const std::string& granted = resource.properties.get("Action").text;
    const LambdaTarget target = parse_lambda_target(resource.properties.get("FunctionName").text);
    return target.function == invoked.function && (!invoked.qualifier || target.qualifier == *invoked.qualifier) &&
           (granted == action || granted == "lambda:*");
}

bool has_permission(const Invoked& invoked, std::string_view principal, const Reading& reading) {
    return std::ranges::any_of(reading.resources, [&invoked, principal](const Resource& resource) {
        const std::string& granted = resource.properties.get("Principal").text;
        return is_permission(resource, invoked, "lambda:InvokeFunction") &&
               (granted.starts_with(principal) || granted == "*");
    });
}

bool may_gateway_invoke(const Resource& function, const Invoked& invoked, const Reading& reading) {
    return is_granted_by_event(function) || reading.called_by_roles.contains(invoked.function) ||
           has_permission(invoked, kGateway, reading);
}

const Resource* find_function_resource(std::string_view name, Reading& reading) {
    const Function* function = reading.find_function(name);
    return function == nullptr ? nullptr : reading.find(function->logical_id);
}

/// `outcome`: what comes of it on AWS.
void note_gateway(const Resource& function, const Invoked& invoked, const std::string& outcome, Findings& findings) {
    findings.note(function.key, "nothing here lets API Gateway invoke " + invoked.description(function) + ": on AWS " +
                                    outcome + " without an AWS::Lambda::Permission with the Principal " +
                                    std::string(kGateway));
}

void note_route(const Route& route, const ApiDraft& draft, Reading& reading) {
    const auto* lambda = std::get_if<LambdaIntegration>(&route.integration);
    if (lambda == nullptr) return;
    const Resource* function = find_function_resource(lambda->function, reading);
    const Invoked invoked = to_invoked(lambda->function, lambda->qualifier);
    if (function == nullptr || may_gateway_invoke(*function, invoked, reading)) return;
    note_gateway(*function, invoked, route_key(route) + " of '" + draft.id + "' answers 500", reading.findings);
}

/// What SAM grants for an event counts for that event's route only.
void note_authorizer(const Authorizer& authorizer, const ApiDraft& draft, Reading& reading) {
    const Resource* function = find_function_resource(authorizer.function, reading);
    const Invoked invoked = to_invoked(authorizer.function, authorizer.qualifier);
    if (function == nullptr || has_permission(invoked, kGateway, reading)) return;
    if (reading.trusted_authorizers.contains({draft.api.id, authorizer.name})) return;
    note_gateway(*function, invoked,
                 "every route behind the authorizer '" + authorizer.name + "' of '" + draft.id + "' answers 500",
                 reading.findings);
}

/// A function URL of SAM's has its permission from SAM.
void note_url(const Resource& url, Reading& reading) {
    if (url.type != "AWS::Lambda::Url" || url.properties.get("AuthType").text != "NONE") return;
    const LambdaTarget target = parse_lambda_target(url.properties.get("TargetFunctionArn").text);
    const Value& qualifier = url.properties.get("Qualifier");
    const std::string& name = target.function;
    const Invoked invoked = to_invoked(name, qualifier.present() ? qualifier.text : target.qualifier);
    const bool granted = std::ranges::any_of(reading.resources, [&invoked](const Resource& resource) {
        return is_permission(resource, invoked, "lambda:InvokeFunctionUrl");
    });
    if (granted || reading.find_function(name) == nullptr) return;
    reading.findings.note(url.key, "nothing here lets everybody call " + describe(url) +
                                       ": on AWS it answers 403 without an AWS::Lambda::Permission with the Action "
                                       "lambda:InvokeFunctionUrl, the Principal '*' and the FunctionUrlAuthType NONE");
}

}  // namespace

void note_missing_permissions(Reading& reading) {
    for (const ApiDraft& draft : reading.drafts) {
        for (const Authorizer& authorizer : draft.api.authorizers) note_authorizer(authorizer, draft, reading);
        if (draft.type == "AWS::Serverless::WebSocketApi") continue;
        for (const Route& route : draft.api.routes) note_route(route, draft, reading);
    }
    for (const Resource& resource : reading.resources) note_url(resource, reading);
}

void note_missing_permission(const Resource& group, const LambdaTarget& target, Reading& reading) {
    const Resource* resource = find_function_resource(target.function, reading);
    const Invoked invoked = to_invoked(target.function, target.qualifier);
    if (resource == nullptr || has_permission(invoked, kLoadBalancing, reading)) return;
    reading.findings.note(group.key, "nothing here lets load balancers invoke " + invoked.description(*resource) +
                                         ": AWS makes no " + describe(group) +
                                         " with that target without an AWS::Lambda::Permission with the Principal " +
                                         std::string(kLoadBalancing));
}

}  // namespace understudy::app::templates
