#include "tools/match/match.hpp"

#include "emulator/source/text.hpp"
#include "tools/convert/json_text.hpp"
#include "tools/convert/matcher_syntax.hpp"
#include "tools/match/json_value.hpp"
#include "tools/match/message_value.hpp"
#include "tools/match/read_pattern.hpp"

#include <algorithm>
#include <utility>

namespace understudy::match {

namespace {

ReadExpectation read_at(source::Node node, const Place& place, const Rules& rules) {
    PatternReader reader;
    auto pattern = reader.read(node, place, rules.mode);
    auto problems = reader.take_problems();
    std::stable_sort(problems.begin(), problems.end(), [](const source::Problem& a, const source::Problem& b) {
        return std::pair(a.position().line, a.position().column) < std::pair(b.position().line, b.position().column);
    });
    if (!problems.empty()) return {.expectation = {}, .problems = std::move(problems)};
    return {.expectation = Expectation(std::move(pattern), rules), .problems = {}};
}

bool holds_matchers(const Pattern& pattern) {
    const auto any = [](const std::vector<Pattern>& parts) {
        return std::any_of(parts.begin(), parts.end(), holds_matchers);
    };
    if (std::holds_alternative<Equals>(pattern.rule)) return false;
    if (const auto* items = std::get_if<Items>(&pattern.rule)) return any(items->items);
    if (const auto* fields = std::get_if<Fields>(&pattern.rule))
        return fields->mode == Mode::partial || !pattern.ignore.empty() ||
               std::any_of(fields->members.begin(), fields->members.end(),
                           [](const PatternMember& member) { return holds_matchers(member.pattern); });
    // `null` is written for a field that is not set.
    const bool null = std::holds_alternative<Absent>(pattern.rule) && pattern.node && pattern.node->is_null();
    return !null;
}

Value to_list(const Messages& messages) {
    Value list;
    list.kind = Kind::list;
    list.set = !messages.empty();
    list.only_elements = true;
    for (const auto& message : messages) list.items.push_back(to_value(*message));
    return list;
}

}  // namespace

Expectation::Expectation(Pattern pattern, Rules rules)
    : rules_{.mode = rules.mode, .unknown_fields = rules.unknown_fields} {
    for (const auto& text : rules.ignore) {
        if (auto path = IgnorePath::parse(text)) pattern.ignore.push_back(*std::move(path));
    }
    pattern_ = std::make_shared<const Pattern>(std::move(pattern));
}

Comparison Expectation::compare(const Value& actual) const {
    return compare_value(*pattern_, actual, rules_.unknown_fields);
}

Comparison Expectation::compare(const google::protobuf::Message& actual) const {
    return compare(to_value(actual));
}

Comparison Expectation::compare(const Messages& actual) const {
    return compare(to_list(actual));
}

source::Result<Comparison> Expectation::compare_json(std::string_view actual) const {
    const auto value = parse_json(actual);
    if (!value) return value.error();
    return compare(*value);
}

Comparison Expectation::compare_text(std::string_view actual) const {
    Value text = make_text(actual);
    // Else what is no UTF-8 would look like the character that stands for it.
    if (!source::is_utf8(actual)) text.shown = make_bytes(actual).shown;
    return compare(text);
}

Comparison Expectation::compare_number(std::string_view actual) const {
    return compare(make_number(actual));
}

Comparison Expectation::compare_absent() const {
    Value nothing = make_null();
    nothing.set = false;
    nothing.shown = "absent";
    return compare(nothing);
}

PatternUpdate Expectation::update(const google::protobuf::Message& actual, source::Node place) const {
    return update(to_value(actual), place);
}

PatternUpdate Expectation::update(const Messages& actual, source::Node place) const {
    return update(to_list(actual), place);
}

PatternUpdate Expectation::update(const Value& actual, source::Node place) const {
    return update_pattern(*pattern_, actual, rules_, place);
}

std::vector<source::TextEdit> Expectation::update_json(std::string_view actual, source::Node place) const {
    const auto value = parse_json(actual);
    return value ? update(*value, place).edits : std::vector<source::TextEdit>();
}

std::vector<source::TextEdit> Expectation::update_text(std::string_view actual, source::Node place) const {
    return update(make_text(actual), place).edits;
}

std::vector<source::TextEdit> Expectation::update_number(std::string_view actual, source::Node place) const {
    return update(make_number(actual), place).edits;
}

std::string Expectation::text() const {
    return to_text(*pattern_);
}

bool Expectation::has_matchers() const {
    return holds_matchers(*pattern_);
}

ReadExpectation read_message_expectation(source::Node node, const google::protobuf::Message& prototype,
                                         const Rules& rules) {
    return read_at(node, Place::message(prototype), rules);
}

ReadExpectation read_messages_expectation(source::Node node, const google::protobuf::Message& prototype, Rules rules) {
    for (auto& path : rules.ignore) path.insert(0, path.starts_with('[') && !is_extension_name(path) ? "[*]" : "[*].");
    return read_at(node, Place::messages(prototype), rules);
}

ReadExpectation read_json_expectation(source::Node node, const Rules& rules) {
    return read_at(node, Place::json(), rules);
}

ReadExpectation read_text_expectation(source::Node node) {
    return read_at(node, Place::text(), Rules());
}

ReadExpectation read_part_expectation(source::Node node) {
    if (!node.is_scalar() || convert::is_matcher(node)) return read_text_expectation(node);
    auto written = node.text();
    if (written.size() < 3 || !written.starts_with('/') || !written.ends_with('/'))
        return {.expectation = to_containing(written, node), .problems = {}};
    written.remove_prefix(1);
    written.remove_suffix(1);
    PatternReader reader;
    auto regex = reader.read_expression(node, written);
    if (!regex) return {.expectation = {}, .problems = reader.take_problems()};
    return {.expectation = Expectation({.rule = *std::move(regex), .node = node, .ignore = {}}, Rules()),
            .problems = {}};
}

Expectation to_containing(std::string_view part, source::Node node) {
    return {{.rule = HasText{{make_text(part)}}, .node = node, .ignore = {}}, Rules()};
}

Expectation to_expectation(const google::protobuf::Message& expected, const Rules& rules) {
    return {to_pattern(to_value(expected), rules.mode), rules};
}

source::Result<Expectation> to_json_expectation(std::string_view expected, const Rules& rules) {
    const auto value = parse_json(expected);
    if (!value) return value.error();
    return Expectation(to_pattern(*value, rules.mode), rules);
}

std::optional<Difference> compare_bytes(std::string_view expected, std::string_view actual,
                                        std::optional<source::Node> node) {
    if (expected == actual) return std::nullopt;
    const auto common = std::min(expected.size(), actual.size());
    std::size_t at = 0;
    while (at < common && expected[at] == actual[at]) ++at;
    static constexpr std::size_t kBefore = 8, kShown = 32;
    const auto around = [at](std::string_view bytes) {
        const auto begin = at - std::min(at, kBefore);
        const auto part = bytes.substr(std::min(begin, bytes.size()), kShown);
        return std::string(begin > 0 ? "…" : "") + convert::to_hex(part) +
               (begin + part.size() < bytes.size() ? "…" : "") + " (" + std::to_string(bytes.size()) + " bytes)";
    };
    return make_difference("byte " + std::to_string(at), around(expected), around(actual), node);
}

}  // namespace understudy::match
