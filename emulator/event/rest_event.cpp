#include "emulator/event/rest_event.hpp"

#include "emulator/event/event_fields.hpp"
#include "emulator/event/query.hpp"
#include "emulator/event/request_findings.hpp"
#include "emulator/event/time_text.hpp"

#include <array>

namespace understudy::event {
namespace {

/// Names that a REST API spells its own way. The last two were seen in another emulator only: unverified.
constexpr std::array<std::string_view, 4> kSpelled = {"Authorization", "User-Agent", "Date", "Host"};

std::string_view spell(std::string_view name) {
    for (const std::string_view spelled : kSpelled) {
        if (http::same_name(spelled, name)) return spelled;
    }
    return name;
}

/// Recorded: localstack, test_apigateway_integrations.snapshot.json, header remapping [AWS_PROXY]; the last five are
/// read or written by the gateway itself.
constexpr std::array<std::string_view, 17> kRemoved = {"Connection",
                                                       "Content-Length",
                                                       "Content-MD5",
                                                       "Expect",
                                                       "Max-Forwards",
                                                       "Proxy-Authenticate",
                                                       "Server",
                                                       "TE",
                                                       "Trailer",
                                                       "Transfer-Encoding",
                                                       "Upgrade",
                                                       "WWW-Authenticate",
                                                       "X-HTTP-Method-Override",
                                                       "X-Amzn-Trace-Id",
                                                       "X-Forwarded-For",
                                                       "X-Forwarded-Port",
                                                       "X-Forwarded-Proto"};

void write_headers(JsonWriter& json, const http::Request& request, const Place& place, const Facts& facts,
                   std::string_view trace) {
    const GatewayHeaders gateway(request.headers, facts);
    EventHeaders headers(EventHeaders::Spelling::as_sent, request.headers, kRemoved);
    add_gateway_headers(headers, gateway, request.headers, place, facts, trace);
    headers.sort();
    const auto& fields = headers.fields();
    json.key("headers").begin_object();
    for (std::size_t i = 0; i < fields.size(); i = headers.group_end(i)) {
        json.member(spell(fields[i].name)).text(fields[headers.group_end(i) - 1].value);
    }
    json.end_object();
    json.key("multiValueHeaders").begin_object();
    for (std::size_t i = 0; i < fields.size();) {
        json.member(spell(fields[i].name)).begin_array();
        for (const std::size_t end = headers.group_end(i); i < end; ++i) json.text(fields[i].value);
        json.end_array();
    }
    json.end_object();
}

void write_query(JsonWriter& json, std::string_view query) {
    // Nothing behind `#` was seen to arrive; `;` separates too (api-gateway-known-issues).
    const auto parameters = parse_query(query.substr(0, query.find('#')), "&;");
    if (parameters.empty()) {
        json.key("queryStringParameters").null();
        json.key("multiValueQueryStringParameters").null();
        return;
    }
    json.key("queryStringParameters").begin_object();
    for (const Parameter& parameter : parameters) json.member(parameter.name).text(parameter.values.back());
    json.end_object();
    json.key("multiValueQueryStringParameters").begin_object();
    for (const Parameter& parameter : parameters) {
        json.member(parameter.name).begin_array();
        for (const std::string& value : parameter.values) json.text(value);
        json.end_array();
    }
    json.end_object();
}

void write_identity(JsonWriter& json, const http::Request& request, const Facts& facts) {
    json.key("identity").begin_object();
    for (const std::string_view absent : {"cognitoIdentityPoolId", "accountId", "cognitoIdentityId", "caller"}) {
        json.key(absent).null();
    }
    json.key("sourceIp").text(facts.source_ip);
    for (const std::string_view absent :
         {"principalOrgId", "accessKey", "cognitoAuthenticationType", "cognitoAuthenticationProvider", "userArn"}) {
        json.key(absent).null();
    }
    const auto user_agent = request.headers.last("User-Agent");
    user_agent ? json.key("userAgent").text(*user_agent) : json.key("userAgent").null();
    json.key("user").null();
    json.end_object();
}

void write_context(JsonWriter& json, const http::Request& request, const Place& place, const Facts& facts) {
    const std::string_view domain = domain_name(request.headers, place);
    json.key("requestContext").begin_object();
    json.key("resourceId").text(place.resource_id);
    json.key("resourcePath").text(place.route);
    json.key("httpMethod").text(place.method);
    json.key("extendedRequestId").text(facts.extended_request_id);
    json.key("requestTime").text(to_log_time(facts.time));
    json.key("path").text(place.stage_path);
    json.key("accountId").text(place.account);
    json.key("protocol").text(request.minor_version == 0 ? "HTTP/1.0" : "HTTP/1.1");
    json.key("stage").text(place.stage);
    json.key("domainPrefix").text(domain_prefix(domain));
    json.key("requestTimeEpoch").number(to_epoch_milliseconds(facts.time));
    json.key("requestId").text(facts.request_id);
    write_identity(json, request, facts);
    json.key("domainName").text(domain);
    json.key("deploymentId").text(place.deployment_id);
    json.key("apiId").text(place.api_id);
    json.end_object();
}

/// The base64 decision of REST requests: the whole of it.
BodyForm body_form(const http::Request& request, const BinaryMediaTypes& binary) {
    const auto content_type = request.headers.last("Content-Type");
    return binary.matches(content_type ? media_type(*content_type) : "") ? BodyForm::base64 : BodyForm::text;
}

}  // namespace

RenderedEvent render_rest_event(const http::Request& request, const Place& place, const BinaryMediaTypes& binary,
                                const Facts& facts, std::string_view trace) {
    RenderedEvent event;
    event.json.reserve(2048);
    JsonWriter json(event.json);
    json.begin_object();
    json.key("resource").text(place.route);
    json.key("path").text(place.path);
    json.key("httpMethod").text(place.method);
    write_headers(json, request, place, facts, trace);
    write_query(json, place.query);
    if (place.path_parameters.empty()) {
        json.key("pathParameters").null();
    } else {
        json.key("pathParameters").begin_object();
        for (const auto& [name, value] : place.path_parameters) json.member(name).text(value);
        json.end_object();
    }
    json.key("stageVariables").null();
    write_context(json, request, place, facts);
    const BodyForm form = request.body.empty() ? BodyForm::text : body_form(request, binary);
    std::size_t replaced = 0;
    request.body.empty() ? json.key("body").null() : void(replaced = write_body(json, request.body, form));
    json.key("isBase64Encoded").boolean(form == BodyForm::base64);
    json.end_object();
    find_in_rest_request(event.findings, request, binary, form, replaced);
    return event;
}

}  // namespace understudy::event
