#include "emulator/event/rest_event.hpp"

#include "emulator/event/event_fields.hpp"
#include "emulator/event/event_maps.hpp"
#include "emulator/event/query.hpp"
#include "emulator/event/request_findings.hpp"
#include "emulator/event/rest_headers.hpp"
#include "emulator/event/sam.hpp"
#include "emulator/event/time_text.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>

namespace understudy::event {
namespace {

bool deviates(const Place& place, app::Deviation deviation) {
    return app::deviates(place.profile, app::ApiKind::rest, deviation);
}

constexpr std::string_view kSigned = "AWS4-HMAC-SHA256";

/// The same, and the signature that the gateway has used up (api-gateway-known-issues).
constexpr auto kRemovedOfSigned = [] {
    std::array<std::string_view, kRestRemoved.size() + 1> removed{};
    std::ranges::copy(kRestRemoved, removed.begin());
    removed.back() = "Authorization";
    return removed;
}();

std::span<const std::string_view> removed_of(const http::Request& request, const Place& place) {
    const bool used_up =
        !place.access_key.empty() && request.headers.last("Authorization").value_or("").starts_with(kSigned);
    return used_up ? std::span<const std::string_view>(kRemovedOfSigned) : kRestRemoved;
}

/// `Via` as CloudFront writes it: with the version that the client speaks.
std::string via(const http::Request& request, const Facts& facts) {
    std::string text(facts.http2 ? "2.0 " : request.minor_version == 0 ? "1.0 " : "1.1 ");
    return text.append(facts.edge.host).append(".cloudfront.net (CloudFront)");
}

/// What an edge-optimised API adds; CloudFront is in front of it.
void add_edge_headers(EventHeaders& headers, const Facts& facts, std::string_view via) {
    headers.replace("CloudFront-Forwarded-Proto", facts.forwarded_proto);
    headers.replace("CloudFront-Is-Desktop-Viewer", "true");
    headers.replace("CloudFront-Is-Mobile-Viewer", "false");
    headers.replace("CloudFront-Is-SmartTV-Viewer", "false");
    headers.replace("CloudFront-Is-Tablet-Viewer", "false");
    headers.replace("CloudFront-Viewer-ASN", facts.edge.network);
    headers.replace("CloudFront-Viewer-Country", facts.edge.country);
    headers.replace("X-Amz-Cf-Id", facts.edge.id);
    headers.add("Via", via);
}

void write_all_headers(JsonWriter& json, const http::Request& request, const Place& place, const Facts& facts,
                       std::string_view trace) {
    const bool plain = deviates(place, app::Deviation::added_headers);
    const bool edge = !plain && place.endpoint == app::EndpointType::edge;
    GatewayHeaders gateway(request.headers, facts);
    if (edge) gateway.forwarded_for.append(", ").append(facts.edge.address);
    const std::string own_via = edge ? via(request, facts) : std::string();
    EventHeaders headers(EventHeaders::Spelling::rest, request.headers, removed_of(request, place));
    if (plain) {
        add_sam_headers(headers, gateway, facts);
    } else {
        add_gateway_headers(headers, gateway, request.headers, place, facts, trace);
    }
    if (edge) add_edge_headers(headers, facts, own_via);
    headers.sort();
    write_headers(json.key("headers"), headers, Repeated::last);
    write_headers(json.key("multiValueHeaders"), headers, Repeated::all);
}

void write_identity(JsonWriter& json, const http::Request& request, const Place& place, const Facts& facts) {
    json.key("identity").begin_object();
    json.key("cognitoIdentityPoolId").null();
    write_signer(json, "accountId", place, place.account);
    json.key("cognitoIdentityId").null();
    write_signer(json, "caller", place, place.access_key);
    if (!place.api_key.empty()) {
        json.key("apiKey").text(place.api_key);
        json.key("apiKeyId").text(place.api_key_id);
    }
    json.key("sourceIp").text(facts.source_ip);
    json.key("principalOrgId").null();
    write_signer(json, "accessKey", place, place.access_key);
    for (const std::string_view absent : {"cognitoAuthenticationType", "cognitoAuthenticationProvider"}) {
        json.key(absent).null();
    }
    write_signer(json, "userArn", place, signer_arn(place));
    auto user_agent = request.headers.last("User-Agent");
    if (deviates(place, app::Deviation::user_agent)) user_agent = kSamUserAgent;
    user_agent ? json.key("userAgent").text(*user_agent) : json.key("userAgent").null();
    write_signer(json, "user", place, place.access_key);
    json.end_object();
}

void write_context(JsonWriter& json, const http::Request& request, const Place& place, const Facts& facts) {
    const std::string_view domain = domain_name(request.headers, place);
    json.key("requestContext").begin_object();
    json.key("resourceId").text(place.resource_id);
    if (!place.authorizer.empty()) json.key("authorizer").raw(place.authorizer);
    json.key("resourcePath").text(place.route);
    if (!place.operation_name.empty()) json.key("operationName").text(place.operation_name);
    json.key("httpMethod").text(place.method);
    json.key("extendedRequestId").text(facts.extended_request_id);
    json.key("requestTime").text(to_log_time(facts.time));
    json.key("path").text(place.stage_path);
    json.key("accountId").text(deviates(place, app::Deviation::account) ? kSamAccount : place.account);
    json.key("protocol").text(protocol_of(request));
    json.key("stage").text(place.stage);
    json.key("domainPrefix").text(domain_prefix(place, domain));
    json.key("requestTimeEpoch").number(to_epoch_milliseconds(facts.time));
    json.key("requestId").text(facts.request_id);
    write_identity(json, request, place, facts);
    json.key("domainName").text(domain);
    json.key("deploymentId").text(place.deployment_id);
    json.key("apiId").text(place.api_id);
    if (!place.base_path.empty()) {
        json.key("customDomain").begin_object();
        json.key("basePathMatched").text(place.base_path);
        json.end_object();
    }
    json.end_object();
}

/// The path with a custom domain's base path in front, which the stage never is. A request for the base path alone has
/// no slash behind it.
std::string shown_path(const Place& place) {
    if (place.base_path.empty()) return place.path;
    const std::string base = '/' + std::string(place.base_path);
    return place.stage_path == base ? base : base + place.path;
}

/// The base64 decision of REST requests: the whole of it.
BodyForm body_form(const http::Request& request, const BinaryMediaTypes& binary) {
    if (request.body.empty()) return BodyForm::none;
    const auto content_type = request.headers.last("Content-Type");
    return binary.matches(content_type ? media_type(*content_type) : "") ? BodyForm::base64 : BodyForm::text;
}

}  // namespace

RenderedEvent render_rest_event(const http::Request& request, const Place& place, const BinaryMediaTypes& binary,
                                const Facts& facts, std::string_view trace) {
    RenderedEvent event;
    event.json.reserve(usual_size(request));
    JsonWriter json(event.json);
    json.begin_object();
    json.key("resource").text(place.route);
    json.key("path").text(shown_path(place));
    json.key("httpMethod").text(place.method);
    write_all_headers(json, request, place, facts, trace);
    // Nothing behind `#` was seen to arrive; `;` separates too (api-gateway-known-issues).
    write_query_or_null(json, parse_query(place.query.substr(0, place.query.find('#')), "&;"));
    write_path_or_null(json, place, PathForm::as_sent);
    write_variables_or_null(json, place);
    write_context(json, request, place, facts);
    const BodyForm form = deviates(place, app::Deviation::request_form) ? sam_body_form(request, place.binary_types)
                                                                        : body_form(request, binary);
    const std::size_t replaced = write_body(json, request.body, form, EmptyBody::null);
    json.end_object();
    event.body = to_sent_body(request, form);
    find_in_rest_request(event.findings, request, binary, event.body, replaced);
    return event;
}

}  // namespace understudy::event
