#include "emulator/event/http_event.hpp"

#include "emulator/event/event_fields.hpp"
#include "emulator/event/media_type.hpp"
#include "emulator/event/query.hpp"
#include "emulator/event/request_findings.hpp"
#include "emulator/event/text.hpp"
#include "emulator/event/time_text.hpp"
#include "emulator/http/percent.hpp"

#include <algorithm>
#include <array>

namespace understudy::event {
namespace {

/// The first six: unverified, as another emulator does [architect/sandbox: invoke-http/http/_req-header-fmt.js]. Cookie
/// has a member of its own; the others are written by the gateway itself.
constexpr std::array<std::string_view, 12> kRemoved = {"Connection",
                                                       "Expect",
                                                       "Proxy-Authenticate",
                                                       "TE",
                                                       "Transfer-Encoding",
                                                       "Upgrade",
                                                       "Cookie",
                                                       "Content-Length",
                                                       "X-Amzn-Trace-Id",
                                                       "X-Forwarded-For",
                                                       "X-Forwarded-Port",
                                                       "X-Forwarded-Proto"};

void write_cookies(JsonWriter& json, const http::Headers& headers) {
    if (!headers.contains("Cookie")) return;
    json.key("cookies").begin_array();
    for (const auto [name, value] : headers) {
        if (!http::same_name(name, "Cookie")) continue;
        for (std::string_view rest = value; !rest.empty();) {
            const auto end = std::min(rest.find(';'), rest.size());
            if (const auto cookie = trim(rest.substr(0, end)); !cookie.empty()) json.text(cookie);
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
    json.end_array();
}

void write_headers(JsonWriter& json, const http::Request& request, const Place& place, const Facts& facts,
                   std::string_view trace) {
    const GatewayHeaders gateway(request.headers, facts);
    const std::string content_length = std::to_string(request.body.size());
    EventHeaders headers(EventHeaders::Spelling::lower, request.headers, kRemoved);
    headers.add("Content-Length", content_length);
    add_gateway_headers(headers, gateway, request.headers, place, facts, trace);
    headers.sort();
    const auto& fields = headers.fields();
    json.key("headers").begin_object();
    for (std::size_t i = 0; i < fields.size();) {
        json.member(fields[i].name).begin_text();
        const std::size_t first = i;
        for (const std::size_t end = headers.group_end(i); i < end; ++i) {
            if (i > first) json.add(",");
            json.add(fields[i].value);
        }
        json.end_text();
    }
    json.end_object();
}

void write_query(JsonWriter& json, std::string_view query) {
    const auto parameters = parse_query(query, "&");
    if (parameters.empty()) return;
    json.key("queryStringParameters").begin_object();
    for (const Parameter& parameter : parameters) {
        json.member(parameter.name).begin_text();
        for (const std::string& value : parameter.values) {
            if (&value != &parameter.values.front()) json.add(",");
            json.add(value);
        }
        json.end_text();
    }
    json.end_object();
}

void write_context(JsonWriter& json, const http::Request& request, const Place& place, const Facts& facts,
                   std::string_view path) {
    const std::string_view domain = domain_name(request.headers, place);
    json.key("requestContext").begin_object();
    json.key("accountId").text(place.account);
    json.key("apiId").text(place.api_id);
    json.key("domainName").text(domain);
    json.key("domainPrefix").text(domain_prefix(domain));
    json.key("http").begin_object();
    json.key("method").text(place.method);
    json.key("path").text(path);
    json.key("protocol").text(request.minor_version == 0 ? "HTTP/1.0" : "HTTP/1.1");
    json.key("sourceIp").text(facts.source_ip);
    json.key("userAgent").text(request.headers.last("User-Agent").value_or(""));
    json.end_object();
    json.key("requestId").text(facts.extended_request_id);
    json.key("routeKey").text(place.route);
    json.key("stage").text(place.stage);
    json.key("time").text(to_log_time(facts.time));
    json.key("timeEpoch").number(to_epoch_milliseconds(facts.time));
    json.end_object();
}

/// The base64 decision of HTTP API requests: the whole of it. That a compressed body of a text type is base64 is
/// unverified; as text it would be damaged.
BodyForm body_form(const http::Request& request) {
    const auto encoding = request.headers.last("Content-Encoding");
    if (encoding && !http::same_name(*encoding, "identity")) return BodyForm::base64;
    return is_http_api_text(request.headers.last("Content-Type")) ? BodyForm::text : BodyForm::base64;
}

}  // namespace

RenderedEvent render_http_event(const http::Request& request, const Place& place, const Facts& facts,
                                std::string_view trace) {
    RenderedEvent event;
    event.json.reserve(2048);
    const std::string path = http::decode_percent(place.stage_path, http::Plus::literal);
    JsonWriter json(event.json);
    json.begin_object();
    json.key("version").text("2.0");
    json.key("routeKey").text(place.route);
    json.key("rawPath").text(path);
    json.key("rawQueryString").text(place.query);
    write_cookies(json, request.headers);
    write_headers(json, request, place, facts, trace);
    write_query(json, place.query);
    write_context(json, request, place, facts, path);
    const BodyForm form = request.body.empty() ? BodyForm::text : body_form(request);
    const std::size_t replaced = request.body.empty() ? 0 : write_body(json, request.body, form);
    json.key("isBase64Encoded").boolean(form == BodyForm::base64);
    json.end_object();
    find_in_http_request(event.findings, request, replaced);
    return event;
}

}  // namespace understudy::event
