#include "handler/rpc/proxy_event.hpp"

#include "handler/rpc/base64.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <strings.h>

#include <algorithm>
#include <optional>

namespace understudy::rpc {
namespace {

namespace json = boost::json;

/// An authorizer's claims may nest deeper than Boost.JSON's 32.
constexpr std::size_t kMostDepth = 1000;

constexpr const char* kNoRequest =
    "the event is no HTTP request: it has neither 'httpMethod' nor 'requestContext.http'";

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

void append_header(ProxyRequest& request, std::string_view name, const json::value& value) {
    if (const json::string* text = value.if_string()) request.headers.emplace_back(name, std::string(*text));
}

void read_headers(const json::object& event, ProxyRequest& request) {
    if (const json::object* headers = find_object(event, "headers")) {
        for (const auto& [name, value] : *headers) append_header(request, name, value);
        return;
    }
    const json::object* lists = find_object(event, "multiValueHeaders");
    if (lists == nullptr) return;
    for (const auto& [name, values] : *lists) {
        if (!values.is_array()) continue;
        for (const json::value& value : values.get_array()) append_header(request, name, value);
    }
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
    auto bytes = parse_base64(text);
    if (!bytes) throw UnknownEvent("the event says isBase64Encoded, and its body is no base64");
    return *std::move(bytes);
}

void read_format_1(const json::object& event, ProxyRequest& request) {
    request.method = get_string(event, "httpMethod");
    request.path = get_string(event, "path");
}

void read_format_2(const json::object& event, const json::object& http, ProxyRequest& request) {
    request.method = get_string(http, "method");
    request.path = get_string(event, "rawPath");
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
    const auto found = std::ranges::find_if(headers, [name](const auto& line) {
        return line.first.size() == name.size() && strncasecmp(line.first.data(), name.data(), name.size()) == 0;
    });
    return found == headers.end() ? nullptr : &found->second;
}

std::variant<ProxyRequest, SocketEvent> parse_event(std::string_view event) {
    json::monotonic_resource memory(event.size() + 4096);
    json::parse_options options;
    options.max_depth = kMostDepth;
    json::error_code error;
    const json::value value = json::parse(event, error, &memory, options);
    if (error) throw UnknownEvent("the event is no JSON: " + error.message());
    const json::object* object = value.if_object();
    ProxyRequest request;
    const json::object* context = object == nullptr ? nullptr : find_object(*object, "requestContext");
    if (const auto kind = find_socket_kind(context)) return SocketEvent{*kind, read_body(*object)};
    const json::object* http = context == nullptr ? nullptr : find_object(*context, "http");
    if (http != nullptr) {
        read_format_2(*object, *http, request);
    } else if (object != nullptr && object->contains("httpMethod")) {
        read_format_1(*object, request);
    } else {
        throw UnknownEvent(kNoRequest);
    }
    read_headers(*object, request);
    request.body = read_body(*object);
    return request;
}

ProxyRequest parse_proxy_event(std::string_view event) {
    auto parsed = parse_event(event);
    if (auto* request = std::get_if<ProxyRequest>(&parsed)) return std::move(*request);
    throw UnknownEvent(kNoRequest);
}

}  // namespace understudy::rpc
