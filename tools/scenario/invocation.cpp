#include "tools/scenario/invocation.hpp"

#include "emulator/app/application.hpp"
#include "emulator/event/explicit_reply.hpp"
#include "emulator/event/http_event.hpp"
#include "emulator/event/inferred_reply.hpp"
#include "emulator/event/made_up_facts.hpp"
#include "emulator/event/trace.hpp"
#include "emulator/http/base64.hpp"
#include "emulator/http/hex.hpp"
#include "emulator/source/text.hpp"

#include <utility>
#include <variant>

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

/// What a reply with a status says is taken as it is: no front door adds or drops anything.
event::Reply read_reply(const std::string& payload) {
    const auto parsed = event::parse_proxy_reply(payload);
    if (!event::is_explicit(parsed)) return event::infer_reply(parsed, payload);
    event::ReplyRules rules;
    rules.maps = event::ReplyRules::Maps::single_then_multi;
    rules.cookies = event::ReplyRules::Cookies::first;
    return event::render_explicit(parsed, rules);
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
    auto read = read_reply(std::string(reply.body.view()));
    auto* described = std::get_if<http::Response>(&read.result);
    return described == nullptr ? failed : std::move(*described);
}

}  // namespace understudy::scenario
