#include "tools/replay/promote_step.hpp"

#include "emulator/http/hex.hpp"
#include "emulator/record/redaction.hpp"
#include "proto/wire/content_type.hpp"
#include "proto/wire/metadata.hpp"
#include "proto/wire/trailer_lines.hpp"
#include "tools/replay/own_address.hpp"
#include "tools/replay/promote_body.hpp"
#include "tools/replay/promote_call.hpp"
#include "tools/replay/promote_invoke.hpp"
#include "tools/replay/rules.hpp"
#include "tools/replay/subject.hpp"
#include "tools/replay/yaml_text.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string_view>
#include <variant>
#include <vector>

namespace understudy::replay {
namespace {

/// A header that whoever sends the step writes itself, or that the front door does.
bool is_left_out(std::string_view name) {
    constexpr std::array<std::string_view, 6> kLeftOut{
        "host", "expect", "te", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-port"};
    return is_volatile_header(name) || std::any_of(kLeftOut.begin(), kLeftOut.end(), [&](std::string_view left_out) {
               return http::same_name(left_out, name);
           });
}

/// What a step cannot send stands as a comment: what is redacted, and further lines of a name. `written`: names that
/// the step has already.
std::string to_headers(const http::Headers& headers, std::vector<std::string_view> written = {}) {
    std::string sent, unsent;
    for (const auto header : headers) {
        if (is_left_out(header.name)) continue;
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

/// A value in which the address of the server stands, another one the next time: a redirect's.
std::string to_expected_header(std::string_view recorded, std::string_view host) {
    const auto value = replace_address(recorded, host, record::kRedacted);
    return to_redacted_matcher(value).value_or(to_yaml_word(value));
}

/// Why a header of a reply is not expected again; empty where it is.
std::string find_excuse(const RecordedCall& call, std::string_view name) {
    const auto credentials = call.headers.first("authorization");
    if (credentials == record::kRedacted && http::same_name(name, "www-authenticate"))
        return " said what is wrong with the Authorization that was redacted";
    const bool is_added =
        std::ranges::any_of(call.added_headers, [&](auto& added) { return http::same_name(added, name); });
    return is_added ? " was added by the API" : "";
}

std::string to_expected_headers(const RecordedCall& call) {
    const auto host = call.headers.first("host").value_or("");
    std::string text, further;
    std::vector<std::string_view> written;
    for (const auto header : call.response.headers) {
        if (is_volatile_header(header.name) || http::same_name(header.name, "content-encoding") ||
            !is_readable(header.value))
            continue;
        const std::string comment = std::string(kAtExpect, ' ') + "# " + to_yaml_word(header.name);
        if (const auto excuse = find_excuse(call, header.name); !excuse.empty()) {
            further += comment + excuse + '\n';
            continue;
        }
        if (std::ranges::any_of(written, [&](auto name) { return http::same_name(name, header.name); })) {
            further += comment + " had a further line, which is not expected: " + to_yaml_word(header.value) + '\n';
            continue;
        }
        written.push_back(header.name);
        text += to_line(kAtExpect + 2, to_yaml_word(header.name), to_expected_header(header.value, host));
    }
    return (text.empty() ? "" : std::string(kAtExpect, ' ') + "headers:\n" + text) + further;
}

/// Names of CORS's headers that the function did not reply with: an API that a command has not adds them.
std::vector<std::string> find_added_headers(const record::Exchange& exchange, const PromoteRules& rules) {
    const auto* invocation = find_function_call(exchange);
    std::vector<std::string> added;
    if (!rules.template_file.empty() || invocation == nullptr) return added;
    const std::string reply = wire::to_lower_name(invocation->reply);
    for (const auto header : exchange.response->headers) {
        auto name = wire::to_lower_name(header.name);
        if (name.starts_with("access-control-") && reply.find(name) == std::string::npos)
            added.push_back(std::move(name));
    }
    return added;
}

std::optional<RecordedCall> to_call(const record::Exchange& exchange, const PromoteRules& rules) {
    if (!goes_through_door(exchange)) return std::nullopt;
    const auto [method, target] = parse_request_line(exchange.request->start_line);
    RecordedCall call{std::string(method),
                      std::string(target),
                      exchange.request->headers,
                      exchange.request->body,
                      parse_status_line(exchange.response->start_line),
                      *exchange.response};
    const auto* invocation = find_function_call(exchange);
    call.throttled = invocation != nullptr && invocation->outcome == record::Outcome::throttled;
    call.added_headers = find_added_headers(exchange, rules);
    return call;
}

/// The fault that does what was done to the call.
std::string to_fault(const RecordedCall& call) {
    return call.throttled ? std::string(kAtStep, ' ') + "fault: { kind: throttle }\n" : std::string();
}

/// Trailers that are no header lines too: those of Connect are, and those of an answer without a body.
std::string to_expected_trailers(const wire::Metadata& trailers, const http::Headers& headers) {
    std::string text;
    for (const auto& [name, value] : trailers) {
        const bool apart = !headers.contains(name) && !headers.contains(std::string(wire::kTrailerPrefix) + name);
        if (!apart || !is_readable(value)) continue;
        text += to_line(kAtExpect + 2, to_yaml_word(name), to_redacted_matcher(value).value_or(to_yaml_word(value)));
    }
    return text.empty() ? "" : std::string(kAtExpect, ' ') + "trailers:\n" + text;
}

std::string to_expected_answer(const MethodCall& call, const RecordedCall& recorded) {
    const auto host = recorded.headers.first("host").value_or("");
    std::string text = to_expected_trailers(call.answer.trailers, recorded.response.headers);
    if (call.response)
        return text + to_lines(kAtExpect, "response", replace_address(*call.response, host, record::kRedacted),
                               YamlUse::expected);
    const auto& status = call.answer.status;
    const auto message = replace_address(status.message(), host, record::kRedacted);
    text += to_line(kAtExpect, "code", std::string(wire::to_name(status.code()))) +
            to_line(kAtExpect, "http_status", std::to_string(recorded.status));
    if (!message.empty() && message != record::kRedacted)
        text += to_line(kAtExpect, "message", to_redacted_matcher(message).value_or(to_yaml_scalar(message)));
    return text;
}

/// A step that calls a method.
std::string to_method_step(const MethodCall& call, const RecordedCall& recorded) {
    const auto& sent = call.call;
    std::string text = "  - method: " + sent.method + '\n';
    if (sent.dialect.protocol != wire::Protocol::plain)
        text += to_line(kAtStep, "protocol", std::string(wire::to_name(sent.dialect)));
    else if (sent.content_type != wire::kConnectProto.name)
        text += to_line(kAtStep, "content_type", to_yaml_word(sent.content_type));
    if (sent.compression == wire::Compression::gzip) text += to_line(kAtStep, "compression", "gzip");
    if (sent.timeout) text += to_line(kAtStep, "timeout", to_duration_text(*sent.timeout));
    text += to_headers(call.headers);
    for (const auto& name : call.added)
        text += std::string(kAtStep, ' ') + "# " + name + " is sent, and was not there\n";
    text += to_lines(kAtStep, "request", call.request, YamlUse::sent) + to_fault(recorded);
    return text + std::string(kAtStep, ' ') + "expect:\n" + to_expected_headers(recorded) +
           to_expected_answer(call, recorded);
}

/// What no scenario's target holds is percent-encoded, as most clients do.
std::string to_readable_target(const std::string& target) {
    std::string readable;
    for (const char c : target) {
        const bool ascii = c > ' ' && c < '\x7F';
        readable += ascii ? std::string(1, c) : '%' + http::to_hex(std::string_view(&c, 1));
    }
    return readable;
}

/// `why`: what keeps it from being a step with a method; empty where it is no call of one.
std::string to_http_step(const RecordedCall& call, const Obstacle& why) {
    std::string text = why.empty() ? "" : "  # As http, because no step with a method fits: " + to_comment(why);
    text += "  - http: { method: " + to_yaml_word(call.method) +
            ", target: " + to_yaml_word(to_readable_target(call.target)) + " }\n";
    const auto type = call.headers.first("content-type");
    if (type) text += to_line(kAtStep, "content_type", to_yaml_word(*type));
    http::Headers headers;
    bool is_typed = false;
    for (const auto line : call.headers) {
        const bool is_type = !is_typed && http::same_name(line.name, "content-type");
        is_typed = is_typed || is_type;
        if (!is_type) headers.add(line.name, line.value);
    }
    text += to_headers(headers, {"content-type"});
    const bool is_json = type && type->find("json") != std::string_view::npos;
    text += to_request_body(call.body, is_json ? BodyKind::json : BodyKind::other);
    text += to_fault(call) + std::string(kAtStep, ' ') + "expect:\n" +
            to_line(kAtExpect, "http_status", std::to_string(call.status));
    return text + to_expected_headers(call) + to_expected_body(call.response, call.headers.first("host").value_or(""));
}

constexpr const char* kWithoutFunction = "  # No function was asked: the front door answered by itself.\n";

constexpr const char* kCutOff =
    "  # The answer was cut off, which no step can expect: the function is given its event instead.\n";

}  // namespace

std::string choose_front(const record::Exchange& exchange, const record::Api* api, const PromoteRules& rules) {
    if (!goes_through_door(exchange)) return {};
    if (!rules.front.empty()) return rules.front;
    const bool streams = api != nullptr && api->streams && (exchange.front == "rest" || exchange.front == "url");
    return streams ? exchange.front + "-stream" : exchange.front;
}

std::vector<std::string> guess_binary_types(const record::Exchange& exchange) {
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
    const auto* invocation = find_function_call(exchange);
    if (const auto call = to_call(exchange, rules)) {
        const auto read = to_method_call(*call, rules);
        const auto* method = std::get_if<MethodCall>(&read);
        const auto step =
            method != nullptr ? to_method_step(*method, *call) : to_http_step(*call, std::get<Obstacle>(read));
        // A template has the routes and authorizers by which it did.
        const bool by_itself = !exchange.api.empty() && invocation == nullptr && rules.template_file.empty();
        return by_itself ? kWithoutFunction + step : step;
    }
    if (auto refused = to_refused_invoke_step(exchange, rules); !refused.empty()) return refused;
    if (invocation == nullptr) return "  # nothing of this exchange can be sent\n";
    const bool cut_off = exchange.response && exchange.response->cut_off;
    return (cut_off ? kCutOff : "") + to_invoke_step(*invocation, rules);
}

}  // namespace understudy::replay
