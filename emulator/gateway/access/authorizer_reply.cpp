#include "emulator/gateway/access/authorizer_reply.hpp"

#include "emulator/event/json_writer.hpp"

namespace understudy::access {
namespace {

using namespace std::string_literals;
using Kind = Json::Kind;

constexpr std::string_view kInvoke = "execute-api:Invoke";

const Json* find_text(const Json& object, std::string_view name) {
    const Json* value = object.find(name);
    return value != nullptr && value->is(Kind::string) && !value->text.empty() ? value : nullptr;
}

/// Errors: in words.
std::variant<Json, std::string> read_object(std::string_view reply) {
    auto json = parse_json(reply);
    if (json && json->is(Kind::object)) return *std::move(json);
    if (!nests_too_deep(reply)) return "the authorizer's reply is no JSON object"s;
    return "the authorizer's reply nests deeper than the " + std::to_string(kMaxJsonDepth) +
           " levels that are read here";
}

/// What both kinds of policy answers have in common. Errors: in words.
std::string read_policy(const Json& reply, Grant& grant) {
    const Json* principal = find_text(reply, "principalId");
    if (principal == nullptr) return "the authorizer's reply has no principalId";
    const Json* document = reply.find("policyDocument");
    if (document == nullptr) return "the authorizer's reply has no policyDocument";
    auto policy = to_policy(*document);
    if (auto* problem = std::get_if<std::string>(&policy)) return std::move(*problem);
    grant.principal = principal->text;
    grant.decision = std::get<Policy>(std::move(policy));
    return {};
}

/// The context of a REST API: flat. Errors: in words.
std::string read_flat_context(const Json& context, Grant& grant) {
    if (context.is(Kind::null)) return {};
    if (!context.is(Kind::object)) return "the authorizer's context is no object";
    for (const auto& [name, value] : context.members) {
        if (value.is(Kind::null)) continue;
        if (value.is(Kind::object) || value.is(Kind::array)) {
            return "the authorizer's context holds an object or a list: " + name;
        }
        grant.context.emplace_back(name, plain_text(value));
    }
    return {};
}

}  // namespace

Evaluation Grant::evaluate(std::string_view method_arn, const ConditionKeys& keys) const {
    if (const bool* simple = std::get_if<bool>(&decision)) return {*simple ? Effect::allow : Effect::explicit_deny};
    return std::get<Policy>(decision).evaluate(kInvoke, method_arn, keys);
}

bool Grant::names(std::string_view method_arn) const {
    const auto* policy = std::get_if<Policy>(&decision);
    return policy == nullptr || policy->names(kInvoke, method_arn);
}

std::variant<Grant, std::string> parse_rest_grant(std::string_view reply) {
    const auto read = read_object(reply);
    if (const auto* problem = std::get_if<std::string>(&read)) return *problem;
    const Json& json = std::get<Json>(read);
    Grant grant;
    if (std::string problem = read_policy(json, grant); !problem.empty()) return problem;
    if (const Json* context = json.find("context")) {
        if (std::string problem = read_flat_context(*context, grant); !problem.empty()) return problem;
    }
    if (const Json* key = find_text(json, "usageIdentifierKey")) grant.usage_key = key->text;
    return grant;
}

std::variant<Grant, std::string> parse_http_grant(std::string_view reply, app::AuthorizerReply form) {
    const auto read = read_object(reply);
    if (const auto* problem = std::get_if<std::string>(&read)) return *problem;
    const Json& json = std::get<Json>(read);
    Grant grant;
    if (form == app::AuthorizerReply::policy) {
        if (std::string problem = read_policy(json, grant); !problem.empty()) return problem;
    } else {
        const Json* authorized = json.find("isAuthorized");
        if (authorized == nullptr || !authorized->is(Kind::boolean)) {
            return "the authorizer's reply has no boolean isAuthorized"s;
        }
        grant.decision = authorized->source == "true";
    }
    if (const Json* context = json.find("context"); context != nullptr && !context->is(Kind::null)) {
        if (!context->is(Kind::object)) return "the authorizer's context is no object"s;
        grant.context_json = context->source;
    }
    return grant;
}

bool says_unauthorized(std::string_view error) {
    const auto json = parse_json(error);
    const Json* message = json ? json->find("errorMessage") : nullptr;
    return message != nullptr && message->is(Kind::string) && message->text == "Unauthorized";
}

std::string render_rest_authorizer(const Grant& grant, std::chrono::milliseconds latency) {
    std::string text;
    event::JsonWriter json(text);
    json.begin_object();
    json.key("principalId").text(grant.principal);
    for (const auto& [name, value] : grant.context) {
        if (name != "principalId" && name != "integrationLatency") json.member(name).text(value);
    }
    json.key("integrationLatency").number(latency.count());
    json.end_object();
    return text;
}

std::string render_http_authorizer(const Grant& grant) {
    return R"({"lambda":)" + (grant.context_json.empty() ? "null"s : grant.context_json) + "}";
}

std::string render_iam_authorizer(std::string_view account, std::string_view access_key) {
    std::string text;
    event::JsonWriter json(text);
    json.begin_object();
    json.key("iam").begin_object();
    json.key("accessKey").text(access_key);
    json.key("accountId").text(account);
    json.key("callerId").text(access_key);
    json.key("cognitoIdentity").null();
    json.key("principalOrgId").null();
    json.key("userArn").text("arn:aws:iam::" + std::string(account) + ":user/" + std::string(access_key));
    json.key("userId").text(access_key);
    json.end_object();
    json.end_object();
    return text;
}

}  // namespace understudy::access
