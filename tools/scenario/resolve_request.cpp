#include "emulator/files/read_file.hpp"
#include "emulator/http/base64.hpp"
#include "emulator/source/suggestion.hpp"
#include "proto/wire/message.hpp"
#include "proto/wire/metadata.hpp"
#include "tools/convert/bytes_text.hpp"
#include "tools/convert/convert.hpp"
#include "tools/convert/json_text.hpp"
#include "tools/convert/scalar.hpp"
#include "tools/convert/well_known.hpp"
#include "tools/convert/yaml_json.hpp"
#include "tools/scenario/resolve.hpp"

#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/stubs/logging.h>
#include <google/protobuf/text_format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace understudy::scenario {

namespace {

namespace protobuf = google::protobuf;
using source::Node;
using source::ProblemCode;

constexpr std::size_t kMostShownBytes = 64;

http::Headers with_lower_names(const http::Headers& headers) {
    http::Headers lowered;
    for (const auto line : headers) lowered.add(wire::to_lower_name(line.name), line.value);
    return lowered;
}

std::optional<Node> find_in_call(Node step, std::string_view name) {
    return find_written(step, *v1::Step::descriptor(), name);
}

/// Of JSON, null is a value as any other; of a message it is none.
std::optional<Node> find_json(Node step) {
    for (const auto& written : convert::written_fields(*v1::Step::descriptor(), step)) {
        if (written.field->name() == "request") return written.value;
    }
    return std::nullopt;
}

std::string join_names(const std::vector<std::string>& names) {
    std::string text;
    for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
    return text.empty() ? "none" : text;
}

std::string show_bytes(std::string_view bytes) {
    return std::to_string(bytes.size()) + " bytes: " + convert::to_hex(bytes.substr(0, kMostShownBytes)) +
           (bytes.size() > kMostShownBytes ? "…" : "");
}

// The first error of a text, with its place in it.
class FirstError : public protobuf::io::ErrorCollector {
  public:
    void AddError(int line, protobuf::io::ColumnNumber column, const std::string& message) override {
        if (text.empty())
            text = message + " at line " + std::to_string(line + 1) + ", column " + std::to_string(column + 1);
    }
    std::string text;
};

bool has_header(const http::Request& request, std::string_view name) {
    return request.headers.contains(name);
}

void set_headers(http::Request& request, const HeaderLines& lines) {
    for (const auto& [name, value] : lines) request.headers.add(name, value);
}

}  // namespace

void Resolver::check_one_request(Node node) {
    constexpr std::array kForms{"request", "request_text", "request_hex", "request_base64", "request_file"};
    std::optional<Node> first;
    std::string name;
    for (const auto* form : kForms) {
        const bool json = form == kForms.front() && !find_in_call(node, "method");
        const auto found = json ? find_json(node) : find_in_call(node, form);
        if (found && first)
            add(*found, "a step sends one thing, and '" + name + "' is given too",
                "one of request, request_text, request_hex, request_base64 and request_file");
        if (found && !first) {
            first = found;
            name = form;
        }
    }
}

HeaderLines Resolver::read_headers(std::optional<Node> node) {
    HeaderLines headers;
    if (!node) return headers;
    for (const auto& member : node->members()) {
        const auto name = convert::to_map_key_text(member.key);
        if (!name) continue;
        if (!is_header_name(*name)) add(member.key, "'" + *name + "' is no header name", "");
        if (!is_header_value(member.value.text())) add(member.value, "a header's value has no line breaks", "");
        headers.emplace_back(*name, member.value.text());
    }
    return headers;
}

bool Resolver::resolve_call(const v1::Step& step, Node node, const Scenario& scenario, Step& resolved) {
    const int ways = (step.method().empty() ? 0 : 1) + (step.has_http() ? 1 : 0) + (step.has_invoke() ? 1 : 0);
    if (ways != 1) {
        add(node, ways == 0 ? "a step needs a method, http or invoke" : "a step has one of method, http and invoke",
            "for example: method: logquery.v1.LogQueryService/CheckWindow");
        return false;
    }
    check_one_request(node);
    if (!is_header_value(step.content_type()))
        add(find_in_call(node, "content_type").value_or(node), "a header's value has no line breaks", "");
    const auto lower = find_in_call(node, "lower_case_headers");
    if (step.has_invoke() && lower) add(*lower, "'lower_case_headers' belongs to steps that send a request", "");
    bool resolves = true;
    if (!step.method().empty()) {
        resolves = resolve_method(step, node, scenario.descriptors.get(), resolved);
    } else {
        refuse_protocol(node);
        if (step.has_http())
            resolve_http(step, node, resolved);
        else
            resolve_invoke(step, node, scenario, resolved);
    }
    if (step.lower_case_headers()) resolved.request.headers = with_lower_names(resolved.request.headers);
    return resolves;
}

bool Resolver::resolve_method(const v1::Step& step, Node node, const Descriptors* descriptors, Step& resolved) {
    const auto place = find_in_call(node, "method").value_or(node);
    if (!descriptors) {
        add(place, "a step with a method needs the scenario's schema",
            "for example: schema: { proto_files: [hello.proto] }");
        return false;
    }
    const auto* method = descriptors->find_method(step.method());
    if (!method) {
        const auto names = descriptors->method_names();
        const std::vector<std::string_view> candidates(names.begin(), names.end());
        problems_.push_back(place.problem(ProblemCode::not_found, "unknown method '" + step.method() + "'")
                                .with_hint(source::render_suggestion(step.method(), candidates))
                                .with_note("the schema has the methods " + join_names(names)));
        return false;
    }
    if (method->client_streaming() || method->server_streaming()) {
        problems_.push_back(place.problem(ProblemCode::unsupported,
                                          "'" + step.method() + "' streams; only unary methods can be called"));
        return false;
    }
    resolved.method = method;
    resolved.subject = method->service()->full_name() + '/' + method->name();
    if (resolved.name.empty()) resolved.name = method->name();
    resolve_protocol(step, node, resolved);
    auto content_type = resolve_content_type(step, node, resolved);
    auto message = read_message_body(step, node, *descriptors, resolved);
    resolved.request =
        to_request(std::move(content_type), read_headers(find_in_call(node, "headers")), std::move(message), resolved);
    return true;
}

void Resolver::resolve_http(const v1::Step& step, Node node, Step& resolved) {
    resolved.kind = StepKind::http;
    auto& request = resolved.request;
    request.body = read_body(step, node);
    const bool sends = !request.body.empty();
    request.method = step.http().method().empty() ? (sends ? "POST" : "GET") : step.http().method();
    request.target = step.http().target().empty() ? "/" : step.http().target();
    const auto http = find_in_call(node, "http").value_or(node);
    if (!is_header_name(request.method))
        add(find_written(http, *v1::HttpRequest::descriptor(), "method").value_or(http),
            "'" + request.method + "' is no HTTP method", "");
    const bool sendable = request.target.front() == '/' &&
                          std::all_of(request.target.begin(), request.target.end(), [](char c) { return c > ' '; });
    if (!sendable)
        add(find_written(http, *v1::HttpRequest::descriptor(), "target").value_or(http),
            "a target begins with '/' and has no blanks, control characters or letters beyond ASCII",
            "write their bytes as %20 or %C3%A9");
    set_headers(request, read_headers(find_in_call(node, "headers")));
    const auto type = step.content_type().empty() && find_json(node) ? "application/json" : step.content_type();
    if (!type.empty() && !has_header(request, "Content-Type")) request.headers.add("Content-Type", type);
    resolved.subject = request.method + ' ' + request.target;
    if (resolved.name.empty()) resolved.name = resolved.subject;
    resolved.request_shown = request.body;
}

void Resolver::resolve_invoke(const v1::Step& step, Node node, const Scenario& scenario, Step& resolved) {
    resolved.kind = StepKind::invoke;
    resolved.function = step.invoke().function();
    const auto& function = step.invoke().function().empty() ? scenario.function.name : step.invoke().function();
    auto& request = resolved.request;
    request.method = "POST";
    request.target = "/2015-03-31/functions/" + function + "/invocations";
    set_headers(request, read_headers(find_in_call(node, "headers")));
    if (step.invoke().type() == v1::Invoke::event) request.headers.add("X-Amz-Invocation-Type", "Event");
    if (step.invoke().type() == v1::Invoke::dry_run) request.headers.add("X-Amz-Invocation-Type", "DryRun");
    request.body = read_body(step, node);
    if (request.body.empty()) request.body = "{}";
    resolved.subject = "invoke " + function;
    if (resolved.name.empty()) resolved.name = resolved.subject;
    resolved.request_shown = request.body;
}

std::optional<std::string> Resolver::read_raw_body(const v1::Step& step, Node node) {
    if (step.has_request_hex()) {
        std::string digits = step.request_hex();
        std::erase_if(digits, [](char c) { return c == ' ' || c == '\n' || c == '\t'; });
        const auto bytes = convert::parse_hex(digits);
        if (!bytes) add(*find_in_call(node, "request_hex"), "request_hex is pairs of hexadecimal digits", "");
        return bytes.value_or("");
    }
    if (step.has_request_base64()) {
        const auto bytes = convert::parse_base64(step.request_base64());
        if (!bytes) add(*find_in_call(node, "request_base64"), "request_base64 is no base64", "");
        return bytes.value_or("");
    }
    if (!step.has_request_file()) return std::nullopt;
    auto bytes = files::read_file(path(step.request_file()));
    if (!bytes)
        add(*find_in_call(node, "request_file"), bytes.error().message(), "the path begins at the scenario's folder");
    return bytes ? *std::move(bytes) : std::string();
}

std::string Resolver::read_body(const v1::Step& step, Node node) {
    if (auto raw = read_raw_body(step, node)) return *std::move(raw);
    if (step.has_request_text()) return step.request_text();
    const auto request = find_json(node);
    if (!request) return {};
    auto json = convert::to_json(*request);
    if (!json) problems_.push_back(json.error());
    return json ? *std::move(json) : std::string();
}

std::string Resolver::encode_message(const protobuf::Message& message, Node node, Step& resolved) {
    std::string body;
    std::vector<std::string> missing;
    message.FindInitializationErrors(&missing);
    for (const auto& field : missing) add(node, "the required field '" + field + "' is missing", "");
    if (!missing.empty()) return body;
    const protobuf::LogSilencer quiet;  // It is told as a problem.
    const auto status = wire::encode(message, resolved.codec, body);
    if (!status.ok()) add(node, "the message has no JSON form: " + status.message(), "");
    resolved.request_shown = convert::to_json_text(message, convert::Defaults::shown);
    return body;
}

std::string Resolver::read_message_body(const v1::Step& step, Node node, const Descriptors& descriptors,
                                        Step& resolved) {
    if (auto raw = read_raw_body(step, node)) {
        resolved.request_shown = show_bytes(*raw);
        return *std::move(raw);
    }
    const auto message = descriptors.make_message(*resolved.method->input_type());
    const auto request = find_in_call(node, "request");
    if (step.has_request_text()) {
        FirstError error;
        protobuf::TextFormat::Parser parser;
        parser.RecordErrorsTo(&error);
        parser.AllowPartialMessage(true);  // What is missing is told by its name.
        const auto text = *find_in_call(node, "request_text");
        if (parser.ParseFromString(step.request_text(), message.get())) return encode_message(*message, text, resolved);
        add(text, "no " + message->GetDescriptor()->full_name() + " in text format: " + error.text, "");
        return {};
    }
    if (request) {
        auto problems = convert::convert_message(*request, *message);
        std::move(problems.begin(), problems.end(), std::back_inserter(problems_));
        if (!problems.empty()) return {};
    }
    return encode_message(*message, request.value_or(find_in_call(node, "method").value_or(node)), resolved);
}

}  // namespace understudy::scenario
