#include "tools/replay/subject.hpp"

#include "emulator/record/json_cursor.hpp"

#include <charconv>

namespace understudy::replay {
namespace {

using record::JsonCursor;

void read_text_or_skip(JsonCursor& json, std::string& text) {
    if (json.peek() == '"')
        json.read_text(text);
    else
        json.skip_value();
}

/// `requestContext.http` of payload format 2.0 and function URLs.
void read_context(JsonCursor& json, Subject& subject) {
    std::string_view name;
    if (json.peek() != '{') return json.skip_value();
    for (json.enter_object(); json.next_member(name);) {
        if (name != "http" || json.peek() != '{') {
            json.skip_value();
            continue;
        }
        for (json.enter_object(); json.next_member(name);) {
            if (name == "method")
                read_text_or_skip(json, subject.method);
            else
                json.skip_value();
        }
    }
}

void read_event(std::string_view event, Subject& subject) {
    JsonCursor json(event);
    std::string_view name;
    if (json.peek() != '{') return;
    for (json.enter_object(); json.next_member(name);) {
        if (name == "httpMethod")
            read_text_or_skip(json, subject.method);
        else if (name == "path" || name == "rawPath")
            read_text_or_skip(json, subject.path);
        else if (name == "requestContext")
            read_context(json, subject);
        else
            json.skip_value();
    }
    if (json.failed() || subject.method.empty() || subject.path.empty()) subject.method = subject.path = {};
}

bool is_invoke(std::string_view path) {
    return path.starts_with("/2015-03-31/functions/") || path.starts_with("/2021-11-15/functions/");
}

}  // namespace

std::string Subject::text() const {
    if (!method.empty()) return method + ' ' + path;
    return function.empty() ? "invoke" : "invoke " + function;
}

const record::Invocation* find_function_call(const record::Exchange& exchange) {
    const record::Invocation* found = nullptr;
    for (const auto& invocation : exchange.invocations) {
        if (!invocation.authorizer) found = &invocation;
    }
    return found;
}

bool goes_through_door(const record::Exchange& exchange) {
    return exchange.request && exchange.response && exchange.front != "invoke" && exchange.front != "websocket" &&
           !exchange.response->cut_off;
}

bool is_unfinished(const record::Exchange& exchange) {
    return exchange.request && exchange.response && exchange.invocations.empty() && !exchange.missing.empty();
}

RequestLine parse_request_line(std::string_view start_line) {
    const auto first = start_line.find(' ');
    if (first == std::string_view::npos) return {};
    const auto last = start_line.rfind(' ');
    const auto end = last > first ? last : start_line.size();
    return {start_line.substr(0, first), start_line.substr(first + 1, end - first - 1)};
}

bool is_scheme_of_http(std::string_view name) {
    return http::same_name(name, "http") || http::same_name(name, "https");
}

std::string_view find_other_scheme(const record::Exchange& exchange) {
    const auto [method, target] =
        parse_request_line(exchange.request ? std::string_view(exchange.request->start_line) : "");
    const auto scheme = target.substr(0, target.find_first_of(":/?*"));
    // CONNECT names a host and its port.
    const bool is_url = scheme.size() < target.size() && target[scheme.size()] == ':' && method != "CONNECT";
    return is_url && !is_scheme_of_http(scheme) ? scheme : std::string_view();
}

std::string find_host(const record::Exchange& exchange) {
    return exchange.request ? std::string(exchange.request->headers.first("host").value_or("")) : std::string();
}

int parse_status_line(std::string_view start_line) {
    const auto blank = start_line.find(' ');
    int status = 0;
    if (!start_line.starts_with("HTTP/") || blank == std::string_view::npos) return 0;
    const char* const first = start_line.data() + blank + 1;
    std::from_chars(first, start_line.data() + start_line.size(), status);
    return status;
}

Subject to_subject(const record::Invocation& invocation) {
    Subject subject;
    subject.function = invocation.function;
    read_event(invocation.event, subject);
    return subject;
}

Subject to_subject(const record::Exchange& exchange) {
    Subject subject;
    const record::Invocation* asked = find_function_call(exchange);
    if (asked != nullptr) subject.function = asked->function;
    const auto [method, target] =
        parse_request_line(exchange.request ? std::string_view(exchange.request->start_line) : "");
    const auto path = target.substr(0, target.find('?'));
    if (!method.empty() && !is_invoke(path)) {
        subject.method = method;
        subject.path = path;
    } else if (asked != nullptr) {
        read_event(asked->event, subject);
    }
    return subject;
}

}  // namespace understudy::replay
