#include "tools/scenario/judge.hpp"

#include "tools/convert/json_text.hpp"
#include "tools/convert/partial_message.hpp"
#include "tools/scenario/capture.hpp"
#include "tools/scenario/error_details.hpp"
#include "tools/scenario/hints.hpp"
#include "tools/scenario/judge_observed.hpp"
#include "tools/scenario/protocol_hints.hpp"
#include "tools/scenario/receive.hpp"
#include "tools/scenario/reply_message.hpp"
#include "tools/scenario/request_hints.hpp"
#include "tools/scenario/take_snapshots.hpp"
#include "tools/scenario/wire_scan.hpp"

#include <google/protobuf/stubs/logging.h>

#include <algorithm>
#include <memory>

namespace understudy::scenario {

namespace {

namespace protobuf = google::protobuf;
using convert::to_quoted_text;

std::string to_code_text(const wire::Status& status) {
    std::string text(wire::to_name(status.code()));
    return status.ok() || status.message().empty() ? text : text + " (" + status.message() + ")";
}

using Differences = std::vector<match::Difference>;

void add_difference(Differences& differences, std::string path, std::string expected, std::string actual,
                    source::Node node) {
    differences.push_back(match::make_difference(std::move(path), std::move(expected), std::move(actual), node));
}

void append(Differences& differences, match::Comparison comparison, const std::string& prefix) {
    for (auto& difference : comparison.differences) {
        if (!prefix.empty()) difference = match::with_prefix(std::move(difference), prefix);
        differences.push_back(std::move(difference));
    }
}

void compare_status(const Step& step, const Received& received, Differences& differences) {
    const auto& expect = step.expect;
    const auto& status = received.status;
    if (expect.code && expect.code->value != status.code())
        add_difference(differences, "code", std::string(wire::to_name(expect.code->value)), to_code_text(status),
                       expect.code->node);
    if (expect.http_status && expect.http_status->value != received.http_status)
        add_difference(differences, "http_status", std::to_string(expect.http_status->value),
                       std::to_string(received.http_status), expect.http_status->node);
    constexpr int kFirstError = 400;
    if (expect.no_error_status && received.http_status >= kFirstError)
        add_difference(differences, "http_status", "no error", std::to_string(received.http_status), step.node);
    if (expect.message) append(differences, expect.message->value.compare_text(status.message()), "message");
}

// One of the lines of that name is as it must be; where none is, all are shown.
void compare_header(const ExpectedHeader& expected, const std::string& path, const wire::Metadata& lines,
                    Differences& differences) {
    const auto& expectation = expected.value.value;
    std::string got;
    bool met = false;
    for (const auto& [name, value] : lines) {
        if (!wire::same_name(name, expected.name)) continue;
        met = met || expectation.compare_text(value).equal();
        got += (got.empty() ? "" : ", ") + to_quoted_text(value);
    }
    if (got.empty()) met = expectation.compare_absent().equal();
    if (!met)
        add_difference(differences, path + '.' + expected.name, expectation.text(), got.empty() ? "absent" : got,
                       expected.value.node);
}

void compare_headers(const Expectation& expect, const Received& received, Differences& differences) {
    for (const auto& expected : expect.headers) compare_header(expected, "headers", received.headers, differences);
    for (const auto& expected : expect.trailers) compare_header(expected, "trailers", received.trailers, differences);
}

void compare_body(const Step& step, const Received& received, Differences& differences) {
    const auto& expect = step.expect;
    if (expect.body) append(differences, expect.body->value.compare_text(received.body), "body");
    if (expect.body_size)
        append(differences, expect.body_size->value.compare_number(std::to_string(received.body.size())), "body_size");
    if (!expect.body_bytes) return;
    auto difference = match::compare_bytes(expect.body_bytes->value, received.body, expect.body_bytes->node);
    if (difference) differences.push_back(match::with_prefix(*std::move(difference), "body_base64"));
}

void compare_details(const Expectation& expect, const Descriptors& descriptors, const Received& received,
                     Differences& differences) {
    if (!expect.details) return;
    const auto details = to_anys(received.status.details(), descriptors);
    append(differences, expect.details->value.compare(details), "details");
}

void compare_function_error(const Step& step, const http::Headers& headers, Differences& differences) {
    if (!step.expect.function_error) return;
    const auto& [expected, node] = *step.expect.function_error;
    const std::string got(headers.first("X-Amz-Function-Error").value_or(""));
    if (got != expected)
        add_difference(differences, "function_error", expected.empty() ? "absent" : to_quoted_text(expected),
                       got.empty() ? "absent" : to_quoted_text(got), node);
}

void compare_json(const Step& step, StepResult& result) {
    const auto& expect = step.expect;
    auto& received = *result.received;
    if (!expect.response) return;
    auto comparison = expect.response->value.expectation.compare_json(received.body);
    if (comparison) return append(result.differences, *std::move(comparison), "");
    received.undecodable = comparison.error().message();
    result.hints = to_json_hints(received.body);
    result.differences.push_back(
        {"", "JSON", received.undecodable,
         expect.response->node.problem(source::ProblemCode::malformed, "the body is " + received.undecodable)});
}

// Clients refuse a message without a field that proto2 requires, whatever the step expects of the others.
void compare_required(const Step& step, const protobuf::Message& actual, Differences& differences) {
    const auto node = step.expect.response ? step.expect.response->node : step.node;
    for (const auto& field : convert::missing_fields(actual)) {
        const auto is_told = [&](const auto& difference) { return difference.path == field; };
        if (std::none_of(differences.begin(), differences.end(), is_told))
            add_difference(differences, field, "a value: the field is required", "absent", node);
    }
}

void compare_message(const Step& step, const Descriptors& descriptors, StepResult& result) {
    const auto& expect = step.expect;
    auto& received = *result.received;
    const auto reply = read_reply_message(step, descriptors, received);
    const auto& actual = reply.message;
    received.undecodable = reply.problem;
    if (received.undecodable.empty()) {
        received.response = reply.shown;
        if (!expect.response) return compare_required(step, *actual, result.differences);
        auto comparison = expect.response->value.expectation.compare(reply.value);
        for (const auto& warning : comparison.warnings)
            result.hints.push_back("the reply has what the schema does not know: " + warning);
        append(result.differences, std::move(comparison), "");
        compare_required(step, *actual, result.differences);
        return;
    }
    if (step.codec == wire::Codec::proto) {
        const protobuf::LogSilencer quiet;
        result.hints = to_hints(received.message, *actual);
        if (const auto misfit = find_misfit(received.message, *actual->GetDescriptor())) {
            received.undecodable_at = misfit->offset;
            received.undecodable += ": at byte " + std::to_string(misfit->offset) + ' ' + misfit->why;
        }
    }
    const auto node = expect.response ? expect.response->node : expect.code ? expect.code->node : step.node;
    auto where = node.problem(source::ProblemCode::malformed, received.undecodable);
    result.differences.push_back({"", step.method->output_type()->full_name(), received.undecodable, std::move(where)});
}

// What is wrong with the request, and what a gateway's own answer means, where it is not the one that is expected.
void add_status_hints(const Step& step, const Descriptors* descriptors, StepResult& result) {
    const auto is_status = [](const auto& difference) {
        return difference.path == "code" || difference.path == "http_status";
    };
    const auto& received = *result.received;
    if (received.undecodable.empty() && std::none_of(result.differences.begin(), result.differences.end(), is_status))
        return;
    for (auto& hint : to_request_hints(step, descriptors, received)) result.hints.push_back(std::move(hint));
    for (auto& hint : to_status_hints(received.http_status, received.body)) result.hints.push_back(std::move(hint));
}

}  // namespace

StepResult to_unsent_result(const Step& step) {
    StepResult result;
    result.name = step.name;
    result.subject = step.subject;
    result.position = step.node.position();
    result.request = step.request_shown;
    if (step.expect.response) result.expected = step.expect.response->value.shown;
    return result;
}

void judge_reply(const Step& step, const Descriptors* descriptors, const http::Response& reply,
                 const wire::Metadata& trailers, StepResult& result) {
    result.received = to_received(step, reply, trailers, result.duration);
    auto& differences = result.differences;
    compare_status(step, *result.received, differences);
    compare_function_error(step, reply.headers, differences);
    compare_headers(step.expect, *result.received, differences);
    if (step.kind == StepKind::method) {
        compare_details(step.expect, *descriptors, *result.received, differences);
        if (result.received->status.ok()) compare_message(step, *descriptors, result);
    } else {
        compare_json(step, result);
    }
    compare_body(step, *result.received, differences);
    if (step.kind == StepKind::method && !differences.empty()) {
        const auto prototype = descriptors->make_message(*step.method->output_type());
        for (auto& hint : to_protocol_hints(step, result, *prototype)) result.hints.push_back(std::move(hint));
    }
    add_status_hints(step, descriptors, result);
    judge_observed(step, result);
    result.snapshots = take_snapshots(step, descriptors, result);
    capture_values(step, descriptors, result);
}

}  // namespace understudy::scenario
