#include "tools/replay/promote_step.hpp"

#include "emulator/http/hex.hpp"
#include "emulator/record/redaction.hpp"
#include "proto/wire/connect_error.hpp"
#include "proto/wire/content_type.hpp"
#include "proto/wire/message.hpp"
#include "proto/wire/method_path.hpp"
#include "tools/convert/json_text.hpp"
#include "tools/match/json_value.hpp"
#include "tools/replay/promote_body.hpp"
#include "tools/replay/rules.hpp"
#include "tools/replay/subject.hpp"
#include "tools/replay/yaml_text.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::replay {
namespace {

using match::Value;

constexpr int kOk = 200;

/// A header that whoever sends the step writes itself, or that says nothing of the request.
bool is_left_out(std::string_view name) {
    constexpr std::array<std::string_view, 10> kLeftOut{
        "host",   "content-type", "accept",          "accept-encoding",   "user-agent",
        "expect", "te",           "x-forwarded-for", "x-forwarded-proto", "x-forwarded-port"};
    return is_volatile_header(name) || std::any_of(kLeftOut.begin(), kLeftOut.end(), [&](std::string_view left_out) {
               return http::same_name(left_out, name);
           });
}

/// What a step cannot send stands as a comment: what is redacted, and further lines of a name.
std::string to_headers(const http::Headers& headers, bool keeps_accept) {
    std::string sent, unsent;
    std::vector<std::string_view> written;
    for (const auto header : headers) {
        const bool accept = keeps_accept && http::same_name(header.name, "accept");
        if (is_left_out(header.name) && !accept) continue;
        const std::string comment = std::string(kAtStep, ' ') + "# " + to_yaml_word(header.name);
        if (header.value == record::kRedacted)
            unsent += comment + " was redacted\n";
        else if (!is_readable(header.value))
            unsent += comment + " holds bytes that are no text\n";
        else if (std::ranges::any_of(written, [&](auto name) { return http::same_name(name, header.name); }))
            unsent += comment + " had a further line, which a step cannot send: " + to_yaml_word(header.value) + '\n';
        else
            sent += to_line(kAtStep + 2, to_yaml_word(header.name), to_yaml_word(header.value));
        written.push_back(header.name);
    }
    return (sent.empty() ? "" : std::string(kAtStep, ' ') + "headers:\n" + sent) + unsent;
}

std::string to_expected_headers(const http::Headers& headers) {
    std::string text;
    std::set<std::string> written;
    for (const auto header : headers) {
        if (is_volatile_header(header.name) || http::same_name(header.name, "content-encoding") ||
            !is_readable(header.value) || !written.insert(std::string(header.name)).second)
            continue;
        text += std::string(kAtExpect + 2, ' ') + to_yaml_word(header.name) + ": " +
                (header.value == record::kRedacted ? "$any" : to_yaml_word(header.value)) + '\n';
    }
    return text.empty() ? "" : std::string(kAtExpect, ' ') + "headers:\n" + text;
}

/// An exchange as a request and a response, whichever edge it was recorded at.
struct Call {
    std::string method;
    std::string target;
    http::Headers headers;
    std::string body;
    int status = kOk;
    record::HttpMessage response;
};

std::optional<Call> to_call(const record::Exchange& exchange) {
    if (!exchange.request || !exchange.response || exchange.front == "invoke" || exchange.front == "websocket")
        return std::nullopt;
    const auto [method, target] = parse_request_line(exchange.request->start_line);
    return Call{std::string(method),
                std::string(target),
                exchange.request->headers,
                exchange.request->body,
                parse_status_line(exchange.response->start_line),
                *exchange.response};
}

/// A message as YAML; nullopt where the bytes are none, or it has no JSON form.
std::optional<Value> to_message(std::string_view body, wire::Codec codec, const google::protobuf::Descriptor& type,
                                const scenario::Descriptors& descriptors) {
    const auto message = descriptors.make_message(type);
    if (!wire::decode(body, codec, *message).ok()) return std::nullopt;
    auto json = match::parse_json(convert::to_json_text(*message, convert::Defaults::hidden));
    if (!json) return std::nullopt;
    return std::move(*json);
}

std::string to_expected_error(const Call& call) {
    const auto status = wire::parse_connect_error(call.status, call.response.body);
    std::string text = to_line(kAtExpect, "code", std::string(wire::to_name(status.code()))) +
                       to_line(kAtExpect, "http_status", std::to_string(call.status));
    if (!status.message().empty() && status.message() != record::kRedacted)
        text += to_line(kAtExpect, "message", to_yaml_scalar(status.message()));
    return text;
}

/// A step that calls a method; nullopt where the exchange is no such call.
std::optional<std::string> to_method_step(const Call& call, const PromoteRules& rules) {
    const auto path = rules.descriptors
                          ? wire::parse_method_path(std::string_view(call.target).substr(0, call.target.find('?')))
                          : std::nullopt;
    if (!path || call.method != "POST") return std::nullopt;
    const auto name = std::string(path->service) + '/' + std::string(path->method);
    // A step's path is the method's own.
    if (call.target != '/' + name) return std::nullopt;
    const auto* method = rules.descriptors->find_method(name);
    const auto type = wire::parse_content_type(call.headers.first("content-type").value_or(""));
    if (method == nullptr || !type || method->client_streaming() || method->server_streaming()) return std::nullopt;
    const auto request = to_message(call.body, type->codec, *method->input_type(), *rules.descriptors);
    const auto response = call.status == kOk && !call.response.headers.contains("content-encoding")
                              ? to_message(call.response.body, type->codec, *method->output_type(), *rules.descriptors)
                              : std::nullopt;
    if (!request || (call.status == kOk && !response)) return std::nullopt;
    std::string text = "  - method: " + name + '\n';
    if (type->name != wire::kConnectProto.name) text += to_line(kAtStep, "content_type", std::string(type->name));
    text += to_headers(call.headers, false) + to_lines(kAtStep, "request", *request, YamlUse::sent);
    text += std::string(kAtStep, ' ') + "expect:\n" + to_expected_headers(call.response.headers);
    return text + (response ? to_lines(kAtExpect, "response", *response, YamlUse::expected) : to_expected_error(call));
}

/// Bytes that no scenario can hold are percent-encoded, as most clients do.
std::string to_readable_target(const std::string& target) {
    if (is_readable(target)) return target;
    std::string readable;
    for (const char c : target) {
        const bool ascii = c > ' ' && c < '\x7F';
        readable += ascii ? std::string(1, c) : '%' + http::to_hex(std::string_view(&c, 1));
    }
    return readable;
}

std::string to_http_step(const Call& call) {
    std::string text = "  - http: { method: " + to_yaml_word(call.method) +
                       ", target: " + to_yaml_word(to_readable_target(call.target)) + " }\n";
    const auto type = call.headers.first("content-type");
    if (type) text += to_line(kAtStep, "content_type", to_yaml_word(*type));
    text += to_headers(call.headers, true);
    const bool is_json = type && type->find("json") != std::string_view::npos;
    text += to_request_body(call.body, is_json ? BodyKind::json : BodyKind::other);
    text += std::string(kAtStep, ' ') + "expect:\n" + to_line(kAtExpect, "http_status", std::to_string(call.status));
    return text + to_expected_headers(call.response.headers) + to_expected_body(call.response);
}

std::string to_invoke_step(const record::Invocation& invocation) {
    std::string text = "  - invoke: {}\n";
    text += to_request_body(invocation.event, BodyKind::json);
    text += std::string(kAtStep, ' ') + "expect:\n";
    const auto reply = match::parse_json(invocation.reply);
    if (invocation.outcome == record::Outcome::succeeded) {
        if (reply) return text + to_expected_reply(invocation.reply, *reply);
        return text + to_line(kAtExpect, "body", to_yaml_scalar(invocation.reply));
    }
    text += to_line(kAtExpect, "function_error", "Unhandled");
    const auto* type = reply ? reply->find("errorType") : nullptr;
    if (type == nullptr) return text;
    return text + to_line(kAtExpect, "match", "partial") +
           to_line(kAtExpect, "response", "{ errorType: " + to_yaml_word(type->value.text) + " }");
}

const record::Invocation* find_invocation(const record::Exchange& exchange) {
    const record::Invocation* found = nullptr;
    for (const auto& invocation : exchange.invocations) {
        if (!invocation.authorizer) found = &invocation;
    }
    return found;
}

}  // namespace

std::string choose_front(const record::Exchange& exchange, const PromoteRules& rules) {
    if (!to_call(exchange)) return {};
    return rules.front.empty() ? exchange.front : rules.front;
}

std::vector<std::string> binary_types(const record::Exchange& exchange) {
    std::set<std::string> types;
    for (const auto& message : {exchange.request, exchange.response}) {
        if (!message || is_readable(message->body)) continue;
        const auto type = message->headers.first("content-type").value_or("");
        if (!type.empty()) types.insert(std::string(type.substr(0, type.find(';'))));
    }
    const auto type = exchange.request ? exchange.request->headers.first("content-type").value_or("") : "";
    if (const auto known = wire::parse_content_type(type); known && known->codec == wire::Codec::proto)
        types.insert(std::string(known->name));
    return {types.begin(), types.end()};
}

std::string to_step(const record::Exchange& exchange, const PromoteRules& rules) {
    if (const auto call = to_call(exchange)) {
        const auto method = to_method_step(*call, rules);
        return method ? *method : to_http_step(*call);
    }
    const auto* invocation = find_invocation(exchange);
    return invocation == nullptr ? std::string("  # nothing of this exchange can be sent\n")
                                 : to_invoke_step(*invocation);
}

}  // namespace understudy::replay
