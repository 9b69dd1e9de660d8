#include "tools/convert/json_text.hpp"
#include "tools/match/pattern.hpp"

namespace understudy::match {

namespace {

std::string join_patterns(const std::vector<Pattern>& patterns, std::string_view between) {
    std::string text;
    for (const auto& pattern : patterns) text += (text.empty() ? "" : std::string(between)) + to_text(pattern);
    return text;
}

struct RuleText {
    std::string operator()(const Equals& rule) const { return to_text(rule.value); }
    std::string operator()(const Fields& rule) const {
        std::string text = rule.type.empty() ? "" : "\"@type\":" + convert::to_quoted_text(rule.type);
        for (const auto& member : rule.members)
            text += (text.empty() ? "" : ",") + convert::to_quoted_text(member.name) + ':' + to_text(member.pattern);
        return '{' + text + (rule.mode == Mode::partial ? (text.empty() ? "…}" : ",…}") : "}");
    }
    std::string operator()(const Items& rule) const { return '[' + join_patterns(rule.items, ",") + ']'; }
    std::string operator()(const Absent&) const { return "absent"; }
    std::string operator()(const Present&) const { return "present"; }
    std::string operator()(const Anything&) const { return "anything"; }
    std::string operator()(const Unwritten&) const { return "what `--update` writes here"; }
    std::string operator()(const Regex& rule) const { return "a text that matches /" + rule.written + '/'; }
    std::string operator()(const Range& rule) const { return rule.shown; }
    std::string operator()(const Length& rule) const {
        const auto least = std::to_string(rule.least);
        return "a length of " + (rule.least == rule.most ? least : least + " to " + std::to_string(rule.most));
    }
    std::string operator()(const HasText& rule) const {
        std::string text;
        for (const auto& part : rule.parts) text += (text.empty() ? "text with " : " and ") + to_text(part);
        return text;
    }
    std::string operator()(const Elements& rule) const {
        const bool others = rule.others == Elements::Others::allowed;
        return (others ? "elements among others: [" : "in any order: [") + join_patterns(rule.items, ",") + ']';
    }
    std::string operator()(const Parts& rule) const {
        if (!rule.object.empty()) return join_patterns(rule.object, "") + " or a list with it";
        return (rule.text ? "a text or list with " : "a list with ") + join_patterns(rule.elements.items, " and ");
    }
    std::string operator()(const OfType& rule) const { return "type " + rule.name; }
    std::string operator()(const All& rule) const { return join_patterns(rule.parts, " and "); }
};

}  // namespace

std::string to_text(const Pattern& pattern) {
    return std::visit(RuleText(), pattern.rule);
}

Pattern to_pattern(const Value& value, Mode mode) {
    Pattern pattern{.rule = {}, .node = {}, .ignore = {}};
    if (value.kind == Kind::list) {
        Items items;
        for (const auto& item : value.items) items.items.push_back(to_pattern(item, mode));
        pattern.rule = std::move(items);
    } else if (value.kind == Kind::object) {
        Fields fields;
        fields.mode = mode;
        fields.type = value.type;
        for (const auto& member : value.members) {
            const bool scalar = member.value.kind != Kind::list && member.value.kind != Kind::object;
            const bool written = member.value.set || (mode == Mode::exact && scalar);
            if (written)
                fields.members.push_back(
                    {member.name, member.naming, to_pattern(member.value, mode), member.json_name});
        }
        pattern.rule = std::move(fields);
    } else {
        pattern.rule = Equals{value};
    }
    return pattern;
}

}  // namespace understudy::match
