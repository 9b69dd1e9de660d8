#include "tools/match/ignore_path.hpp"
#include "tools/replay/compare.hpp"
#include "tools/replay/header_path.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace understudy::replay {
namespace {

using Invocations = std::vector<const record::Invocation*>;

/// Those of the function behind a front, in order.
Invocations find_invocations(const record::Exchange& exchange) {
    Invocations found;
    for (const auto& invocation : exchange.invocations) {
        if (!invocation.authorizer) found.push_back(&invocation);
    }
    return found;
}

bool has_reply(const record::Invocation& invocation) {
    return invocation.outcome == record::Outcome::succeeded || invocation.outcome == record::Outcome::function_error;
}

/// What is no difference.
void add_met(Compared& compared, const Compared& more) {
    compared.redacted += more.redacted;
    compared.by_value = compared.by_value || more.by_value;
    compared.ignores_met.insert(more.ignores_met.begin(), more.ignores_met.end());
    compared.expectations_met.insert(more.expectations_met.begin(), more.expectations_met.end());
}

/// `status` as `reply.status`; a reply that is no proxy reply has that in its paths already.
Deviation with_reply(Deviation deviation) {
    if (deviation.path == "reply" || deviation.path.starts_with("reply.") || deviation.path.starts_with("reply["))
        return deviation;
    const Change change = deviation.change;
    return {match::with_prefix(std::move(deviation), "reply"), change};
}

bool is_body(const Deviation& deviation) {
    return deviation.path == "body" || deviation.path.starts_with("body.") || deviation.path.starts_with("body[");
}

/// What follows `body` or `reply` in a path: a reply that is no proxy reply is the body.
std::string_view to_inner(const Deviation& deviation) {
    return std::string_view(deviation.path).substr(std::min(deviation.path.find_first_of(".["), deviation.path.size()));
}

/// A place of the reply alone: `reply.headers.etag`, which means nothing in a response.
bool is_ignored(const Deviation& deviation, const ReplayRules& rules) {
    return std::ranges::any_of(rules.ignore, [&](const std::string& text) {
        if (!text.starts_with("reply")) return false;
        std::vector<match::PathStep> steps;
        for (auto& step : match::parse_path(deviation.path)) {
            auto key = step.starts_with('.') ? match::to_key_step(std::string_view(step).substr(1)) : std::string();
            steps.push_back({std::move(step), std::move(key)});
        }
        const auto matches = [&](const std::string& spelled) {
            const auto path = match::IgnorePath::parse(spelled);
            return path && path->matches(steps, 0);
        };
        return matches(text) || matches(to_header_path(text));
    });
}

void add_one(const record::Invocation& recorded, const record::Invocation* actual, const ReplayRules& rules,
             const ServerNames& names, Compared& compared) {
    if (actual == nullptr || actual->outcome == record::Outcome::unknown) {
        const std::string got = actual == nullptr ? "no call of a function" : "no reply in time";
        compared.differences.push_back({match::make_difference("reply", "a reply", got, {}), Change::missing});
        return;
    }
    auto found = compare_replies(recorded, to_function_reply(*actual), rules, names);
    add_met(compared, found);
    for (auto& difference : found.differences) {
        Deviation deviation = with_reply(std::move(difference));
        if (!is_ignored(deviation, rules)) compared.differences.push_back(std::move(deviation));
    }
}

}  // namespace

Compared compare_invocations(const record::Exchange& recorded, const record::Exchange& actual,
                             const ReplayRules& rules) {
    Compared compared;
    const auto before = find_invocations(recorded), after = find_invocations(actual);
    const ServerNames names{find_host(recorded), find_host(actual)};
    for (std::size_t i = 0; i < before.size(); ++i) {
        if (has_reply(*before[i])) add_one(*before[i], i < after.size() ? after[i] : nullptr, rules, names, compared);
    }
    return compared;
}

void add_behind(Compared& response, Compared&& replies) {
    const auto shown = [&](const Deviation& behind) {
        return std::ranges::any_of(response.differences, [&](const Deviation& difference) {
            return behind.path == "reply." + difference.path ||
                   (is_body(difference) && to_inner(behind) == to_inner(difference));
        });
    };
    std::erase_if(replies.differences, shown);
    std::ranges::move(replies.differences, std::back_inserter(response.differences));
    add_met(response, replies);
}

}  // namespace understudy::replay
