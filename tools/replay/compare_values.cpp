#include "tools/replay/compare_values.hpp"

#include "tools/match/compare.hpp"
#include "tools/match/ignore_path.hpp"
#include "tools/replay/header_path.hpp"
#include "tools/replay/redacted_text.hpp"
#include "tools/replay/reply_value.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace understudy::replay {
namespace {

using match::Difference;
using match::Value;

constexpr std::string_view kOfReply = "reply.";

/// Whether two sides differ in what is redacted, and in nothing else. Nothing is no other value.
bool is_kept_back(const Difference& difference) {
    if (difference.expected == match::kAbsent || difference.actual == match::kAbsent) return false;
    return is_redacted(difference.expected) || is_redacted(difference.actual) ||
           is_same_but_redacted(difference.expected, difference.actual) ||
           is_same_but_redacted(difference.actual, difference.expected);
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
    if (const auto* member = match::find_member(value, step))
        return visit_values(member->value, path + match::to_step(*member), rest, visit);
    visit(path + step, nullptr);
}

/// What stands for a value where there is none.
Value make_nothing() {
    Value nothing = match::make_null();
    nothing.set = false;
    nothing.shown = match::kAbsent;
    return nothing;
}

/// The same, but that a default which is not sent is nothing where the other side is redacted: that was sent.
Difference to_missing_default(Difference difference, const Value& recorded, const Value& actual) {
    const auto is_unset = [steps = match::parse_path(difference.path)](const Value& value) {
        bool unset = false;
        visit_values(value, {}, steps, [&](const std::string&, const Value* found) { unset = found && !found->set; });
        return unset;
    };
    const bool missing = is_redacted(difference.expected) && is_unset(actual);
    const bool added = is_redacted(difference.actual) && is_unset(recorded);
    if (!missing && !added) return difference;
    return match::make_difference(difference.path, missing ? difference.expected : match::kAbsent,
                                  added ? difference.actual : match::kAbsent, {});
}

/// Whether a path names something; one that names no element of a list means all of them.
bool has_path(const Value& value, std::span<const std::string> steps) {
    if (steps.empty()) return true;
    const auto& step = steps.front();
    const bool any = step == "[*]" || step == ".*";
    for (std::size_t i = 0; i < value.items.size(); ++i) {
        const bool named = any || step == '[' + std::to_string(i) + ']';
        if (named ? has_path(value.items[i], steps.subspan(1))
                  : !step.starts_with('[') && has_path(value.items[i], steps))
            return true;
    }
    return std::ranges::any_of(value.members, [&](const match::Member& member) {
        const bool named = any || match::leads_to(step, member);
        return named && has_path(member.value, steps.subspan(1));
    });
}

/// The same where `reply` names the whole, as it does behind a front.
bool has_named(const Value& value, std::span<const std::string> steps) {
    if (has_path(value, steps)) return true;
    return !steps.empty() && steps.front() == ".reply" && has_path(value, steps.subspan(1));
}

/// What is expected at a path. Where neither side has it, it is of another kind of exchange, unless being absent is
/// what is expected.
void compare_expected(std::size_t number, const Value& recorded, const Value& actual, const ReplayRules& rules,
                      Compared& compared) {
    const auto& expected = rules.expectations[number];
    const Value nothing = make_nothing();
    const auto judge = [&](const Value& value) {
        return match::compare_value(expected.pattern, value, match::UnknownFields::by_mode).differences;
    };
    const auto is_in_either = [&](const auto& steps) { return has_path(recorded, steps) || has_path(actual, steps); };
    // A reply that is no proxy reply may have `headers` of its own, whose case counts.
    const auto steps = is_in_either(expected.steps) ? expected.steps : to_header_steps(expected.steps);
    const bool is_there = is_in_either(steps);
    if (is_there || judge(nothing).empty()) compared.expectations_met.insert(number);
    if (!is_there) return;
    visit_values(actual, {}, steps, [&](const std::string& path, const Value* value) {
        const std::string prefix = match::to_path_text(path);
        for (auto& difference : judge(value == nullptr ? nothing : *value))
            compared.differences.push_back(to_deviation(match::with_prefix(std::move(difference), prefix)));
    });
}

}  // namespace

Compared compare_values(const Value& recorded, const Value& actual, const ReplayRules& rules, Edge edge) {
    auto pattern = match::to_pattern(recorded, match::Mode::exact);
    Compared compared;
    compared.by_value = true;
    const auto ignore = [&](const std::string& text) {
        for (const auto& spelled : {text, to_header_path(text)}) {
            if (auto path = match::IgnorePath::parse(spelled)) pattern.ignore.push_back(*std::move(path));
        }
    };
    for (std::size_t i = 0; i < rules.ignore.size(); ++i) {
        ignore(rules.ignore[i]);
        if (edge == Edge::reply && rules.ignore[i].starts_with(kOfReply))
            ignore(rules.ignore[i].substr(kOfReply.size()));
        const auto steps = match::parse_path(rules.ignore[i]);
        for (const auto& spelled : {steps, to_header_steps(steps)}) {
            if (has_named(recorded, spelled) || has_named(actual, spelled)) compared.ignores_met.insert(i);
        }
    }
    for (const auto& expected : rules.expectations) ignore(expected.path);
    auto found = match::compare_value(pattern, actual, match::UnknownFields::by_mode).differences;
    for (auto& shown : found) {
        auto difference = to_missing_default(std::move(shown), recorded, actual);
        if (is_kept_back(difference))
            ++compared.redacted;
        else
            compared.differences.push_back(to_deviation(std::move(difference)));
    }
    for (std::size_t i = 0; i < rules.expectations.size(); ++i) compare_expected(i, recorded, actual, rules, compared);
    return compared;
}

}  // namespace understudy::replay
