#include "emulator/app/template/serverless.hpp"
#include "emulator/app/template/usage.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace understudy::app::templates {
namespace {

struct Prefixes {
    std::string_view headers, query_strings, stage_variables, context;
};

constexpr Prefixes kRest{"method.request.header.", "method.request.querystring.", "stageVariables.", "context."};
constexpr Prefixes kHttp{"$request.header.", "$request.querystring.", "$stageVariables.", "$context."};

std::vector<std::string> read_sources(const Value& identity, const Prefixes& prefixes, Findings& findings) {
    std::vector<std::string> sources;
    const std::array<std::pair<std::string_view, std::string_view>, 4> parts{
        {{"Headers", prefixes.headers},
         {"QueryStrings", prefixes.query_strings},
         {"StageVariables", prefixes.stage_variables},
         {"Context", prefixes.context}}};
    for (const auto& [key, prefix] : parts) {
        for (const std::string& name : read_texts(identity.get(key), findings)) {
            sources.push_back(std::string(prefix) + name);
        }
    }
    return sources;
}

/// An authorizer of a REST API that is a Lambda function.
Authorizer read_rest_authorizer(const Entry& entry, Reading& reading) {
    Findings& findings = reading.findings;
    const Value& value = entry.value;
    const Value& identity = value.get("Identity");
    const Value& type = value.get("FunctionPayloadType");
    Authorizer authorizer{.name = entry.key, .kind = AuthorizerKind::token};
    if (type.present() && type.text != "TOKEN" && type.text != "REQUEST") {
        findings.fail(type, "FunctionPayloadType is TOKEN or REQUEST");
    }
    if (!value.get("FunctionArn").present()) {
        findings.fail(value, "the authorizer '" + entry.key + "' has neither a FunctionArn nor a UserPoolArn");
        return authorizer;
    }
    set_function(authorizer, value.get("FunctionArn"), reading);
    authorizer.ttl = read_seconds(identity.get("ReauthorizeEvery"), findings);
    if (type.text == "REQUEST") {
        authorizer.kind = AuthorizerKind::request;
        authorizer.identity_sources = read_sources(identity, kRest, findings);
        const bool cached = !authorizer.ttl || authorizer.ttl->count() > 0;
        if (authorizer.identity_sources.empty() && cached) {
            findings.fail(value, "the authorizer '" + entry.key + "' has no Identity to look at");
        }
        return authorizer;
    }
    const std::string header = read_text(identity.get("Header"), findings);
    authorizer.identity_sources = {"method.request.header." + (header.empty() ? "Authorization" : header)};
    const Value& expression = identity.get("ValidationExpression");
    authorizer.identity_validation = read_text(expression, findings);
    findings.compile_token_pattern(expression, authorizer.identity_validation);
    return authorizer;
}

/// A member whose key may begin in upper or lower case.
const Value& get_either(const Value& value, std::string_view key, std::string_view other) {
    return value.get(key).present() ? value.get(key) : value.get(other);
}

Authorizer read_http_authorizer(const Entry& entry, Reading& reading) {
    Findings& findings = reading.findings;
    const Value& value = entry.value;
    Authorizer authorizer{.name = entry.key};
    if (const Value& jwt = value.get("JwtConfiguration"); jwt.present()) {
        authorizer.kind = AuthorizerKind::jwt;
        authorizer.issuer = read_text(get_either(jwt, "issuer", "Issuer"), findings);
        authorizer.audiences = read_texts(get_either(jwt, "audience", "Audience"), findings);
        authorizer.identity_sources = read_texts(value.get("IdentitySource"), findings);
        if (authorizer.identity_sources.empty()) {
            findings.fail(value, "the JWT authorizer '" + entry.key + "' has no IdentitySource");
        }
        return authorizer;
    }
    const Value& payload = value.get("AuthorizerPayloadFormatVersion");
    if (!payload.present() || !value.get("FunctionArn").present()) {
        findings.fail(value,
                      "the authorizer '" + entry.key + "' has no FunctionArn or no AuthorizerPayloadFormatVersion");
        return authorizer;
    }
    set_function(authorizer, value.get("FunctionArn"), reading);
    authorizer.payload = payload.text.starts_with("1") ? PayloadFormat::v1 : PayloadFormat::v2;
    if (value.get("EnableSimpleResponses").is_true()) authorizer.reply = AuthorizerReply::simple;
    authorizer.identity_sources = read_sources(value.get("Identity"), kHttp, findings);
    authorizer.ttl = read_seconds(value.get("Identity").get("ReauthorizeEvery"), findings);
    return authorizer;
}

/// An authorizer's own scopes count for its routes that name none.
void apply_scopes(ApiDraft& draft, const Value& authorizers, Findings& findings) {
    for (Route& route : draft.api.routes) {
        if (route.access.authorizer.empty() || !route.access.scopes.empty()) continue;
        route.access.scopes = read_texts(authorizers.get(route.access.authorizer).get("AuthorizationScopes"), findings);
    }
}

enum class Preflights : std::uint8_t { guarded, open };

void apply_default_authorizer(ApiDraft& draft, const Value& name, Preflights preflights) {
    for (std::size_t i = 0; i < draft.api.routes.size(); ++i) {
        Route& route = draft.api.routes[i];
        if (draft.marks[i].authorizer || (route.method == "OPTIONS" && preflights == Preflights::open)) continue;
        if (std::exchange(draft.marks[i].inherited, false)) route.access = {};
        const bool iam = name.text == "AWS_IAM";
        route.access.authorization = iam ? Authorization::iam : Authorization::authorizer;
        route.access.authorizer = iam ? std::string() : name.text;
    }
}

void check_default_authorizer(const Value& auth, bool iam_allowed, Findings& findings) {
    const Value& name = auth.get("DefaultAuthorizer");
    if (!name.present() || name.is_unknown() || !name.node || (iam_allowed && name.text == "AWS_IAM")) return;
    if (auth.get("Authorizers").get(name.text).present()) return;
    std::vector<std::string_view> names;
    for (const Entry& entry : auth.get("Authorizers").members) names.push_back(entry.key);
    findings.fail_unknown(*name.node, name.text, "the DefaultAuthorizer '" + name.text + "' is not in Authorizers",
                          names);
}

/// SAM takes `NONE` for no role.
bool has_role(const Value& authorizer) {
    const Value& role = authorizer.get("FunctionInvokeRole");
    return role.present() && role.text != "NONE";
}

bool is_unless_said(const Value& value) {
    return !value.present() || value.is_true();
}

}  // namespace

void apply_api_auth(ApiDraft& draft, Reading& reading) {
    const Value& auth = draft.properties.get("Auth");
    if (!auth.present()) return;
    for (const Entry& entry : auth.get("Authorizers").members) {
        if (entry.value.get("UserPoolArn").present()) continue;
        draft.api.authorizers.push_back(read_rest_authorizer(entry, reading));
        const bool granted = !entry.value.get("DisableFunctionDefaultPermissions").is_true();
        if (granted || has_role(entry.value)) reading.trusted_authorizers.emplace(draft.api.id, entry.key);
    }
    check_default_authorizer(auth, true, reading.findings);
    const bool guarded = is_unless_said(auth.get("AddDefaultAuthorizerToCorsPreflight"));
    if (const Value& name = auth.get("DefaultAuthorizer"); name.present()) {
        apply_default_authorizer(draft, name, guarded ? Preflights::guarded : Preflights::open);
    }
    apply_scopes(draft, auth.get("Authorizers"), reading.findings);
    const bool keyed = is_unless_said(auth.get("AddApiKeyRequiredToCorsPreflight"));
    for (std::size_t i = 0; auth.get("ApiKeyRequired").is_true() && i < draft.api.routes.size(); ++i) {
        Route& route = draft.api.routes[i];
        if (std::exchange(draft.marks[i].inherited, false)) route.access = {};
        if (!draft.marks[i].api_key) route.access.api_key_required = true;
        if (route.method == "OPTIONS" && !keyed) route.access.api_key_required = false;
    }
    add_serverless_usage_plan(draft, auth.get("UsagePlan"), reading);
}

void apply_http_api_auth(ApiDraft& draft, Reading& reading) {
    const Value& auth = draft.properties.get("Auth");
    if (!auth.present()) return;
    for (const Entry& entry : auth.get("Authorizers").members) {
        draft.api.authorizers.push_back(read_http_authorizer(entry, reading));
        const bool granted = entry.value.get("EnableFunctionDefaultPermissions").is_true();
        if (granted || has_role(entry.value)) reading.trusted_authorizers.emplace(draft.api.id, entry.key);
    }
    check_default_authorizer(auth, auth.get("EnableIamAuthorizer").is_true(), reading.findings);
    if (const Value& name = auth.get("DefaultAuthorizer"); name.present()) {
        apply_default_authorizer(draft, name, Preflights::open);
    }
    apply_scopes(draft, auth.get("Authorizers"), reading.findings);
}

}  // namespace understudy::app::templates
