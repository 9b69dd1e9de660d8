#include "emulator/app/template/value_rules.hpp"

#include "emulator/app/template/names.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace understudy::app::templates {
namespace {

/// More words than these are not told one by one.
constexpr std::size_t kMostTold = 8;

struct NumberRange {
    std::int64_t least = 0;
    std::int64_t most = 0;
};

std::optional<std::int64_t> to_whole_number(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

std::optional<NumberRange> to_range(std::string_view word) {
    const std::size_t dots = word.find("..");
    if (dots == std::string_view::npos) return std::nullopt;
    const auto least = to_whole_number(word.substr(0, dots));
    const auto most = to_whole_number(word.substr(dots + 2));
    return least && most ? std::optional(NumberRange{*least, *most}) : std::nullopt;
}

bool is_kind(std::string_view word) {
    return word == "map" || word == "list" || word == "text";
}

/// A value as it is written, and no number: what may have been misspelt.
bool is_word(std::string_view word) {
    return !is_kind(word) && (word.front() >= 'A' && word.front() <= 'z');
}

bool takes_word(const Value& value, std::string_view word) {
    if (word == "map") return value.is_map();
    if (word == "list") return value.is_list();
    if (!value.is_text()) return false;
    if (word == "text") return true;
    if (word.starts_with('$')) return has_form(value.text, word);
    if (word == "true" || word == "false") return value.is_true() == (word == "true");
    const auto range = to_range(word);
    if (!range) return value.text == word;
    const auto number = to_whole_number(value.text);
    return number && *number >= range->least && *number <= range->most;
}

std::string describe_word(std::string_view word) {
    if (is_kind(word)) return "a " + std::string(word);
    if (word.starts_with('$')) return std::string(describe_form(word));
    const auto range = to_range(word);
    return range ? std::to_string(range->least) + " to " + std::to_string(range->most) : std::string(word);
}

std::string describe_takes(const ValueRule& rule) {
    const auto words = split_words(rule.takes);
    std::string all;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string_view between = i == 0 ? "" : i + 1 == words.size() ? " or " : ", ";
        all.append(between).append(describe_word(words[i]));
    }
    return all;
}

bool is_taken(const Value& value, const ValueRule& rule) {
    const auto words = split_words(rule.takes);
    return std::ranges::any_of(words, [&value](std::string_view word) { return takes_word(value, word); });
}

void report(const source::Node& node, std::string_view written, const ValueRule& rule, Findings& findings) {
    const std::string remark(rule.remark);
    if (rule.verdict == Verdict::noted) return findings.note(node, remark);
    const auto words = split_words(rule.takes);
    std::string message = words.size() > kMostTold ? "AWS knows no '" + std::string(written) + "' here"
                                                   : "AWS takes " + describe_takes(rule) + " here";
    if (!remark.empty()) message += ": " + remark;
    std::vector<std::string_view> near;
    std::ranges::copy_if(words, std::back_inserter(near), is_word);
    findings.fail_unknown(node, written, std::move(message), near);
}

/// Whether AWS deploys that very text: it puts others in the place of what it makes up, and of dynamic references.
bool is_known(const Value& value) {
    return !value.made_up && value.text.find("{{resolve:") == std::string::npos;
}

void check_one(const Value& value, const ValueRule& rule, Findings& findings) {
    const bool checkable = value.present() && !value.is_unknown() && is_known(value) && value.node;
    if (checkable && !is_taken(value, rule)) report(*value.node, value.text, rule, findings);
}

/// A number that is only measured, of these units.
void check_measure(const Value& value, std::size_t measured, std::string_view units, const ValueRule& rule,
                   Findings& findings) {
    const auto range = to_range(rule.takes);
    if (!range || static_cast<std::int64_t>(measured) <= range->most) return;
    std::string message = "AWS takes at most " + std::to_string(range->most);
    message.append(" ").append(units).append(" here, and there are ").append(std::to_string(measured));
    if (!rule.remark.empty()) message.append(": ").append(rule.remark);
    findings.fail(value, std::move(message));
}

void check_repeats(const Value& value, const ValueRule& rule, Findings& findings) {
    for (auto item = value.items.begin(); item != value.items.end(); ++item) {
        const auto is_it = [&item](const Value& other) { return !other.made_up && other.text == item->text; };
        if (!item->is_text() || item->made_up || std::none_of(value.items.begin(), item, is_it)) continue;
        findings.fail(*item, "AWS takes " + std::string(rule.remark) + " once");
    }
}

std::size_t count_bytes(const Value& map) {
    std::size_t bytes = 0;
    for (const Entry& entry : map.members) {
        const bool written = !entry.value.computed && is_known(entry.value);
        bytes += entry.key.size() + (written ? entry.value.text.size() : 0);
    }
    return bytes;
}

void check_map_keys(const Value& value, const ValueRule& rule, Findings& findings) {
    for (const Entry& entry : value.members) {
        if (entry.node && !is_taken(to_text(entry.key), rule)) report(*entry.node, entry.key, rule, findings);
    }
}

void check_items(const Value& value, const ValueRule& rule, Findings& findings) {
    const auto words = split_words(rule.takes);
    if (!value.is_list() || std::ranges::find(words, "list") != words.end()) return check_one(value, rule, findings);
    for (const Value& item : value.items) check_one(item, rule, findings);
}

void apply_rule(const Value& value, const ValueRule& rule, Findings& findings) {
    switch (rule.subject) {
        case Subject::value:
            return check_items(value, rule, findings);
        case Subject::written:
            return value.computed ? void() : check_items(value, rule, findings);
        case Subject::keys:
            return check_map_keys(value, rule, findings);
        case Subject::values:
            for (const Entry& entry : value.members) check_one(entry.value, rule, findings);
            return;
        case Subject::count:
            return check_measure(value, value.items.size(), "items", rule, findings);
        case Subject::repeats:
            return check_repeats(value, rule, findings);
        case Subject::bytes:
            return check_measure(value, count_bytes(value), "bytes", rule, findings);
    }
}

using RulesByProperty = std::multimap<std::string_view, ValueRule>;

const RulesByProperty& rules_by_property() {
    static const RulesByProperty kRules = [] {
        RulesByProperty rules;
        for (const ValueRule& rule : value_rules()) rules.emplace(rule.property, rule);
        return rules;
    }();
    return kRules;
}

}  // namespace

void check_value(const Value& value, std::string_view property, Findings& findings) {
    const auto [first, last] = rules_by_property().equal_range(property);
    for (auto rule = first; rule != last; ++rule) apply_rule(value, rule->second, findings);
}

bool names_kinds(std::string_view property) {
    const auto [first, last] = rules_by_property().equal_range(property);
    return std::any_of(first, last, [](const auto& rule) {
        return rule.second.subject == Subject::value && std::ranges::any_of(split_words(rule.second.takes), is_kind);
    });
}

}  // namespace understudy::app::templates
