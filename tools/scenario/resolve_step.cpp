#include "emulator/source/suggestion.hpp"
#include "proto/wire/connect_error.hpp"
#include "tools/scenario/convert.hpp"
#include "tools/scenario/resolve.hpp"
#include "tools/scenario/well_known.hpp"
#include "tools/scenario/wording.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

namespace understudy::scenario {

namespace {

namespace protobuf = google::protobuf;
using source::Node;
using source::ProblemCode;

/// RFC 9110, 15: the first digit is 1 to 5.
constexpr unsigned kLeastStatus = 100, kMostStatus = 599;

std::optional<Node> find_in_step(Node step, std::string_view name) {
    return find_written(step, *v1::Step::descriptor(), name);
}

// RFC 9110, 5.1 and 5.5: a name is a token; a value has no line breaks.
bool is_header_name(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](unsigned char c) {
        return std::isalnum(c) ||
               std::string_view("!#$%&'*+-.^_`|~").find(static_cast<char>(c)) != std::string_view::npos;
    });
}

bool is_header_value(std::string_view value) {
    return value.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

std::string join(const std::vector<std::string>& names) {
    std::string text;
    for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
    return text.empty() ? "none" : text;
}

}  // namespace

void Resolver::resolve_step(const v1::Step& step, Node node, Scenario& scenario) {
    const auto* method = resolve_method(step, node, *scenario.descriptors);
    if (!method) return;
    Step resolved{.name = step.name().empty() ? method->name() : step.name(),
                  .node = node,
                  .method = method,
                  .request = read_message(find_in_step(node, "request"), *method->input_type(), *scenario.descriptors),
                  .content_type = step.content_type().empty() ? "application/proto" : step.content_type(),
                  .codec = wire::Codec::proto,
                  .headers = {},
                  .expect = {}};
    if (!is_header_value(resolved.content_type))
        add(find_in_step(node, "content_type").value_or(node), "a header's value has no line breaks", "");
    if (const auto type = wire::parse_content_type(resolved.content_type)) resolved.codec = type->codec;
    for (auto& header : read_headers(find_in_step(node, "headers")))
        resolved.headers.emplace_back(std::move(header.name), std::move(header.value.value));
    resolved.expect = resolve_expectation(step, node, resolved, *scenario.descriptors);
    scenario.steps.push_back(std::move(resolved));
}

const protobuf::MethodDescriptor* Resolver::resolve_method(const v1::Step& step, Node node,
                                                           const Descriptors& descriptors) {
    const auto place = find_in_step(node, "method");
    if (!place) {
        add(node, "a step needs a method", "for example: method: logquery.v1.LogQueryService/CheckWindow");
        return nullptr;
    }
    const auto* method = descriptors.find_method(step.method());
    const auto names = descriptors.method_names();
    if (!method) {
        const std::vector<std::string_view> candidates(names.begin(), names.end());
        problems_.push_back(place->problem(ProblemCode::not_found, "unknown method '" + step.method() + "'")
                                .with_hint(source::render_suggestion(step.method(), candidates))
                                .with_note("the schema has the methods " + join(names)));
    } else if (method->client_streaming() || method->server_streaming()) {
        problems_.push_back(place->problem(ProblemCode::unsupported,
                                           "'" + step.method() + "' streams; only unary methods can be called"));
        method = nullptr;
    }
    return method;
}

std::shared_ptr<protobuf::Message> Resolver::read_message(std::optional<Node> node, const protobuf::Descriptor& type,
                                                          const Descriptors& descriptors) {
    std::shared_ptr<protobuf::Message> message = descriptors.make_message(type);
    if (node) {
        auto problems = convert_message(*node, *message);
        std::move(problems.begin(), problems.end(), std::back_inserter(problems_));
    }
    return message;
}

std::vector<WrittenHeader> Resolver::read_headers(std::optional<Node> node) {
    std::vector<WrittenHeader> headers;
    if (!node) return headers;
    for (const auto& member : node->members()) {
        const auto name = to_map_key_text(member.key);
        if (!name) continue;
        if (!is_header_name(*name)) add(member.key, "'" + *name + "' is no header name", "");
        if (!is_header_value(member.value.text())) add(member.value, "a header's value has no line breaks", "");
        headers.push_back({*name, {std::string(member.value.text()), member.value}});
    }
    return headers;
}

Expectation Resolver::resolve_expectation(const v1::Step& step, Node node, const Step& resolved,
                                          const Descriptors& descriptors) {
    const auto& written = step.expect();
    const Node expect = find_in_step(node, "expect").value_or(node);
    const auto find = [&](std::string_view name) {
        // Without `expect` there is nothing written, and the step stands for it.
        return step.has_expect() ? find_written(expect, *v1::Expectation::descriptor(), name) : std::nullopt;
    };
    Expectation result;
    if (written.has_http_status()) {
        const auto place = find("http_status").value_or(expect);
        const bool fits = written.http_status() >= kLeastStatus && written.http_status() <= kMostStatus;
        if (!fits)
            add(place, "'" + std::to_string(written.http_status()) + "' is no HTTP status", "a status is 100 to 599");
        result.http_status = {fits ? static_cast<int>(written.http_status()) : wire::kHttpOk, place};
    }
    if (written.has_code()) {
        const auto place = find("code").value_or(expect);
        if (!v1::Expectation::Code_IsValid(written.code()))
            add(place, "codes are 0 to 16",
                "by their names: " + render_values(*v1::Expectation::Code_descriptor(), Wording::words));
        result.code = {static_cast<wire::Code>(written.code()), place};
    } else if (!result.http_status || result.http_status->value == wire::kHttpOk) {
        result.code = {wire::Code::ok, find_in_step(node, "method").value_or(node)};
    }
    if (written.has_message()) result.message = {written.message(), find("message").value_or(expect)};
    result.headers = read_headers(find("headers"));
    const auto response = find("response");
    if (!response) return result;
    result.response = {read_message(response, *resolved.method->output_type(), descriptors), *response};
    if (!result.code || result.code->value != wire::Code::ok)
        add(*response, "an error has no response message", "response goes with code ok and http_status 200");
    return result;
}

}  // namespace understudy::scenario
