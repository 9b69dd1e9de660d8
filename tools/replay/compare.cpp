#include "tools/replay/compare.hpp"

#include "tools/convert/json_text.hpp"
#include "tools/match/compare.hpp"
#include "tools/match/ignore_path.hpp"
#include "tools/match/json_value.hpp"
#include "tools/replay/reply_value.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

namespace understudy::replay {
namespace {

using match::Difference;
using match::Value;

constexpr std::size_t kMostShown = 300, kShownBefore = 80;
constexpr std::string_view kRedactedText = "\"[redacted]\"";

/// A long value cut to what is around the place where the two part.
std::string cut(const std::string& text, std::size_t parting) {
    if (text.size() <= kMostShown) return text;
    const auto is_inside = [&](std::size_t at) {
        return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
    };
    std::size_t begin = std::min(parting, text.size()) - std::min(parting, kShownBefore);
    while (is_inside(begin)) ++begin;
    std::size_t end = std::min(begin + kMostShown, text.size());
    while (is_inside(end)) ++end;
    return (begin > 0 ? "…" : "") + text.substr(begin, end - begin) + (end < text.size() ? "…" : "");
}

Difference shorten(Difference difference) {
    const auto [left, right] = std::mismatch(difference.expected.begin(), difference.expected.end(),
                                             difference.actual.begin(), difference.actual.end());
    const auto parting = static_cast<std::size_t>(left - difference.expected.begin());
    return match::make_difference(std::move(difference.path), cut(difference.expected, parting),
                                  cut(difference.actual, parting), {});
}

using Visit = std::function<void(const std::string& path, const Value* value)>;

/// Calls `visit` with each value that a path names, or with none where there is nothing.
void visit_values(const Value& value, const std::string& path, std::span<const std::string> steps, const Visit& visit) {
    if (steps.empty()) return visit(path, &value);
    const auto& step = steps.front();
    const auto rest = steps.subspan(1);
    if (step == "[*]" || step == ".*") {
        for (std::size_t i = 0; i < value.items.size(); ++i)
            visit_values(value.items[i], path + '[' + std::to_string(i) + ']', rest, visit);
        for (const auto& member : value.members) visit_values(member.value, path + match::to_step(member), rest, visit);
        return;
    }
    for (std::size_t i = 0; i < value.items.size(); ++i) {
        if (step == '[' + std::to_string(i) + ']') return visit_values(value.items[i], path + step, rest, visit);
    }
    for (const auto& member : value.members) {
        if (step == '.' + member.name || step == match::to_step(member))
            return visit_values(member.value, path + match::to_step(member), rest, visit);
    }
    visit(path + step, nullptr);
}

void compare_expected(const Value& actual, const ReplayRules& rules, std::vector<Difference>& differences) {
    Value nothing = match::make_null();
    nothing.set = false;
    nothing.shown = "absent";
    for (const auto& expected : rules.expectations) {
        visit_values(actual, {}, expected.steps, [&](const std::string& path, const Value* value) {
            auto comparison = match::compare_value(expected.pattern, value == nullptr ? nothing : *value,
                                                   match::UnknownFields::error);
            for (auto& difference : comparison.differences)
                differences.push_back(
                    match::with_prefix(std::move(difference), path.starts_with('.') ? path.substr(1) : path));
        });
    }
}

Compared compare_values(const Value& recorded, const Value& actual, const ReplayRules& rules) {
    auto pattern = match::to_pattern(recorded, match::Mode::exact);
    const auto ignore = [&](const std::string& text) {
        if (auto path = match::IgnorePath::parse(text)) pattern.ignore.push_back(*std::move(path));
    };
    std::for_each(rules.ignore.begin(), rules.ignore.end(), ignore);
    for (const auto& expected : rules.expectations) ignore(expected.path);
    auto found = match::compare_value(pattern, actual, match::UnknownFields::error).differences;
    Compared compared;
    for (auto& difference : found) {
        if (difference.expected == kRedactedText || difference.actual == kRedactedText)
            ++compared.redacted;
        else
            compared.differences.push_back(shorten(std::move(difference)));
    }
    compare_expected(actual, rules, compared.differences);
    return compared;
}

/// What an error document says, in a line.
std::string to_error_text(std::string_view document, std::string_view type) {
    const auto json = match::parse_json(document);
    const auto text_of = [&](const char* name) {
        const auto* member = json ? json->find(name) : nullptr;
        return member == nullptr ? std::string() : member->value.text;
    };
    std::string text = text_of("errorType");
    if (text.empty()) text = type;
    const auto message = text_of("errorMessage");
    return "the error " + text + (message.empty() ? "" : ": " + message);
}

std::string to_outcome_text(record::Outcome outcome, std::string_view payload, std::string_view type) {
    if (outcome == record::Outcome::succeeded) return "a reply";
    return outcome == record::Outcome::throttled ? "a throttled call" : to_error_text(payload, type);
}

/// An error document, as far as it is the same in each run.
Value to_error_value(std::string_view document, const ReplayRules& rules) {
    auto json = match::parse_json(document);
    Value object = make_object();
    Value error = json ? std::move(*json) : match::make_text(document);
    if (rules.volatile_values == Volatile::left_out) {
        std::erase_if(error.members, [](const auto& member) {
            return member.name == "stackTrace" || member.name == "trace" || member.name == "requestId";
        });
        for (auto& member : error.members) {
            if (member.name == "errorMessage" && member.value.kind == match::Kind::text)
                member.value = match::make_text(to_stable_message(member.value.text));
        }
    }
    add_member(object, "error", std::move(error));
    return object;
}

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

ReplyParts to_response_parts(int status, const http::Headers& headers, std::string_view body) {
    ReplyParts parts;
    parts.status = std::to_string(status);
    for (const auto line : headers) parts.headers.emplace_back(line.name, line.value);
    parts.body = body;
    return parts;
}

bool same_lines(const http::Headers& recorded, const http::Headers& actual, const ReplayRules& rules) {
    const auto next = [&](const http::Headers& headers, std::size_t at) {
        const bool all = rules.volatile_values == Volatile::compared;
        while (at < headers.size() && !all && is_volatile_header(headers[at].name)) ++at;
        return at;
    };
    std::size_t left = next(recorded, 0), right = next(actual, 0);
    while (left < recorded.size() && right < actual.size()) {
        if (recorded[left] != actual[right]) return false;
        left = next(recorded, left + 1);
        right = next(actual, right + 1);
    }
    return left == recorded.size() && right == actual.size();
}

}  // namespace

Compared compare_replies(const record::Invocation& recorded, const FunctionReply& actual, const ReplayRules& rules) {
    const bool both_succeeded =
        recorded.outcome == record::Outcome::succeeded && actual.outcome == record::Outcome::succeeded;
    if ((recorded.outcome == record::Outcome::succeeded) != (actual.outcome == record::Outcome::succeeded)) {
        return {{shorten(match::make_difference("outcome",
                                                to_outcome_text(recorded.outcome, recorded.reply, recorded.error_type),
                                                to_outcome_text(actual.outcome, actual.payload, {}), {}))},
                0};
    }
    const bool asked_more = both_succeeded && !rules.expectations.empty();
    if (recorded.reply == actual.payload && !asked_more) return {};
    if (!both_succeeded)
        return compare_values(to_error_value(recorded.reply, rules), to_error_value(actual.payload, rules), rules);
    const auto left = parse_proxy_reply(recorded.reply);
    const auto right = left ? parse_proxy_reply(actual.payload) : left;
    const auto* method = rules.descriptors ? rules.find_method(to_subject(recorded).path) : nullptr;
    const auto values =
        left && right ? to_values(*left, *right, method, rules) : to_plain_values(recorded.reply, actual.payload);
    return compare_values(values.first, values.second, rules);
}

Compared compare_responses(const record::Exchange& recorded, const http::Response& actual, const ReplayRules& rules) {
    const auto& response = *recorded.response;
    const int status = parse_status_line(response.start_line);
    if (rules.expectations.empty() && status == actual.status && response.body == actual.body.view() &&
        same_lines(response.headers, actual.headers, rules))
        return {};
    const auto* method = rules.descriptors ? rules.find_method(to_subject(recorded).path) : nullptr;
    const auto values = to_values(to_response_parts(status, response.headers, response.body),
                                  to_response_parts(actual.status, actual.headers, actual.body.view()), method, rules);
    return compare_values(values.first, values.second, rules);
}

}  // namespace understudy::replay
