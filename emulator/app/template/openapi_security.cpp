#include "emulator/app/template/openapi.hpp"
#include "emulator/app/template/properties.hpp"

#include <algorithm>

namespace understudy::app::templates {
namespace {

const Value& security_schemes(const Value& body) {
    const Value& schemes = body.get("components").get("securitySchemes");
    return schemes.present() ? schemes : body.get("securityDefinitions");
}

/// A list, or a text with commas.
std::vector<std::string> read_identity_sources(const Value& value, Findings& findings) {
    if (!value.is_text()) return read_texts(value, findings);
    std::vector<std::string> sources;
    for (std::size_t begin = 0; begin <= value.text.size();) {
        const std::size_t end = std::min(value.text.find(',', begin), value.text.size());
        const std::string_view source = trim(std::string_view(value.text).substr(begin, end - begin));
        if (!source.empty()) sources.emplace_back(source);
        begin = end + 1;
    }
    return sources;
}

Authorizer read_authorizer(const std::string& name, const Value& scheme, Reading& reading) {
    const Value& extension = scheme.get("x-amazon-apigateway-authorizer");
    Findings& findings = reading.findings;
    Authorizer authorizer{.name = name};
    const std::string& type = extension.get("type").text;
    authorizer.identity_sources = read_identity_sources(extension.get("identitySource"), findings);
    if (type == "jwt") {
        authorizer.kind = AuthorizerKind::jwt;
        authorizer.issuer = read_text(extension.get("jwtConfiguration").get("issuer"), findings);
        authorizer.audiences = read_texts(extension.get("jwtConfiguration").get("audience"), findings);
        return authorizer;
    }
    authorizer.kind = type == "token" ? AuthorizerKind::token : AuthorizerKind::request;
    if (authorizer.kind == AuthorizerKind::token && authorizer.identity_sources.empty()) {
        authorizer.identity_sources = {"method.request.header." + scheme.get("name").text};
    }
    set_function(authorizer, extension.get("authorizerUri"), reading);
    const Value& expression = extension.get("identityValidationExpression");
    authorizer.identity_validation = read_text(expression, findings);
    findings.compile_token_pattern(expression, authorizer.identity_validation);
    authorizer.ttl = read_seconds(extension.get("authorizerResultTtlInSeconds"), findings);
    const Value& payload = extension.get("authorizerPayloadFormatVersion");
    if (payload.present()) authorizer.payload = payload.text == "1.0" ? PayloadFormat::v1 : PayloadFormat::v2;
    if (extension.get("enableSimpleResponses").is_true()) authorizer.reply = AuthorizerReply::simple;
    return authorizer;
}

/// A scheme that says neither who decides nor that a key is asked for: API Gateway passes over it.
void note_ignored_scheme(const Entry& entry, const Value& scheme, Findings& findings) {
    if (!entry.node) return;
    const std::string what = scheme.present() ? "the security scheme '" + entry.key + "', of type " +
                                                    scheme.get("type").text + ", has no x-amazon-apigateway-authorizer"
                                              : "there is no security scheme '" + entry.key + "'";
    findings.note(*entry.node, what + ": API Gateway ignores it, and by it alone the route is open to everybody");
}

/// One scheme of a requirement.
void apply_scheme(const Entry& entry, const Value& scheme, Access& access, RouteMarks& marks, Findings& findings) {
    if (scheme.get("x-amazon-apigateway-authtype").text == "awsSigv4") {
        access.authorization = Authorization::iam;
        marks.authorizer = true;
    } else if (scheme.get("x-amazon-apigateway-authorizer").is_map()) {
        access.authorization = Authorization::authorizer;
        access.authorizer = entry.key;
        for (const Value& scope : entry.value.items) access.scopes.push_back(scope.text);
        marks.authorizer = true;
    } else if (scheme.get("type").text == "apiKey") {
        access.api_key_required = true;
        marks.api_key = true;
    } else {
        note_ignored_scheme(entry, scheme, findings);
    }
}

}  // namespace

void read_security_schemes(const Value& body, Api& api, Reading& reading) {
    for (const Entry& entry : security_schemes(body).members) {
        const Value& extension = entry.value.get("x-amazon-apigateway-authorizer");
        const std::string& type = extension.get("type").text;
        check_properties(extension, "x-amazon-apigateway-authorizer", "the authorizer '" + entry.key + "'",
                         reading.findings);
        if (!extension.is_map() || type == "cognito_user_pools") {
            if (extension.is_map() && entry.node) {
                reading.findings.note(*entry.node, "the Cognito authorizer '" + entry.key + "' is not emulated");
            }
            continue;
        }
        if (type != "token" && type != "request" && type != "jwt") {
            reading.findings.fail(extension.get("type"), "an authorizer's type is token, request or jwt",
                                  extension.node);
            continue;
        }
        api.authorizers.push_back(read_authorizer(entry.key, entry.value, reading));
        if (extension.get("authorizerCredentials").present()) {
            reading.trusted_authorizers.emplace(api.id, entry.key);
        }
    }
}

Access read_security(const Value& requirements, const Value& body, RouteMarks& marks, Findings& findings) {
    Access access;
    const Value& schemes = security_schemes(body);
    for (const Value& requirement : requirements.items) {
        for (const Entry& entry : requirement.members) {
            if (entry.key == "NONE") {
                marks.authorizer = true;
            } else {
                apply_scheme(entry, schemes.get(entry.key), access, marks, findings);
            }
        }
    }
    return access;
}

void read_method_auth(const Value& auth, Access& access, RouteMarks& marks, Findings& findings) {
    const Value& type = auth.get("type");
    if (!type.present()) return;
    marks = {.authorizer = true, .api_key = marks.api_key};
    const std::string upper = to_upper(type.text);
    if (upper == "AWS_IAM") access.authorization = Authorization::iam;
    if (upper == "AWS_IAM" || upper == "NONE") return;
    if (type.node) {
        findings.note(*type.node, "x-amazon-apigateway-auth knows AWS_IAM and NONE: '" + type.text +
                                      "' is not emulated, and its route lets nobody in");
    }
    access.authorization = Authorization::authorizer;
    access.authorizer = "x-amazon-apigateway-auth " + type.text;
}

}  // namespace understudy::app::templates
