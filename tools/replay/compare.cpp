#include "tools/replay/compare.hpp"

#include "emulator/http/event_stream_type.hpp"
#include "emulator/source/text.hpp"
#include "tools/convert/json_text.hpp"
#include "tools/match/json_value.hpp"
#include "tools/replay/compare_values.hpp"
#include "tools/replay/error_reply.hpp"
#include "tools/replay/event_stream.hpp"
#include "tools/replay/reply_value.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

namespace understudy::replay {
namespace {

using match::Value;

/// A reply that is no proxy reply: JSON by value, else text or bytes.
std::pair<Value, Value> to_plain_values(std::string_view recorded, std::string_view actual) {
    std::pair<Value, Value> values{make_object(), make_object()};
    auto left = match::parse_json(recorded);
    auto right = left ? match::parse_json(actual) : left;
    const bool json = left && right;
    add_member(values.first, "reply", json ? std::move(*left) : match::make_text(recorded));
    add_member(values.second, "reply", json ? std::move(*right) : match::make_text(actual));
    return values;
}

/// An answer that calls the server what it is called now.
ReplyParts with_server(ReplyParts parts, const ServerNames& names) {
    for (auto& [name, value] : parts.headers) value = name_server(value, names);
    if (source::is_utf8(parts.body)) parts.body = name_server(parts.body, names);
    return parts;
}

std::pair<Value, Value> to_payload_values(std::string_view recorded, std::string_view actual,
                                          const google::protobuf::MethodDescriptor* method, const ReplayRules& rules,
                                          const ServerNames& names) {
    auto left = parse_proxy_reply(recorded);
    auto right = left ? parse_proxy_reply(actual) : left;
    if (left && right) {
        left = with_server(*std::move(left), names);
        right = with_server(*std::move(right), names);
    }
    return left && right ? to_values(*left, *right, method, rules) : to_plain_values(recorded, actual);
}

/// Two errors by their documents. Those that end a stream by their types too, and by what came before them. Recordings
/// from before the documents of such errors were written down have none.
Compared compare_errors(const FunctionReply& recorded, const FunctionReply& actual, const ReplayRules& rules) {
    const bool both_streamed = recorded.streamed && actual.streamed;
    if (!both_streamed) {
        const std::string &before = find_error_document(recorded), &after = find_error_document(actual);
        if (before == after) return {};
        return compare_values(to_error_value(before, rules), to_error_value(after, rules), rules, Edge::reply);
    }
    auto values = to_payload_values(recorded.payload, actual.payload, nullptr, rules, {});
    add_member(values.first, "errorType", match::make_text(find_error_type(recorded)));
    add_member(values.second, "errorType", match::make_text(find_error_type(actual)));
    if (!recorded.stream_error.empty()) {
        values.first.members.push_back(to_error_value(recorded.stream_error, rules).members.front());
        values.second.members.push_back(to_error_value(actual.stream_error, rules).members.front());
    }
    return compare_values(values.first, values.second, rules, Edge::reply);
}

ReplyParts to_response_parts(int status, const http::Headers& headers, std::string_view body) {
    ReplyParts parts;
    parts.status = std::to_string(status);
    for (const auto line : headers) parts.headers.emplace_back(line.name, line.value);
    parts.body = body;
    return parts;
}

/// Two responses in frames; nullopt where either is none.
std::optional<std::pair<Value, Value>> to_stream_values(const ReplyParts& recorded, const ReplyParts& actual,
                                                        const ReplayRules& rules) {
    if (recorded.header("content-type") != http::kEventStreamType ||
        actual.header("content-type") != http::kEventStreamType)
        return std::nullopt;
    const auto before = parse_event_stream(recorded.body);
    const auto after = before ? parse_event_stream(actual.body) : std::nullopt;
    if (!after) return std::nullopt;
    const auto to_parts = [](ReplyParts parts, const std::string& payload) {
        parts.body = payload;
        std::erase_if(parts.headers, [](const auto& line) { return http::same_name(line.first, "content-type"); });
        return parts;
    };
    auto values = to_values(to_parts(recorded, before->payload), to_parts(actual, after->payload), nullptr, rules);
    if (before->error_code.empty() && after->error_code.empty()) return values;
    add_member(values.first, "errorCode", match::make_text(before->error_code));
    add_member(values.second, "errorCode", match::make_text(after->error_code));
    values.first.members.push_back(to_error_value(before->error_details, rules).members.front());
    values.second.members.push_back(to_error_value(after->error_details, rules).members.front());
    return values;
}

/// That one answer was cut off, and the other was not.
Deviation to_cut_deviation(bool was_cut) {
    constexpr const char *kCut = "one that was cut off", *kWhole = "a whole response";
    return {match::make_difference("response", was_cut ? kCut : kWhole, was_cut ? kWhole : kCut, {}),
            was_cut ? Change::recovered : Change::failed};
}

bool same_lines(const http::Headers& recorded, const http::Headers& actual, const ReplayRules& rules) {
    const auto counted = [all = rules.volatile_values == Volatile::compared](const http::Headers& headers) {
        std::vector<http::HeaderLine> lines;
        std::ranges::copy_if(headers, std::back_inserter(lines),
                             [all](const http::HeaderLine& line) { return all || !is_volatile_header(line.name); });
        return lines;
    };
    return counted(recorded) == counted(actual);
}

}  // namespace

Deviation to_deviation(match::Difference difference) {
    const bool missing = difference.actual == match::kAbsent, added = difference.expected == match::kAbsent;
    return {std::move(difference), missing ? Change::missing : added ? Change::added : Change::changed};
}

Compared compare_replies(const record::Invocation& recorded, const FunctionReply& actual, const ReplayRules& rules,
                         const ServerNames& names) {
    const bool both_succeeded =
        recorded.outcome == record::Outcome::succeeded && actual.outcome == record::Outcome::succeeded;
    if (both_succeeded && recorded.reply == actual.payload && rules.expectations.empty()) return {};
    if ((recorded.outcome == record::Outcome::succeeded) != (actual.outcome == record::Outcome::succeeded)) {
        const bool failed = recorded.outcome == record::Outcome::succeeded;
        const auto before = to_outcome_text(to_function_reply(recorded));
        return {{{match::make_difference("outcome", before, to_outcome_text(actual), {}),
                  failed ? Change::failed : Change::recovered}},
                0};
    }
    if (!both_succeeded) return compare_errors(to_function_reply(recorded), actual, rules);
    const auto* method = rules.descriptors ? rules.find_method(to_subject(recorded).path) : nullptr;
    const auto values = to_payload_values(recorded.reply, actual.payload, method, rules, names);
    return compare_values(values.first, values.second, rules, Edge::reply);
}

Compared compare_responses(const record::Exchange& recorded, const Answer& answer, const ReplayRules& rules) {
    const auto& response = *recorded.response;
    const http::Response& actual = answer.response;
    const ServerNames names{find_host(recorded), answer.host};
    const int status = parse_status_line(response.start_line);
    if (response.cut_off != answer.cut_off) return {{to_cut_deviation(response.cut_off)}};
    if (response.cut_off) {
        return compare_values(
            to_envelope(with_server(to_response_parts(status, response.headers, {}), names), rules),
            to_envelope(with_server(to_response_parts(actual.status, actual.headers, {}), names), rules), rules,
            Edge::response);
    }
    if (rules.expectations.empty() && status == actual.status && response.body == actual.body.view() &&
        same_lines(response.headers, actual.headers, rules))
        return {};
    const auto* method = rules.descriptors ? rules.find_method(to_subject(recorded).path) : nullptr;
    const auto before = with_server(to_response_parts(status, response.headers, response.body), names);
    const auto after = with_server(to_response_parts(actual.status, actual.headers, actual.body.view()), names);
    const auto streams = to_stream_values(before, after, rules);
    const auto values = streams ? *streams : to_values(before, after, method, rules);
    return compare_values(values.first, values.second, rules, Edge::response);
}

}  // namespace understudy::replay
