#include "proto/wire/connect_error.hpp"
#include "tools/convert/convert.hpp"
#include "tools/convert/json_text.hpp"
#include "tools/convert/matcher_syntax.hpp"
#include "tools/convert/scalar.hpp"
#include "tools/convert/well_known.hpp"
#include "tools/convert/wording.hpp"
#include "tools/match/path_check.hpp"
#include "tools/scenario/resolve.hpp"

#include <algorithm>
#include <utility>

namespace understudy::scenario {

namespace {

namespace protobuf = google::protobuf;
using source::Node;

/// RFC 9110, 15: the first digit is 1 to 5.
constexpr unsigned kLeastStatus = 100, kMostStatus = 599;
constexpr const char* kPathNote = "a path is messages[2].time, messages[*].time or counts[\"a\"]";

std::optional<Node> find_expected(Node expect, std::string_view name) {
    return find_written(expect, *v1::Expectation::descriptor(), name);
}

/// Of JSON, null is a value as any other.
std::optional<Node> find_response(Node expect, StepKind kind) {
    for (const auto& written : convert::written_fields(*v1::Expectation::descriptor(), expect)) {
        const bool is_value = kind != StepKind::method || !written.value.is_null();
        if (written.field->name() == "response" && is_value) return written.value;
    }
    return std::nullopt;
}

}  // namespace

std::optional<match::Expectation> Resolver::take(match::ReadExpectation read) {
    std::move(read.problems.begin(), read.problems.end(), std::back_inserter(problems_));
    return std::move(read.expectation);
}

std::optional<Written<match::Expectation>> Resolver::read_text(std::optional<Node> node) {
    if (!node) return std::nullopt;
    auto expectation = take(match::read_text_expectation(*node));
    if (!expectation) return std::nullopt;
    return Written<match::Expectation>{*std::move(expectation), *node};
}

std::optional<Written<match::Expectation>> Resolver::read_json(std::optional<Node> node, match::Mode mode) {
    if (!node) return std::nullopt;
    auto expectation = take(match::read_json_expectation(
        *node, {.mode = mode, .unknown_fields = match::UnknownFields::by_mode, .ignore = {}}));
    if (!expectation) return std::nullopt;
    return Written<match::Expectation>{*std::move(expectation), *node};
}

std::vector<ExpectedHeader> Resolver::read_expected_headers(std::optional<Node> node) {
    std::vector<ExpectedHeader> headers;
    if (!node) return headers;
    if (!node->is_mapping())
        add(*node, convert::quote(*node) + " is not a mapping",
            "headers are names with their values: { x-trace: abc }");
    for (const auto& member : node->members()) {
        const auto name = convert::to_map_key_text(member.key);
        if (!name || !is_header_name(*name)) {
            add(member.key, convert::quote(member.key) + " is no header name", "");
        } else if (auto value = read_text(member.value)) {
            headers.push_back({*name, *std::move(value)});
        }
    }
    return headers;
}

std::vector<Written<match::Expectation>> Resolver::read_lines(std::optional<Node> node) {
    std::vector<Written<match::Expectation>> lines;
    if (!node) return lines;
    if (!node->is_sequence())
        add(*node, convert::quote(*node) + " is not a sequence", "lines are a list of texts and matchers");
    for (const auto& item : node->items()) {
        // A text stands for the lines that contain it.
        auto expectation = item.is_scalar() && !convert::is_matcher(item)
                               ? std::optional(match::to_containing(item.text(), item))
                               : take(match::read_text_expectation(item));
        if (expectation) lines.push_back({*std::move(expectation), item});
    }
    return lines;
}

match::Rules Resolver::read_rules(const v1::Expectation& written, Node expect, const Step& resolved) {
    match::Rules rules;
    rules.mode = written.match() == v1::Expectation::partial ? match::Mode::partial : match::Mode::exact;
    if (find_expected(expect, "unknown_fields")) rules.unknown_fields = match::UnknownFields::error;
    if (written.unknown_fields() == v1::Expectation::warning) rules.unknown_fields = match::UnknownFields::warning;
    if (written.unknown_fields() == v1::Expectation::ignored) rules.unknown_fields = match::UnknownFields::ignored;
    const auto list = find_expected(expect, "ignore");
    for (int i = 0; i < written.ignore_size(); ++i) {
        rules.ignore.push_back(written.ignore(i));
        if (!list) continue;
        const auto place = list->items()[static_cast<std::size_t>(i)];
        // They count for details as well, which may be messages of any type.
        const bool typed = resolved.method && !find_expected(expect, "details");
        if (!match::IgnorePath::parse(written.ignore(i)))
            add(place, "'" + written.ignore(i) + "' is no path", kPathNote);
        else if (auto fault = typed ? match::check_path(place, written.ignore(i), *resolved.method->output_type())
                                    : std::nullopt)
            problems_.push_back(*std::move(fault));
    }
    return rules;
}

std::optional<ExpectedResponse> Resolver::read_response(Node node, const protobuf::Message* prototype,
                                                        const match::Rules& rules) {
    auto expectation = take(prototype ? match::read_message_expectation(node, *prototype, rules)
                                      : match::read_json_expectation(node, rules));
    if (!expectation) return std::nullopt;
    auto shown = expectation->text();
    if (prototype && !expectation->has_matchers()) {
        const std::unique_ptr<protobuf::Message> message(prototype->New());
        convert::convert_message(node, *message);
        shown = convert::to_json_text(*message, convert::Defaults::shown);
    }
    return ExpectedResponse{*std::move(expectation), std::move(shown)};
}

void Resolver::resolve_status(const v1::Expectation& written, Node node, Node expect, const Step& resolved,
                              Expectation& result) {
    if (written.has_http_status()) {
        const auto place = find_expected(expect, "http_status").value_or(expect);
        const bool fits = written.http_status() >= kLeastStatus && written.http_status() <= kMostStatus;
        if (!fits)
            add(place, "'" + std::to_string(written.http_status()) + "' is no HTTP status", "a status is 100 to 599");
        result.http_status = {fits ? static_cast<int>(written.http_status()) : wire::kHttpOk, place};
    }
    const bool bare = resolved.kind == StepKind::http || resolved.kind == StepKind::invoke;
    result.no_error_status = bare && !result.http_status;
    const auto code = find_expected(expect, "code");
    if (resolved.kind != StepKind::method) {
        if (written.has_code()) add(code.value_or(expect), "codes belong to methods", "http_status is for everything");
    } else if (written.has_code()) {
        if (!v1::Expectation::Code_IsValid(written.code()))
            add(code.value_or(expect), "codes are 0 to 16",
                "by their names: " +
                    convert::render_values(*v1::Expectation::Code_descriptor(), convert::Wording::words));
        result.code = {static_cast<wire::Code>(written.code()), code.value_or(expect)};
    } else if (!result.http_status || result.http_status->value == wire::kHttpOk) {
        result.code = {wire::Code::ok, find_written(node, *v1::Step::descriptor(), "method").value_or(node)};
    }
    const auto error = find_expected(expect, "function_error");
    if (resolved.kind == StepKind::invoke)
        result.function_error = {written.function_error(), error.value_or(node)};
    else if (error)
        add(*error, "function_error belongs to invoke", "");
}

void Resolver::resolve_content(const v1::Expectation& written, Node expect, const Scenario& scenario,
                               const Step& resolved, Expectation& result) {
    const auto rules = read_rules(written, expect, resolved);
    const bool method = resolved.kind == StepKind::method;
    if (const auto message = find_expected(expect, "message")) {
        if (auto read = take(match::read_part_expectation(*message))) result.message = {*std::move(read), *message};
        if (!method) add(*message, "messages belong to the errors of methods", "response is for everything");
    }
    if (const auto details = find_expected(expect, "details")) {
        const bool is_list = details->is_sequence() || convert::is_matcher(*details);
        if (!method || !is_list)
            add(*details, method ? "details are a list of messages" : "details belong to the errors of methods", "");
        const auto any = method && is_list ? scenario.descriptors->make_any() : nullptr;
        auto read = any ? take(match::read_messages_expectation(*details, *any, rules)) : std::nullopt;
        if (read) result.details = {*std::move(read), *details};
    }
    const auto response = find_response(expect, resolved.kind);
    if (!response) return;
    const auto prototype = method ? scenario.descriptors->make_message(*resolved.method->output_type()) : nullptr;
    if (auto read = read_response(*response, prototype.get(), rules)) result.response = {*std::move(read), *response};
    if (method && (!result.code || result.code->value != wire::Code::ok))
        add(*response, "an error has no response message", "response goes with code ok and http_status 200");
}

void Resolver::resolve_body(const v1::Expectation& written, Node expect, Expectation& result) {
    result.headers = read_expected_headers(find_expected(expect, "headers"));
    result.trailers = read_expected_headers(find_expected(expect, "trailers"));
    result.body = read_text(find_expected(expect, "body"));
    result.body_size = read_json(find_expected(expect, "body_size"), match::Mode::exact);
    if (const auto bytes = find_expected(expect, "body_base64")) {
        const auto read = convert::to_bytes(*bytes);
        if (!read) problems_.push_back(read.error());
        result.body_bytes = {read ? *read : std::string(), *bytes};
    }
    if (const auto within = find_expected(expect, "within_ms"))
        result.within = {std::chrono::milliseconds(written.within_ms()), *within};
}

void Resolver::resolve_observed(Node expect, Expectation& result) {
    result.event = read_json(find_expected(expect, "event"), match::Mode::partial);
    result.logs = read_lines(find_expected(expect, "logs"));
    result.logs_without = read_lines(find_expected(expect, "logs_without"));
    const auto invocation = find_expected(expect, "invocation");
    if (!invocation) return;
    for (const auto& fact : convert::written_fields(*v1::InvocationExpectation::descriptor(), *invocation)) {
        if (auto value = read_json(fact.value, match::Mode::exact))
            result.invocation.push_back({fact.field->name(), *std::move(value)});
    }
}

Expectation Resolver::resolve_expectation(const v1::Step& step, Node node, const Scenario& scenario,
                                          const Step& resolved) {
    Expectation result;
    const auto expect = find_written(node, *v1::Step::descriptor(), "expect");
    // Without `expect` there is nothing written, and the step, which has no such keys, stands for it.
    resolve_status(step.expect(), node, expect.value_or(node), resolved, result);
    if (!expect) return result;
    resolve_content(step.expect(), *expect, scenario, resolved, result);
    resolve_body(step.expect(), *expect, result);
    resolve_observed(*expect, result);
    return result;
}

}  // namespace understudy::scenario
