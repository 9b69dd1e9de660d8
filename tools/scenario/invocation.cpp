#include "tools/scenario/invocation.hpp"

#include "emulator/app/application.hpp"
#include "emulator/event/http_event.hpp"
#include "emulator/event/made_up_facts.hpp"
#include "emulator/event/trace.hpp"
#include "emulator/http/base64.hpp"
#include "emulator/http/hex.hpp"
#include "emulator/source/text.hpp"
#include "tools/match/json_value.hpp"

#include <charconv>
#include <utility>

namespace understudy::scenario {

namespace {

constexpr int kBadGateway = 502;

/// What an API of API Gateway would be called that stands nowhere.
constexpr std::string_view kApiId = "invoke", kDomain = "invoke.execute-api.localhost";

/// An HTTP API hands on a body of a type that is text as text, and takes what is not UTF-8 for U+FFFD. Here no front
/// door damages anything: such a body is base64.
std::string keep_bytes(std::string event, std::string_view body) {
    if (source::is_utf8(body)) return event;
    auto json = match::parse_json(event);
    if (!json) return event;
    std::string encoded;
    http::append_base64(encoded, body);
    for (auto& member : json->members) {
        if (member.name == "body") member.value = match::make_text(encoded);
        if (member.name == "isBase64Encoded") member.value = match::make_boolean(true);
    }
    return match::to_text(*json);
}

void add_headers(const match::Value& reply, http::Headers& headers) {
    if (const auto* cookies = reply.find("cookies")) {
        for (const auto& cookie : cookies->value.items) headers.add("Set-Cookie", cookie.text);
    }
    if (const auto* single = reply.find("headers")) {
        for (const auto& line : single->value.members) headers.add(line.name, line.value.text);
    }
    const auto* lists = reply.find("multiValueHeaders");
    if (lists == nullptr) return;
    for (const auto& line : lists->value.members) {
        for (const auto& value : line.value.items) headers.add(line.name, value.text);
    }
}

}  // namespace

http::Request to_invocation(const http::Request& request, const std::string& function, const event::Facts& facts) {
    const app::Application defaults;
    event::Place place;
    place.account = defaults.account;
    place.api_id = kApiId;
    place.stage = place.route = "$default";
    place.domain = place.public_host = kDomain;
    place.method = request.method;
    place.path = place.stage_path = request.path();
    place.query = request.query();
    const auto trace = event::to_trace(request.headers, facts);
    http::Request call;
    call.method = "POST";
    call.target = "/2015-03-31/functions/" + function + "/invocations";
    call.body = keep_bytes(event::render_http_event(request, place, facts, trace.event).json, request.body);
    return call;
}

event::Facts to_invocation_facts(std::chrono::system_clock::time_point time, std::uint32_t number) {
    event::Facts facts = event::made_up_facts();
    facts.time = time;
    facts.source_ip = "127.0.0.1";
    std::string digits;
    http::append_hex(digits, number, 8);
    facts.extended_request_id.replace(7, digits.size(), digits);
    facts.trace_root.replace(facts.trace_root.size() - digits.size(), digits.size(), digits);
    return facts;
}

http::Response from_invocation(const http::Response& reply) {
    if (reply.status >= 300) return reply;
    http::Response failed = reply;
    failed.status = kBadGateway;
    if (reply.headers.contains("X-Amz-Function-Error")) return failed;
    const auto value = match::parse_json(reply.body.view());
    const auto* status = value ? value->find("statusCode") : nullptr;
    http::Response described;
    if (status == nullptr) return failed;
    const auto& digits = status->value.shown;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), described.status);
    if (read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return failed;
    add_headers(*value, described.headers);
    const auto* body = value->find("body");
    if (body == nullptr) return described;
    const auto* flag = value->find("isBase64Encoded");
    auto bytes = flag != nullptr && flag->value.shown == "true" ? http::parse_base64(body->value.text)
                                                                : std::optional(body->value.text);
    if (!bytes) return failed;
    described.body = *std::move(bytes);
    return described;
}

}  // namespace understudy::scenario
