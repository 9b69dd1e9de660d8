#include "tools/replay/connection_call.hpp"

#include "emulator/http/percent.hpp"
#include "emulator/source/text.hpp"
#include "proto/json/message_json.hpp"
#include "proto/wire/base64.hpp"
#include "tools/convert/partial_message.hpp"
#include "tools/match/json_value.hpp"
#include "tools/match/message_value.hpp"
#include "tools/replay/compare_values.hpp"
#include "tools/replay/json_view.hpp"
#include "tools/replay/reply_value.hpp"
#include "tools/replay/subject.hpp"

#include <google/protobuf/stubs/logging.h>

#include <memory>
#include <string_view>
#include <utility>

namespace understudy::replay {
namespace {

using match::Value;
using Method = google::protobuf::MethodDescriptor;

constexpr std::string_view kConnections = "/@connections/";

std::string_view verb_of(const record::Exchange& call) {
    return parse_request_line(call.request->start_line).method;
}

int status_of(const record::Exchange& call) {
    return call.response ? parse_status_line(call.response->start_line) : 0;
}

/// A message of the method's output, as JSON or as its bytes in base64; null where the text is none.
std::unique_ptr<google::protobuf::Message> read_output(const std::string& text, const Method& method,
                                                       const ReplayRules& rules) {
    const google::protobuf::LogSilencer quiet;  // That it does not parse shows in the comparison.
    auto message = rules.descriptors->make_message(*method.output_type());
    if (text.starts_with('{')) return protojson::parse_json(text, *message).ok() ? std::move(message) : nullptr;
    const auto bytes = wire::read_base64(text);
    return bytes && convert::parse_partial_bytes(*bytes, *message) ? std::move(message) : nullptr;
}

Value to_text_value(const std::string& bytes) {
    return source::is_utf8(bytes) ? match::make_text(bytes) : match::make_bytes(bytes);
}

/// Two messages, read as the same thing.
std::pair<Value, Value> to_messages(const std::string& recorded, const std::string& actual, const Method* method,
                                    const ReplayRules& rules) {
    if (method != nullptr) {
        const auto left = read_output(recorded, *method, rules);
        const auto right = left ? read_output(actual, *method, rules) : nullptr;
        if (right) return {match::to_value(*left), match::to_value(*right)};
    }
    auto left = match::parse_json(recorded);
    auto right = left ? match::parse_json(actual) : left;
    if (right) return {std::move(*left), std::move(*right)};
    return {to_text_value(recorded), to_text_value(actual)};
}

/// What is left of a call where there is none on the other side.
Value to_alone(const record::Exchange& call) {
    Value alone = make_object();
    const std::string verb(verb_of(call));
    if (verb != "POST") {
        add_member(alone, "call", match::make_text(verb));
        return alone;
    }
    auto json = match::parse_json(call.request->body);
    add_member(alone, "message", json ? std::move(*json) : to_text_value(call.request->body));
    return alone;
}

}  // namespace

std::optional<std::string> find_called_connection(const record::Exchange& exchange) {
    if (exchange.front != "websocket" || !exchange.request) return std::nullopt;
    std::string_view target = parse_request_line(exchange.request->start_line).target;
    target = target.substr(0, target.find('?'));
    const auto at = target.find(kConnections);
    if (at == std::string_view::npos) return std::nullopt;
    return http::decode_percent(target.substr(at + kConnections.size()), http::Plus::literal);
}

const Method* find_socket_method(const record::Exchange& message, const ReplayRules& rules) {
    if (!rules.descriptors || message.invocations.empty()) return nullptr;
    const std::string body = JsonView(message.invocations.back().event).text_of("body");
    const std::string name = match::parse_json(body) ? JsonView(body).text_of("method") : std::string();
    return name.empty() ? nullptr : rules.find_method('/' + name);
}

Compared compare_connection_calls(const record::Exchange& recorded, const record::Exchange& actual,
                                  const Method* method, const ReplayRules& rules) {
    const std::string was(verb_of(recorded)), is(verb_of(actual));
    const int status = status_of(recorded), status_now = status_of(actual);
    if (rules.expectations.empty() && was == is && status == status_now &&
        recorded.request->body == actual.request->body)
        return {};
    Value before = make_object(), after = make_object();
    add_member(before, "call", match::make_text(was));
    add_member(after, "call", match::make_text(is));
    if (was == "POST" && is == "POST") {
        auto [left, right] = to_messages(recorded.request->body, actual.request->body, method, rules);
        add_member(before, "message", std::move(left));
        add_member(after, "message", std::move(right));
    }
    add_member(before, "status", match::make_number(std::to_string(status)));
    add_member(after, "status", match::make_number(std::to_string(status_now)));
    return compare_values(before, after, rules, Edge::response);
}

Compared compare_missing_call(const record::Exchange& recorded, const ReplayRules& rules) {
    return compare_values(to_alone(recorded), make_object(), rules, Edge::response);
}

Compared compare_new_call(const record::Exchange& actual, const ReplayRules& rules) {
    return compare_values(make_object(), to_alone(actual), rules, Edge::response);
}

Deviation to_order_deviation() {
    return {match::make_difference("order", "before the call that follows", "behind it", {}), Change::changed};
}

}  // namespace understudy::replay
