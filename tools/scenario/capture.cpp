#include "tools/scenario/capture.hpp"

#include "tools/convert/json_text.hpp"
#include "tools/match/ignore_path.hpp"
#include "tools/match/json_value.hpp"
#include "tools/scenario/reply_message.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace understudy::scenario {

namespace {

constexpr std::array<std::string_view, 2> kTrees{"response", "event"};

// `event.path` as `event` and `path`; `response[0]` as `response` and `[0]`.
std::pair<std::string_view, std::string_view> split_source(std::string_view source) {
    const auto end = std::min(source.find_first_of(".["), source.size());
    auto rest = source.substr(end);
    if (rest.starts_with('.')) rest.remove_prefix(1);
    return {source.substr(0, end), rest};
}

const match::Value* find_value(const match::Value& tree, std::string_view path) {
    const auto* value = &tree;
    for (const auto& step : match::parse_path(path)) {
        const bool bracket = step.starts_with('[');
        const auto inside =
            bracket ? std::string_view(step).substr(1, step.size() - 2) : std::string_view(step).substr(1);
        if (value->kind == match::Kind::list) {
            const auto found = std::find_if(value->items.begin(), value->items.end(), [&](const match::Value& item) {
                return inside == std::to_string(&item - value->items.data());
            });
            if (found == value->items.end()) return nullptr;
            value = &*found;
        } else {
            const bool quoted = inside.starts_with('"');
            const auto* member = quoted || bracket ? value->find(quoted ? inside.substr(1, inside.size() - 2) : inside)
                                                   : match::find_member(*value, step);
            if (!member) return nullptr;
            value = &member->value;
        }
    }
    return value;
}

std::optional<std::string> find_in_json(std::string_view json, std::string_view path) {
    const auto tree = match::parse_json(json);
    const auto* value = tree ? find_value(*tree, path) : nullptr;
    return value ? std::optional(match::to_text(*value)) : std::nullopt;
}

std::optional<std::string> find_in_response(const Step& step, const Descriptors* descriptors, const Received& received,
                                            std::string_view path) {
    if (step.kind != StepKind::method || !received.status.ok()) return find_in_json(received.body, path);
    const auto reply = read_reply_message(step, *descriptors, received);
    const auto* value = reply.problem.empty() ? find_value(reply.value, path) : nullptr;
    return value ? std::optional(match::to_text(*value)) : std::nullopt;
}

std::optional<std::string> find_line(const wire::Metadata& lines, std::string_view name) {
    const std::string* value = wire::find_value(lines, name);
    return value ? std::optional(convert::to_quoted_text(*value)) : std::nullopt;
}

std::optional<std::string> find_source(std::string_view source, const Step& step, const Descriptors* descriptors,
                                       const StepResult& result) {
    const auto& received = *result.received;
    const auto [root, path] = split_source(source);
    if (root == "status") return std::to_string(received.http_status);
    if (root == "body") return convert::to_quoted_text(received.body);
    if (root == "header") return find_line(received.headers, path);
    if (root == "trailer") return find_line(received.trailers, path);
    if (root == "response") return find_in_response(step, descriptors, received, path);
    return result.events.empty() ? std::nullopt : find_in_json(result.events.back(), path);
}

}  // namespace

std::string_view response_path(std::string_view source) {
    const auto [root, path] = split_source(source);
    return root == "response" ? path : std::string_view();
}

bool is_capture_source(std::string_view source) {
    const auto [root, path] = split_source(source);
    if (root == "status" || root == "body") return path.empty();
    if (root == "header" || root == "trailer") return !path.empty();
    const bool tree = std::find(kTrees.begin(), kTrees.end(), root) != kTrees.end();
    if (!tree || path.empty()) return tree;
    const auto steps = match::parse_path(path);
    const auto is_any = [](const std::string& step) { return step == ".*" || step == "[*]"; };
    return !steps.empty() && std::none_of(steps.begin(), steps.end(), is_any);
}

void capture_values(const Step& step, const Descriptors* descriptors, StepResult& result) {
    for (const auto& capture : step.captures) {
        auto value = find_source(capture.source.value, step, descriptors, result);
        if (value)
            result.captures.emplace_back(capture.name, *std::move(value));
        else
            result.differences.push_back(match::make_difference(
                "capture." + capture.name, "a value at " + capture.source.value, "absent", capture.source.node));
    }
}

}  // namespace understudy::scenario
