#include "tools/understudy/explain_access.hpp"

#include "emulator/app/route_key.hpp"
#include "emulator/event/json_text.hpp"
#include "emulator/gateway/access/usage.hpp"
#include "emulator/gateway/route_explanation.hpp"
#include "emulator/gateway/stage_variables.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace understudy::cli {
namespace {

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

/// A Lambda authorizer's function, as the stage names it.
std::string function_of(const app::Authorizer& authorizer, const app::Api& api, std::string_view stage) {
    const auto found = std::ranges::find(api.stages, stage, &app::Stage::name);
    if (found == api.stages.end()) return shown_function(authorizer.function, authorizer.qualifier);
    return shown_function(gateway::fill_in_stage_variables(authorizer.function, found->variables),
                          gateway::fill_in_stage_variables(authorizer.qualifier, found->variables));
}

std::string explain_authorizer(const app::Api& api, const app::Access& access, std::string_view stage) {
    const auto found = std::ranges::find(api.authorizers, access.authorizer, &app::Authorizer::name);
    if (found == api.authorizers.end()) return "the authorizer " + access.authorizer + ", which the API does not have";
    std::string text = "the authorizer " + found->name;
    if (found->kind == app::AuthorizerKind::jwt) {
        text += ": a JWT of " + found->issuer;
        if (!found->audiences.empty()) text += " for " + joined(found->audiences);
        if (!access.scopes.empty()) text += " with one of the scopes " + joined(access.scopes);
        text +=
            "; the issuer's keys are not fetched here: a token's signature is taken for good, its claims are checked";
    } else {
        text += ": the function " + function_of(*found, api, stage);
    }
    if (!found->identity_sources.empty()) text += "; the credential is in " + joined(found->identity_sources);
    if (found->ttl) text += "; kept for " + std::to_string(found->ttl->count()) + " s";
    return text;
}

/// Of an authorizer's answer, in which a key is taken to stand if there is one to stand there.
std::string explain_key_of_authorizer(const app::ApiKey* key) {
    const std::string where = "the authorizer's usageIdentifierKey";
    return key == nullptr ? where : where + ", here taken to be that of " + (key->name.empty() ? key->id : key->name);
}

std::string explain_key(const app::Application& application, const app::Api& api, std::string_view stage) {
    const auto plans = std::ranges::count_if(application.usage_plans, [&](const app::UsagePlan& plan) {
        return std::ranges::find(plan.stages, api.id, &app::UsagePlan::ApiStage::api_id) != plan.stages.end();
    });
    return "an API key of a usage plan, in " +
           (api.api_key_from_authorizer
                ? explain_key_of_authorizer(access::find_opening_key(application, api.id, stage))
                : "X-API-Key") +
           "; " + std::to_string(plans) + (plans == 1 ? " plan opens" : " plans open") + " the API";
}

std::string shown_number(double number) {
    std::array<char, 32> digits{};
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    return {digits.data(), end};
}

/// How many requests a stage lets through to a route; empty where it says nothing of that.
std::string explain_throttle(const app::Api& api, const app::Route& route, std::string_view stage) {
    const auto found = std::ranges::find(api.stages, stage, &app::Stage::name);
    if (found == api.stages.end()) return {};
    const app::Throttle* throttle = app::find_throttle(*found, app::route_key(route));
    if (throttle == nullptr) return {};
    if (throttle->burst == 0) return "nobody gets through: a throttle with a burst of 0, everything is 429";
    return "throttled to " + shown_number(throttle->rate) + " requests a second and bursts of " +
           std::to_string(throttle->burst) + ", 429 beyond";
}

}  // namespace

std::string shown_route(const app::Api& api, const app::Route& route) {
    std::string text = app::route_key(route);
    if (api.kind == app::ApiKind::alb) text = gateway::rule_in_words(route);
    if (api.kind == app::ApiKind::url) text = "the function URL, whatever comes";
    if (route.line != 0) text += " (line " + std::to_string(route.line) + ')';
    return text;
}

std::string shown_function(std::string function, const std::string& qualifier) {
    return qualifier.empty() ? std::move(function) : function + ':' + qualifier;
}

std::vector<std::string> explain_access(const app::Application& application, const app::Api& api,
                                        const app::Route& route, std::string_view stage) {
    std::vector<std::string> asked;
    if (route.access.authorization == app::Authorization::iam) asked.emplace_back("AWS_IAM: a signature (SigV4)");
    if (route.access.authorization == app::Authorization::authorizer) {
        asked.push_back(explain_authorizer(api, route.access, stage));
    }
    if (route.access.api_key_required) asked.push_back(explain_key(application, api, stage));
    if (route.validation && route.validation->parameters && !route.validation->required.empty()) {
        asked.push_back("the parameters " + joined(route.validation->required));
    }
    if (route.validation && route.validation->body) asked.emplace_back("a body that fits its model");
    if (asked.empty()) asked.emplace_back("open to everybody");
    if (std::string throttle = explain_throttle(api, route, stage); !throttle.empty()) {
        asked.push_back(std::move(throttle));
    }
    return asked;
}

std::string consenting_reply(const app::Authorizer& authorizer) {
    if (authorizer.kind == app::AuthorizerKind::request && authorizer.reply == app::AuthorizerReply::simple) {
        return R"({"isAuthorized":true})";
    }
    return R"({"principalId":"user","policyDocument":{"Version":"2012-10-17","Statement":[)"
           R"({"Action":"execute-api:Invoke","Effect":"Allow","Resource":"*"}]}})";
}

std::string consenting_reply(const app::Application& application, const app::Api& api, std::string_view stage,
                             const app::Authorizer& authorizer) {
    std::string reply = consenting_reply(authorizer);
    if (!api.api_key_from_authorizer) return reply;
    const app::ApiKey* key = access::find_opening_key(application, api.id, stage);
    if (key == nullptr) return reply;
    reply.back() = ',';
    reply += R"("usageIdentifierKey":")";
    event::append_json_text(reply, key->value);
    return reply + "\"}";
}

}  // namespace understudy::cli
