#include "tools/replay/promote_obstacle.hpp"

#include "tools/replay/entrance.hpp"
#include "tools/replay/promote_invoke.hpp"
#include "tools/replay/subject.hpp"

#include <algorithm>
#include <string_view>

namespace understudy::replay {
namespace {

/// What of the request is redacted; empty where nothing is.
std::string find_redacted_part(const record::Exchange& exchange) {
    const auto found =
        std::ranges::find_if(exchange.redacted, [](const std::string& path) { return path.starts_with("request."); });
    return found == exchange.redacted.end() ? "" : *found;
}

/// Of an answer for which no function was asked.
std::string find_obstacle_of_own_answer(const record::Exchange& exchange, const record::Session* session,
                                        const PromoteRules& rules) {
    const bool of_template = session != nullptr && !session->template_sha256.empty();
    if (rules.template_file.empty())
        return of_template ? "was answered by the API itself, and a command has no routes: name the template instead"
                           : "";
    if (exchange.front == "rest" && exchange.stage.empty() && find_described_api(exchange, session) != nullptr)
        return "was answered in front of the API's stage, and steps go to the stage";
    const auto redacted = find_redacted_part(exchange);
    if (!exchange.invocations.empty() && !redacted.empty())
        return "was refused by an authorizer for what is redacted, " + redacted;
    return {};
}

}  // namespace

std::string find_promote_obstacle(const Selected& selected, const PromoteRules& rules) {
    const auto& exchange = selected.exchange();
    if (is_unfinished(exchange)) return "was refused before its request was whole";
    if (const auto scheme = find_other_scheme(exchange); !scheme.empty())
        return "went to a URL of '" + std::string(scheme) + "', which no step can";
    if (!exchange.missing.empty()) return "is not whole in the recording: " + exchange.missing;
    const bool by_itself = find_function_call(exchange) == nullptr;
    if (goes_through_door(exchange)) {
        const auto target = find_entrance(exchange).target;
        const bool is_path = target.empty() || target.starts_with('/') || target.find("://") != std::string_view::npos;
        if (!is_path) return "asks for no path, which no step can";
        return by_itself ? find_obstacle_of_own_answer(exchange, selected.recorded.session.get(), rules) : "";
    }
    if (exchange.front == "websocket" && by_itself)
        return "was answered by the WebSocket API itself, and no step opens a WebSocket or calls @connections";
    if (by_itself && to_refused_invoke_step(exchange, rules).empty())
        return exchange.front == "invoke" ? "is a call of the Lambda API that no step makes"
                                          : "holds nothing that can be sent";
    return {};
}

}  // namespace understudy::replay
