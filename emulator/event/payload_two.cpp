#include "emulator/event/event_fields.hpp"
#include "emulator/event/event_maps.hpp"
#include "emulator/event/http_body_form.hpp"
#include "emulator/event/http_event.hpp"
#include "emulator/event/query.hpp"
#include "emulator/event/request_findings.hpp"
#include "emulator/event/sam.hpp"
#include "emulator/event/text.hpp"
#include "emulator/event/time_text.hpp"
#include "emulator/event/url_event.hpp"
#include "emulator/http/percent.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace understudy::event {
namespace {

/// The first six: unverified, as another emulator does [architect/sandbox: invoke-http/http/_req-header-fmt.js].
/// Cookie, the last, has a member of its own on HTTP APIs; the others are written by the gateway itself.
constexpr std::array<std::string_view, 12> kRemoved = {
    "Connection",        "Expect",           "Proxy-Authenticate", "TE",
    "Transfer-Encoding", "Upgrade",          "Content-Length",     "X-Amzn-Trace-Id",
    "X-Forwarded-For",   "X-Forwarded-Port", "X-Forwarded-Proto",  "Cookie"};

/// What becomes of members that would be empty.
enum class EmptyMembers : std::uint8_t { left_out, written };

/// What HTTP APIs and function URLs do differently in payload format 2.0.
struct Dialect {
    std::span<const std::string_view> removed;
    std::string_view account;
    std::string_view request_id;
    std::string_view tls_version;  ///< Empty: the event does not show it.
    std::string_view tls_cipher;
    std::string_view front;  ///< In words.
    app::ApiKind kind;
};

bool deviates(const Place& place, const Dialect& dialect, app::Deviation deviation) {
    return app::deviates(place.profile, dialect.kind, deviation);
}

Dialect to_http_dialect(const Place& place, const Facts& facts) {
    return {kRemoved, place.account, facts.extended_request_id, {}, {}, "an HTTP API", app::ApiKind::http};
}

/// Of a URL, the account is the caller's, and `anonymous` where nobody is authorized; the cookie header stays.
Dialect to_url_dialect(const Place& place, const Facts& facts) {
    const auto removed = std::span(kRemoved).first(kRemoved.size() - 1);
    const std::string_view account = place.authorizer.empty() ? "anonymous" : place.account;
    return {removed,          account,          facts.request_id, facts.tls_version,
            facts.tls_cipher, "a function URL", app::ApiKind::url};
}

void write_cookies(JsonWriter& json, const http::Headers& headers, EmptyMembers empty) {
    if (empty == EmptyMembers::left_out && !headers.contains("Cookie")) return;
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

void write_all_headers(JsonWriter& json, const http::Request& request, const Place& place, const Facts& facts,
                       std::string_view trace, const Dialect& dialect) {
    const GatewayHeaders gateway(request.headers, facts);
    const std::string content_length = std::to_string(request.body.size());
    EventHeaders headers(EventHeaders::Spelling::lower, request.headers, dialect.removed);
    headers.add("Content-Length", content_length);
    if (deviates(place, dialect, app::Deviation::added_headers)) {
        add_sam_headers(headers, gateway, facts);
    } else {
        add_gateway_headers(headers, gateway, request.headers, place, facts, trace);
    }
    if (!dialect.tls_version.empty()) {
        headers.replace("x-amzn-tls-version", dialect.tls_version);
        headers.replace("x-amzn-tls-cipher-suite", dialect.tls_cipher);
    }
    headers.sort();
    write_headers(json.key("headers"), headers, Repeated::joined);
}

void write_context(JsonWriter& json, const http::Request& request, const Place& place, const Facts& facts,
                   std::string_view path, const Dialect& dialect) {
    const std::string_view domain = domain_name(request.headers, place);
    json.key("requestContext").begin_object();
    json.key("accountId").text(deviates(place, dialect, app::Deviation::account) ? kSamAccount : dialect.account);
    json.key("apiId").text(place.api_id);
    if (!place.authorizer.empty()) json.key("authorizer").raw(place.authorizer);
    json.key("domainName").text(domain);
    json.key("domainPrefix").text(domain_prefix(place, domain));
    json.key("http").begin_object();
    json.key("method").text(place.method);
    json.key("path").text(path);
    json.key("protocol").text(protocol_of(request));
    json.key("sourceIp").text(facts.source_ip);
    json.key("userAgent")
        .text(deviates(place, dialect, app::Deviation::user_agent) ? kSamUserAgent
                                                                   : request.headers.last("User-Agent").value_or(""));
    json.end_object();
    json.key("requestId").text(dialect.request_id);
    json.key("routeKey").text(place.route);
    json.key("stage").text(place.stage);
    json.key("time").text(to_log_time(facts.time));
    json.key("timeEpoch").number(to_epoch_milliseconds(facts.time));
    json.end_object();
}

RenderedEvent render(const http::Request& request, const Place& place, const Facts& facts, std::string_view trace,
                     const Dialect& dialect) {
    RenderedEvent event;
    event.json.reserve(usual_size(request));
    const std::string path = http::decode_percent(place.stage_path, http::Plus::literal);
    JsonWriter json(event.json);
    json.begin_object();
    json.key("version").text("2.0");
    json.key("routeKey").text(place.route);
    json.key("rawPath").text(path);
    json.key("rawQueryString").text(place.query);
    const EmptyMembers empty =
        deviates(place, dialect, app::Deviation::empty_members) ? EmptyMembers::written : EmptyMembers::left_out;
    write_cookies(json, request.headers, empty);
    write_all_headers(json, request, place, facts, trace, dialect);
    const auto query = parse_query(place.query, "&");
    if (!query.empty() || empty == EmptyMembers::written)
        write_parameters(json.key("queryStringParameters"), query, Repeated::joined);
    write_context(json, request, place, facts, path, dialect);
    if (!place.path_parameters.empty() || empty == EmptyMembers::written) {
        write_path_parameters(json.key("pathParameters"), place.path_parameters, PathForm::decoded);
    }
    if (!place.stage_variables.empty()) {
        write_variables(json.key("stageVariables"), place.stage_variables);
    } else if (empty == EmptyMembers::written) {
        json.key("stageVariables").null();
    }
    const bool by_list = deviates(place, dialect, app::Deviation::request_form);
    const BodyForm form = by_list ? sam_body_form(request, place.binary_types) : http_body_form(request);
    const EmptyBody no_body = empty == EmptyMembers::written ? EmptyBody::text : EmptyBody::left_out;
    const std::size_t replaced = write_body(json, request.body, form, no_body);
    json.end_object();
    event.body = to_sent_body(request, form);
    find_in_http_request(event.findings, request, event.body, replaced, dialect.front);
    return event;
}

}  // namespace

RenderedEvent render_http_event(const http::Request& request, const Place& place, const Facts& facts,
                                std::string_view trace) {
    return render(request, place, facts, trace, to_http_dialect(place, facts));
}

RenderedEvent render_url_event(const http::Request& request, const Place& place, const Facts& facts,
                               std::string_view trace) {
    return render(request, place, facts, trace, to_url_dialect(place, facts));
}

}  // namespace understudy::event
