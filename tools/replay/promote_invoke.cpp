#include "tools/replay/promote_invoke.hpp"

#include "tools/match/json_value.hpp"
#include "tools/replay/error_reply.hpp"
#include "tools/replay/promote_body.hpp"
#include "tools/replay/subject.hpp"
#include "tools/replay/yaml_text.hpp"

#include <string_view>

namespace understudy::replay {
namespace {

/// Without an `expect` a step asks for no reply, only that the function does not fail.
constexpr const char* kWithoutReply =
    "    # No reply was recorded: all that is expected is that the function does not fail. With\n"
    "    #   expect: { response: $update }\n"
    "    # `understudy test --update` writes down what it replies.\n";

/// `function:qualifier`, as a step names it; nullopt for a call that is no Invoke.
std::optional<std::string> find_invoked(const record::Exchange& exchange) {
    constexpr std::string_view kBegin = "/2015-03-31/functions/", kEnd = "/invocations", kQualifier = "?Qualifier=";
    if (exchange.front != "invoke" || !exchange.request || !exchange.response) return std::nullopt;
    auto [method, target] = parse_request_line(exchange.request->start_line);
    if (method != "POST" || !target.starts_with(kBegin)) return std::nullopt;
    target.remove_prefix(kBegin.size());
    const auto end = target.find(kEnd);
    if (end == std::string_view::npos) return std::nullopt;
    const std::string name(target.substr(0, end));
    const auto query = target.substr(end + kEnd.size());
    if (query.empty()) return name;
    if (!query.starts_with(kQualifier) || query.find('&') != std::string_view::npos) return std::nullopt;
    return name + ':' + std::string(query.substr(kQualifier.size()));
}

/// How the call asked to be taken: a type of the scenario's, or a header that no type stands for.
std::string to_type(std::string_view type) {
    if (type == "Event") return "type: event";
    return type == "DryRun" ? "type: dry_run" : "";
}

std::string to_type_header(std::string_view type) {
    if (type.empty() || type == "RequestResponse" || !to_type(type).empty()) return {};
    return std::string(kAtStep, ' ') + "headers: { X-Amz-Invocation-Type: " + to_yaml_word(type) + " }\n";
}

}  // namespace

std::string to_invoke_step(const record::Invocation& invocation, const PromoteRules& rules) {
    const bool named = !rules.template_file.empty() && !invocation.function.empty();
    std::string text =
        named ? "  - invoke: { function: " + to_yaml_word(invocation.function) + " }\n" : "  - invoke: {}\n";
    text += to_request_body(invocation.event, BodyKind::json);
    const std::string expect = std::string(kAtStep, ' ') + "expect:\n";
    if (invocation.outcome == record::Outcome::unknown) return text + kWithoutReply;
    if (invocation.outcome == record::Outcome::succeeded) {
        const auto expected = to_expected_reply(invocation.reply);
        return expected.empty() ? text : text + expect + expected;
    }
    const auto reply = match::parse_json(find_error_document(to_function_reply(invocation)));
    text += expect + to_line(kAtExpect, "function_error", "Unhandled");
    const auto* type = reply ? reply->find("errorType") : nullptr;
    if (type == nullptr) return text;
    return text + to_line(kAtExpect, "match", "partial") +
           to_line(
               kAtExpect, "response",
               "{ errorType: " + to_redacted_matcher(type->value.text).value_or(to_yaml_word(type->value.text)) + " }");
}

std::string to_refused_invoke_step(const record::Exchange& exchange, const PromoteRules& rules) {
    const auto* invocation = find_function_call(exchange);
    const bool throttled = invocation != nullptr && invocation->outcome == record::Outcome::throttled;
    const auto invoked = find_invoked(exchange);
    if (!invoked || (invocation != nullptr && !throttled)) return {};
    const auto type = exchange.request->headers.first("x-amz-invocation-type").value_or("");
    const auto status = parse_status_line(exchange.response->start_line);
    // A command is its scenario's only function, whatever it was called.
    const bool is_named = !rules.template_file.empty() || status == 404;
    const std::string call = (is_named ? "function: " + to_yaml_word(*invoked) : "") +
                             (is_named && !to_type(type).empty() ? ", " : "") + to_type(type);
    std::string text = "  - invoke: {" + (call.empty() ? "" : ' ' + call + ' ') + "}\n" + to_type_header(type);
    text += to_request_body(exchange.request->body, BodyKind::json);
    if (throttled) text += std::string(kAtStep, ' ') + "fault: { kind: throttle }\n";
    text += std::string(kAtStep, ' ') + "expect:\n" + to_line(kAtExpect, "http_status", std::to_string(status));
    // A command has no reserved concurrency, of which the reason speaks.
    if (throttled && !is_named) text += to_line(kAtExpect, "ignore", "[Reason]");
    return text + to_expected_body(*exchange.response, {});
}

}  // namespace understudy::replay
