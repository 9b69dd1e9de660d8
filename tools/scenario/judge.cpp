#include "tools/scenario/judge.hpp"

#include "client/api_client.hpp"
#include "proto/wire/connect_error.hpp"
#include "proto/wire/message.hpp"
#include "tools/scenario/hints.hpp"
#include "tools/scenario/json_text.hpp"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <memory>

namespace understudy::scenario {

namespace {

namespace protobuf = google::protobuf;

// Strict where the wire's own reader is lenient: a JSON key that the schema does not know is no message. Returns why
// it is none; empty where it is one.
std::string read_message(std::string_view body, wire::Codec codec, protobuf::Message& message) {
    const auto name = message.GetDescriptor()->full_name();
    if (body.empty()) return "";  // The empty message in both codecs, as proto/wire/message.hpp has it.
    if (codec == wire::Codec::json) {
        const auto status = protobuf::util::JsonStringToMessage(std::string(body), &message);
        return status.ok() ? "" : "the body is no " + name + " as JSON: " + std::string(status.message());
    }
    const bool parsed = message.ParseFromArray(body.data(), static_cast<int>(body.size()));
    return parsed ? "" : "the body is no " + name;
}

Received to_received(const http::Response& reply) {
    Received received;
    received.http_status = reply.status;
    for (const auto line : reply.headers) received.headers.emplace_back(line.name, line.value);
    received.body = reply.body.view();
    if (reply.status != wire::kHttpOk) received.status = wire::parse_connect_error(reply.status, received.body);
    return received;
}

std::string to_code_text(const wire::Status& status) {
    std::string text(wire::to_name(status.code()));
    return status.ok() || status.message().empty() ? text : text + " (" + status.message() + ")";
}

void compare_status(const Expectation& expect, const Received& received, std::vector<Difference>& differences) {
    const auto& status = received.status;
    if (expect.code && expect.code->value != status.code())
        differences.push_back(make_difference("code", std::string(wire::to_name(expect.code->value)),
                                              to_code_text(status), expect.code->node));
    if (expect.http_status && expect.http_status->value != received.http_status)
        differences.push_back(make_difference("http_status", std::to_string(expect.http_status->value),
                                              std::to_string(received.http_status), expect.http_status->node));
    if (expect.message && status.message().find(expect.message->value) == std::string::npos)
        differences.push_back(make_difference("message", "text with " + to_quoted_text(expect.message->value),
                                              to_quoted_text(status.message()), expect.message->node));
}

void compare_headers(const Expectation& expect, const http::Headers& headers, std::vector<Difference>& differences) {
    for (const auto& expected : expect.headers) {
        std::string got;
        bool equal = false;
        for (const auto line : headers) {
            if (!http::same_name(line.name, expected.name)) continue;
            equal = equal || line.value == expected.value.value;
            got += (got.empty() ? "" : ", ") + to_quoted_text(line.value);
        }
        if (!equal)
            differences.push_back(make_difference("headers." + expected.name, to_quoted_text(expected.value.value),
                                                  got.empty() ? "absent" : got, expected.value.node));
    }
}

void compare_response(const Step& step, const Descriptors& descriptors, StepResult& result) {
    const auto& expect = step.expect;
    auto& received = *result.received;
    const auto actual = descriptors.make_message(*step.method->output_type());
    received.undecodable = read_message(received.body, step.codec, *actual);
    if (received.undecodable.empty()) {
        received.response = to_json_text(*actual, Defaults::shown);
        if (!expect.response) return;
        auto differences = compare_messages(expect.response->node, *expect.response->value, *actual);
        std::move(differences.begin(), differences.end(), std::back_inserter(result.differences));
        return;
    }
    const auto node = expect.response ? expect.response->node : expect.code ? expect.code->node : step.node;
    auto where = node.problem(source::ProblemCode::malformed, received.undecodable);
    result.differences.push_back({"", step.method->output_type()->full_name(), received.undecodable, std::move(where)});
    if (step.codec == wire::Codec::proto) result.hints = to_hints(received.body, *actual);
}

}  // namespace

http::Request to_request(const Step& step) {
    std::string body;
    wire::encode(*step.request, step.codec, body);
    // The type's name as the file spells it: it need not be one of the protocol's.
    auto call = client::to_http_request(
        step.method_path(), std::move(body),
        {.content_type = {.codec = step.codec, .name = step.content_type}, .headers = step.headers});
    http::Request request;
    request.method = std::move(call.method);
    request.target = std::move(call.target);
    for (const auto& [name, value] : call.headers) request.headers.add(name, value);
    request.body = std::move(call.body);
    return request;
}

StepResult to_unsent_result(const Step& step) {
    StepResult result;
    result.name = step.name;
    result.method = wire::to_path(step.method_path()).substr(1);
    result.position = step.node.position();
    result.request = to_json_text(*step.request, Defaults::shown);
    if (step.expect.response) result.expected = to_json_text(*step.expect.response->value, Defaults::shown);
    return result;
}

void judge_reply(const Step& step, const Descriptors& descriptors, const http::Response& reply, StepResult& result) {
    result.received = to_received(reply);
    compare_status(step.expect, *result.received, result.differences);
    compare_headers(step.expect, reply.headers, result.differences);
    if (result.received->status.ok()) compare_response(step, descriptors, result);
}

}  // namespace understudy::scenario
