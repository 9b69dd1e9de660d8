#include "tools/replay/reply_value.hpp"

#include "emulator/source/text.hpp"
#include "proto/wire/content_type.hpp"
#include "tools/convert/bytes_text.hpp"
#include "tools/convert/partial_message.hpp"
#include "tools/match/json_value.hpp"
#include "tools/match/message_json.hpp"
#include "tools/match/message_value.hpp"
#include "tools/replay/framed_body.hpp"

#include <google/protobuf/stubs/logging.h>

#include <algorithm>
#include <cctype>
#include <map>

namespace understudy::replay {
namespace {

using match::Value;

constexpr std::string_view kPreludeEnd("\0\0\0\0\0\0\0\0", 8);

std::string to_lower(std::string_view text) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return lower;
}

/// A scalar as a text, whatever it was written as.
std::string to_scalar_text(const Value& value) {
    if (value.kind == match::Kind::number) return value.shown;
    return value.kind == match::Kind::null ? std::string() : value.text;
}

void add_headers(const Value& object, ReplyParts& parts) {
    for (const auto& member : object.members) {
        if (member.value.kind == match::Kind::list) {
            for (const auto& item : member.value.items) parts.headers.emplace_back(member.name, to_scalar_text(item));
        } else {
            parts.headers.emplace_back(member.name, to_scalar_text(member.value));
        }
    }
}

void decode_body(const Value& reply, ReplyParts& parts) {
    const auto* encoded = reply.find("isBase64Encoded");
    const auto* body = reply.find("body");
    if (body == nullptr) return;
    parts.body = body->value.kind == match::Kind::text ? body->value.text : match::to_text(body->value);
    if (encoded == nullptr || encoded->value.text != "true") return;
    if (auto bytes = convert::parse_base64(parts.body)) parts.body = std::move(*bytes);
}

ReplyParts to_parts(Value reply) {
    ReplyParts parts;
    for (auto& member : reply.members) {
        if (member.name == "statusCode")
            parts.status = to_scalar_text(member.value);
        else if (member.name == "headers")
            add_headers(member.value, parts);
        else if (member.name == "cookies")
            for (const auto& cookie : member.value.items) parts.cookies.push_back(to_scalar_text(cookie));
        else if (member.name != "multiValueHeaders" && member.name != "body" && member.name != "isBase64Encoded")
            parts.others.push_back(std::move(member));
    }
    // A name in both has the values of the list.
    if (const auto* multiple = reply.find("multiValueHeaders"); multiple != nullptr) {
        std::erase_if(parts.headers, [&](const auto& header) { return multiple->value.find(header.first) != nullptr; });
        add_headers(multiple->value, parts);
    }
    decode_body(reply, parts);
    return parts;
}

/// Header lines, or trailers, by name.
Value to_headers_value(const std::vector<std::pair<std::string, std::string>>& lines, const ReplayRules& rules) {
    std::map<std::string, std::vector<std::string>> headers;
    for (const auto& [name, value] : lines) {
        if (rules.volatile_values == Volatile::compared || !is_volatile_header(name))
            headers[to_lower(name)].push_back(value);
    }
    Value object = make_object();
    for (const auto& [name, values] : headers) {
        Value list;
        list.kind = match::Kind::list;
        for (const auto& value : values) list.items.push_back(match::make_text(value));
        add_member(object, name, values.size() == 1 ? list.items.front() : list);
    }
    return object;
}

/// A message of this type; nullopt where it is none. Fields that proto2 requires may be missing in bytes: what is there
/// is compared all the same.
std::optional<Value> read_message(const std::string& bytes, wire::Codec codec, const google::protobuf::Descriptor& type,
                                  const ReplayRules& rules) {
    const google::protobuf::LogSilencer quiet;  // That it does not parse shows in the comparison.
    const auto message = rules.descriptors->make_message(type);
    if (codec == wire::Codec::json) {
        auto read = match::read_message_json(bytes, *message);
        return read ? std::optional(std::move(read->value)) : std::nullopt;
    }
    return convert::parse_partial_bytes(bytes, *message) ? std::optional(match::to_value(*message)) : std::nullopt;
}

/// The message that a body is on its own; nullopt where it is none.
std::optional<Value> read_bare_message(const ReplyParts& parts, const google::protobuf::MethodDescriptor& method,
                                       const ReplayRules& rules) {
    const auto type = wire::parse_content_type(parts.header("content-type"));
    const bool failed = parts.status.size() == 3 && parts.status.front() >= '4';
    if (!type || failed) return std::nullopt;
    return read_message(parts.body, type->codec, *method.output_type(), rules);
}

bool looks_like_json(std::string_view body) {
    const auto first = body.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && (body[first] == '{' || body[first] == '[');
}

std::pair<Value, Value> to_bodies(const ReplyParts& recorded, const ReplyParts& actual,
                                  const google::protobuf::MethodDescriptor* method, const ReplayRules& rules) {
    if (method != nullptr) {
        auto left = read_bare_message(recorded, *method, rules);
        auto right = left ? read_bare_message(actual, *method, rules) : std::nullopt;
        if (left && right) return {*std::move(left), *std::move(right)};
    }
    if (looks_like_json(recorded.body) && looks_like_json(actual.body)) {
        auto left = match::parse_json(recorded.body);
        auto right = left ? match::parse_json(actual.body) : left;
        if (left && right) return {std::move(*left), std::move(*right)};
    }
    const bool texts = source::is_utf8(recorded.body) && source::is_utf8(actual.body);
    const auto make = texts ? match::make_text : match::make_bytes;
    return {make(recorded.body), make(actual.body)};
}

/// Messages in frames: one alone stands for itself.
Value to_messages_value(const FramedBody& framed, bool alone, const google::protobuf::MethodDescriptor* method,
                        const ReplayRules& rules) {
    Value list;
    list.kind = match::Kind::list;
    for (const auto& bytes : framed.messages) {
        auto message =
            method == nullptr ? std::nullopt : read_message(bytes, framed.codec, *method->output_type(), rules);
        list.items.push_back(message ? *std::move(message) : match::make_bytes(bytes));
    }
    return alone ? std::move(list.items.front()) : list;
}

/// What a stream of Connect ends in.
Value to_end_value(const std::string& end) {
    auto value = match::parse_json(end);
    return value ? *std::move(value) : match::make_text(end);
}

/// Adds bodies in frames, where both are that: `body`, and `trailers` or `end`.
bool add_framed(const ReplyParts& recorded, const ReplyParts& actual, const google::protobuf::MethodDescriptor* method,
                const ReplayRules& rules, std::pair<Value, Value>& values) {
    const auto before = parse_framed_body(recorded.header("content-type"), recorded.body);
    const auto after = before ? parse_framed_body(actual.header("content-type"), actual.body) : std::nullopt;
    if (!after) return false;
    const bool alone = before->messages.size() == 1 && after->messages.size() == 1;
    const auto add = [&](Value& reply, const FramedBody& framed) {
        add_member(reply, "body", to_messages_value(framed, alone, method, rules));
        if (framed.end)
            add_member(reply, "end", to_end_value(*framed.end));
        else
            add_member(reply, "trailers", to_headers_value(framed.trailers, rules));
    };
    add(values.first, *before);
    add(values.second, *after);
    return true;
}

}  // namespace

std::string_view ReplyParts::header(std::string_view name) const {
    for (const auto& [key, value] : headers) {
        if (http::same_name(key, name)) return value;
    }
    return {};
}

Value make_object() {
    Value object;
    object.kind = match::Kind::object;
    return object;
}

void add_member(Value& object, std::string_view name, Value value) {
    object.members.push_back({std::string(name), match::Naming::field, std::move(value)});
}

Value to_envelope(const ReplyParts& parts, const ReplayRules& rules) {
    Value reply = make_object();
    if (!parts.status.empty()) add_member(reply, "status", match::make_number(parts.status));
    add_member(reply, "headers", to_headers_value(parts.headers, rules));
    Value cookies;
    cookies.kind = match::Kind::list;
    for (const auto& cookie : parts.cookies) cookies.items.push_back(match::make_text(cookie));
    cookies.set = !cookies.items.empty();
    add_member(reply, "cookies", std::move(cookies));
    for (const auto& other : parts.others) reply.members.push_back(other);
    return reply;
}

std::optional<ReplyParts> parse_proxy_reply(std::string_view payload) {
    if (!looks_like_json(payload)) return std::nullopt;
    const auto end = payload.find(kPreludeEnd);
    auto reply = match::parse_json(payload.substr(0, end));
    if (!reply || reply->kind != match::Kind::object ||
        (end == std::string_view::npos && reply->find("statusCode") == nullptr))
        return std::nullopt;
    ReplyParts parts = to_parts(std::move(*reply));
    if (end != std::string_view::npos) parts.body = payload.substr(end + kPreludeEnd.size());
    return parts;
}

std::pair<Value, Value> to_values(const ReplyParts& recorded, const ReplyParts& actual,
                                  const google::protobuf::MethodDescriptor* method, const ReplayRules& rules) {
    std::pair<Value, Value> values{to_envelope(recorded, rules), to_envelope(actual, rules)};
    if (add_framed(recorded, actual, method, rules, values)) return values;
    auto [left, right] = to_bodies(recorded, actual, method, rules);
    add_member(values.first, "body", std::move(left));
    add_member(values.second, "body", std::move(right));
    return values;
}

}  // namespace understudy::replay
