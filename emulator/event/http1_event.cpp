#include "emulator/event/http1_event.hpp"

#include "emulator/event/event_fields.hpp"
#include "emulator/event/event_maps.hpp"
#include "emulator/event/http_body_form.hpp"
#include "emulator/event/query.hpp"
#include "emulator/event/request_findings.hpp"
#include "emulator/event/sam.hpp"
#include "emulator/event/time_text.hpp"
#include "emulator/http/percent.hpp"

#include <array>

namespace understudy::event {
namespace {

/// The first six: unverified, as for payload format 2.0. The others are written by the gateway itself.
constexpr std::array<std::string_view, 11> kRemovedInFormat1 = {
    "Connection",        "Expect",           "Proxy-Authenticate", "TE",
    "Transfer-Encoding", "Upgrade",          "Content-Length",     "X-Amzn-Trace-Id",
    "X-Forwarded-For",   "X-Forwarded-Port", "X-Forwarded-Proto"};

bool format1_deviates(const Place& place, app::Deviation deviation) {
    return app::deviates(place.profile, app::ApiKind::http, deviation);
}

/// A route key without its method: `/users/{id}` of `GET /users/{id}`.
std::string_view resource_of(std::string_view route_key) {
    const auto blank = route_key.find(' ');
    return blank == std::string_view::npos ? route_key : route_key.substr(blank + 1);
}

void write_all_headers(JsonWriter& json, const http::Request& request, const Place& place, const Facts& facts,
                       std::string_view trace) {
    const GatewayHeaders gateway(request.headers, facts);
    const std::string content_length = std::to_string(request.body.size());
    EventHeaders headers(EventHeaders::Spelling::canonical, request.headers, kRemovedInFormat1);
    headers.add("Content-Length", content_length);
    if (format1_deviates(place, app::Deviation::added_headers)) {
        add_sam_headers(headers, gateway, facts);
    } else {
        add_gateway_headers(headers, gateway, request.headers, place, facts, trace);
    }
    headers.sort();
    write_headers(json.key("headers"), headers, Repeated::last);
    write_headers(json.key("multiValueHeaders"), headers, Repeated::all);
}

/// `requestContext.authorizer`, where what payload format 2.0 shows under the kind's name stands by itself: the claims
/// and scopes of a token, the context of a Lambda authorizer (unverified). Behind AWS_IAM there is none: `identity`
/// tells of the caller, as on REST APIs (unverified).
void write_authorizer(JsonWriter& json, std::string_view authorizer) {
    for (const std::string_view kind : {R"({"jwt":)", R"({"lambda":)"}) {
        if (!authorizer.starts_with(kind)) continue;
        authorizer.remove_prefix(kind.size());
        authorizer.remove_suffix(1);
        json.key("authorizer").raw(authorizer);
    }
}

void write_format1_identity(JsonWriter& json, const http::Request& request, const Place& place, const Facts& facts) {
    json.key("identity").begin_object();
    write_signer(json, "accessKey", place, place.access_key);
    write_signer(json, "accountId", place, place.account);
    write_signer(json, "caller", place, place.access_key);
    for (const std::string_view absent : {"cognitoAuthenticationProvider", "cognitoAuthenticationType",
                                          "cognitoIdentityId", "cognitoIdentityPoolId", "principalOrgId"}) {
        json.key(absent).null();
    }
    json.key("sourceIp").text(facts.source_ip);
    write_signer(json, "user", place, place.access_key);
    json.key("userAgent")
        .text(format1_deviates(place, app::Deviation::user_agent) ? kSamUserAgent
                                                                  : request.headers.last("User-Agent").value_or(""));
    write_signer(json, "userArn", place, signer_arn(place));
    json.end_object();
}

void write_context(JsonWriter& json, const http::Request& request, const Place& place, const Facts& facts) {
    const std::string_view domain = domain_name(request.headers, place);
    json.key("requestContext").begin_object();
    json.key("accountId").text(format1_deviates(place, app::Deviation::account) ? kSamAccount : place.account);
    json.key("apiId").text(place.api_id);
    write_authorizer(json, place.authorizer);
    json.key("domainName").text(domain);
    json.key("domainPrefix").text(domain_prefix(place, domain));
    json.key("extendedRequestId").text(facts.extended_request_id);
    json.key("httpMethod").text(place.method);
    write_format1_identity(json, request, place, facts);
    json.key("path").text(http::decode_percent(place.stage_path, http::Plus::literal));
    json.key("protocol").text(protocol_of(request));
    json.key("requestId").text(facts.extended_request_id);
    json.key("requestTime").text(to_log_time(facts.time));
    json.key("requestTimeEpoch").number(to_epoch_milliseconds(facts.time));
    json.key("resourceId").text(place.route);
    json.key("resourcePath").text(resource_of(place.route));
    json.key("stage").text(place.stage);
    json.end_object();
}

}  // namespace

RenderedEvent render_http1_event(const http::Request& request, const Place& place, const Facts& facts,
                                 std::string_view trace) {
    RenderedEvent event;
    event.json.reserve(usual_size(request));
    JsonWriter json(event.json);
    json.begin_object();
    json.key("version").text("1.0");
    json.key("resource").text(resource_of(place.route));
    // That a named stage is part of it is unverified, as it is of `rawPath` in payload format 2.0.
    json.key("path").text(place.stage_path);
    json.key("httpMethod").text(place.method);
    write_all_headers(json, request, place, facts, trace);
    write_query_or_null(json, parse_query(place.query, "&"));
    write_context(json, request, place, facts);
    write_path_or_null(json, place, PathForm::decoded);
    write_variables_or_null(json, place);
    const bool by_list = format1_deviates(place, app::Deviation::request_form);
    const BodyForm form = by_list ? sam_body_form(request, place.binary_types) : http_body_form(request);
    const std::size_t replaced = write_body(json, request.body, form, EmptyBody::null);
    json.end_object();
    event.body = to_sent_body(request, form);
    find_in_http_request(event.findings, request, event.body, replaced, "an HTTP API");
    return event;
}

}  // namespace understudy::event
