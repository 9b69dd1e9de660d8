#include "handler/rpc/proxy_event.hpp"

#include "proto/wire/base64.hpp"
#include "proto/wire/percent.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>
#include <optional>

namespace understudy::rpc {
namespace {

namespace json = boost::json;

/// An authorizer's claims may nest deeper than Boost.JSON's 32.
constexpr std::size_t kMostDepth = 1000;

const json::string& get_string(const json::object& object, const char* name) {
    const json::value* value = object.if_contains(name);
    if (value == nullptr || !value->is_string()) {
        throw UnknownEvent(std::string("the event has no text '") + name + "'");
    }
    return value->get_string();
}

const json::object* find_object(const json::object& object, const char* name) {
    const json::value* value = object.if_contains(name);
    return value == nullptr ? nullptr : value->if_object();
}

void append_text(wire::Metadata& lines, std::string_view name, const json::value& value) {
    if (const json::string* text = value.if_string()) lines.emplace_back(name, std::string(*text));
}

// A map of texts, or the one of lists of texts, which holds all that were sent.
wire::Metadata read_map(const json::object& event, const char* single, const char* multi) {
    wire::Metadata lines;
    if (const json::object* lists = find_object(event, multi)) {
        for (const auto& [name, values] : *lists) {
            if (!values.is_array()) continue;
            for (const json::value& value : values.get_array()) append_text(lines, name, value);
        }
    } else if (const json::object* texts = find_object(event, single)) {
        for (const auto& [name, value] : *texts) append_text(lines, name, value);
    }
    return lines;
}

// A plus sign is a blank, as forms and Go's clients write it.
std::string decode_parameter(std::string_view text) {
    std::string blank(text);
    std::ranges::replace(blank, '+', ' ');
    return wire::from_percent(blank);
}

wire::Metadata parse_query(std::string_view query) {
    wire::Metadata parameters;
    while (!query.empty()) {
        const auto end = std::min(query.find('&'), query.size());
        const auto pair = query.substr(0, end);
        const auto equals = std::min(pair.find('='), pair.size());
        const auto value = pair.substr(std::min(equals + 1, pair.size()));
        if (!pair.empty()) parameters.emplace_back(decode_parameter(pair.substr(0, equals)), decode_parameter(value));
        query.remove_prefix(std::min(end + 1, query.size()));
    }
    return parameters;
}

bool is_base64(const json::object& event) {
    const json::value* flag = event.if_contains("isBase64Encoded");
    return flag != nullptr && flag->is_bool() && flag->get_bool();
}

std::string read_body(const json::object& event) {
    const json::value* body = event.if_contains("body");
    if (body == nullptr || body->is_null()) return {};
    if (!body->is_string()) throw UnknownEvent("the event's body is no text");
    const std::string_view text = body->get_string();
    if (!is_base64(event)) return std::string(text);
    auto bytes = wire::read_padded_base64(text);
    if (!bytes) throw UnknownEvent("the event says isBase64Encoded, and its body is no base64");
    return *std::move(bytes);
}

void read_format_1(const json::object& event, const json::object* context, ProxyRequest& request) {
    request.method = get_string(event, "httpMethod");
    request.path = get_string(event, "path");
    request.query = read_map(event, "queryStringParameters", "multiValueQueryStringParameters");
    const bool balancer = context != nullptr && context->contains("elb");
    // A load balancer hands parameters on as they were sent, encoded.
    if (balancer) {
        for (auto& [name, value] : request.query) {
            name = decode_parameter(name);
            value = decode_parameter(value);
        }
    }
    if (find_object(event, "multiValueHeaders") != nullptr)
        request.repeats = balancer ? Repeats::lists_only : Repeats::lists_beside;
}

void read_format_2(const json::object& event, const json::object& http, ProxyRequest& request) {
    request.method = get_string(http, "method");
    request.path = get_string(event, "rawPath");
    const json::value* query = event.if_contains("rawQueryString");
    if (query != nullptr && query->is_string()) request.query = parse_query(std::string_view(query->get_string()));
}

/// JSON may escape half of a surrogate pair, which stands for no character.
bool has_half_pair(std::string_view text) {
    const auto is_half = [text](std::size_t at, std::string_view kinds) {
        return text.size() > at + 3 && text[at] == '\\' && text[at + 1] == 'u' && (text[at + 2] | 0x20) == 'd' &&
               kinds.find(text[at + 3]) != std::string_view::npos;
    };
    constexpr std::size_t kEscape = 6;
    for (std::size_t at = text.find('\\'); at < text.size(); at = text.find('\\', at)) {
        if (is_half(at, "cdefCDEF")) return true;
        const bool leads = is_half(at, "89abAB");
        if (leads && !is_half(at + kEscape, "cdefCDEF")) return true;
        at += leads ? 2 * kEscape : 2;
    }
    return false;
}

std::optional<SocketEvent::Kind> find_socket_kind(const json::object* context) {
    const json::value* type = context == nullptr ? nullptr : context->if_contains("eventType");
    const json::string* name = type == nullptr ? nullptr : type->if_string();
    if (name == nullptr) return std::nullopt;
    if (*name == "CONNECT") return SocketEvent::Kind::connect;
    if (*name == "DISCONNECT") return SocketEvent::Kind::disconnect;
    return *name == "MESSAGE" ? std::optional(SocketEvent::Kind::message) : std::nullopt;
}

}  // namespace

const std::string* ProxyRequest::find_header(std::string_view name) const {
    return wire::find_value(headers, name);
}

std::variant<ProxyRequest, SocketEvent> parse_event(std::string_view event) {
    json::monotonic_resource memory(event.size() + 4096);
    json::parse_options options;
    options.max_depth = kMostDepth;
    json::error_code error;
    const json::value value = json::parse(event, error, &memory, options);
    if (error && has_half_pair(event))
        throw UnknownEvent("the event holds a text with half of a surrogate pair (\\ud800 to \\udfff), no character");
    if (error) throw UnknownEvent("the event is no JSON: " + error.message());
    const json::object* object = value.if_object();
    ProxyRequest request;
    const json::object* context = object == nullptr ? nullptr : find_object(*object, "requestContext");
    if (const auto kind = find_socket_kind(context)) return SocketEvent{*kind, read_body(*object)};
    const json::object* http = context == nullptr ? nullptr : find_object(*context, "http");
    if (http != nullptr) {
        read_format_2(*object, *http, request);
    } else if (object != nullptr && object->contains("httpMethod")) {
        read_format_1(*object, context, request);
    } else {
        throw UnknownEvent("the event is no HTTP request: it has neither 'httpMethod' nor 'requestContext.http'");
    }
    request.headers = read_map(*object, "headers", "multiValueHeaders");
    request.body = read_body(*object);
    return request;
}

}  // namespace understudy::rpc
