#include "tools/match/compare.hpp"

#include "emulator/source/text.hpp"
#include "tools/convert/json_text.hpp"
#include "tools/match/unordered.hpp"
#include "tools/match/value_type.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <utility>

namespace understudy::match {

namespace {

bool is_set(const Value* value) {
    return value && value->set;
}

std::size_t to_length(const Value& value) {
    if (value.kind == Kind::text) return source::count_characters(value.text);
    if (value.kind == Kind::list) return value.items.size();
    if (value.kind != Kind::object) return value.text.size();
    return static_cast<std::size_t>(std::count_if(value.members.begin(), value.members.end(),
                                                  [](const Member& member) { return member.value.set; }));
}

/// Where a value stands between others of its kind; nullopt for one of another kind.
std::optional<long double> to_position(const Value& value, Kind kind) {
    if (value.kind == kind) return to_number(value);
    const auto time = kind == Kind::instant && value.kind == Kind::text ? parse_instant(value.text) : std::nullopt;
    if (time) return to_number(*time);
    return std::nullopt;
}

/// A number of a Struct is written with as many digits as one likes, and comes as a double.
bool is_same_double(const Value& expected, const Value& actual) {
    const auto is_fraction = [](const Value& value) { return value.text.find_first_of(".e") != std::string::npos; };
    return expected.kind == Kind::number && actual.is_double && is_fraction(expected) && is_fraction(actual) &&
           static_cast<double>(to_number(expected)) == static_cast<double>(to_number(actual));
}

class Comparing {
  public:
    explicit Comparing(UnknownFields unknown_fields, Standing standing = {})
        : unknown_fields_(unknown_fields), standing_(std::move(standing)) {}

    void compare(const Pattern& pattern, const Value* actual);
    Comparison take() { return std::move(result_); }

    void operator()(const Equals& rule, const Pattern& pattern, const Value* actual);
    void operator()(const Fields& rule, const Pattern& pattern, const Value* actual);
    void operator()(const Items& rule, const Pattern& pattern, const Value* actual);
    void operator()(const Absent&, const Pattern& pattern, const Value* actual) {
        expect(!is_set(actual) || is_ignored_within(*actual), pattern, actual);
    }
    void operator()(const Present&, const Pattern& pattern, const Value* actual) {
        expect(is_set(actual), pattern, actual);
    }
    void operator()(const Anything&, const Pattern&, const Value*) {}
    void operator()(const Unwritten&, const Pattern& pattern, const Value* actual) { expect(false, pattern, actual); }
    void operator()(const Regex& rule, const Pattern& pattern, const Value* actual) {
        expect(actual && actual->kind == Kind::text && RE2::PartialMatch(actual->text, *rule.expression), pattern,
               actual);
    }
    void operator()(const Range& rule, const Pattern& pattern, const Value* actual) {
        const auto value = actual ? to_position(*actual, rule.kind) : std::nullopt;
        expect(value && rule.least <= *value && *value <= rule.most, pattern, actual);
    }
    void operator()(const Length& rule, const Pattern& pattern, const Value* actual);
    void operator()(const HasText& rule, const Pattern& pattern, const Value* actual) {
        const bool sequence = actual && (actual->kind == Kind::text || actual->kind == Kind::bytes);
        const auto has = [&](const Value& part) { return actual->text.find(part.text) != std::string::npos; };
        expect(sequence && std::all_of(rule.parts.begin(), rule.parts.end(), has), pattern, actual);
    }
    void operator()(const Elements& rule, const Pattern& pattern, const Value* actual);
    void operator()(const Parts& rule, const Pattern& pattern, const Value* actual) {
        const auto kind = actual ? actual->kind : Kind::null;
        if (kind == Kind::list) return (*this)(rule.elements, pattern, actual);
        if (kind == Kind::text && rule.text)
            return compare({.rule = *rule.text, .node = pattern.node, .ignore = {}}, actual);
        if (kind == Kind::object && !rule.object.empty()) return compare(rule.object.front(), actual);
        expect(false, pattern, actual);
    }
    void operator()(const OfType& rule, const Pattern& pattern, const Value* actual) {
        expect(actual && is_of_type(*actual, rule.name), pattern, actual);
    }
    void operator()(const All& rule, const Pattern&, const Value* actual) {
        for (const auto& part : rule.parts) compare(part, actual);
    }

  private:
    void expect(bool met, const Pattern& pattern, const Value* actual) {
        if (!met) add(to_text(pattern), actual, pattern.node);
    }
    void add(std::string expected, const Value* actual, std::optional<source::Node> node) {
        add(std::move(expected), actual ? to_text(*actual) : kAbsent, node);
    }
    void add(std::string expected, std::string actual, std::optional<source::Node> node) {
        result_.differences.push_back(make_difference(path_text(), std::move(expected), std::move(actual), node));
    }
    void compare_below(PathStep step, const Pattern& pattern, const Value* actual);
    void report_others(const Fields& rule, const Pattern& pattern, const Value& actual);
    void report_other(const Member& member, const Pattern& pattern);
    void report_unknown(const Member& member, const Pattern& pattern);
    void report_unknown_below(const Value& value, const Pattern& pattern);
    bool fits(const Pattern& pattern, const Value& actual) const {
        Comparing trial(unknown_fields_, standing_);
        trial.standing_.path.push_back({"[*]", {}});
        trial.compare(pattern, &actual);
        return trial.result_.equal();
    }
    bool is_ignored_at(PathStep step);
    bool is_ignored_within(const Value& value);
    std::string path_text() const { return to_text(standing_.path); }

    UnknownFields unknown_fields_;
    Standing standing_;
    Comparison result_;
};

void Comparing::compare(const Pattern& pattern, const Value* actual) {
    if (standing_.is_ignored()) return;
    for (const auto& path : pattern.ignore) standing_.ignored.emplace_back(standing_.path.size(), &path);
    std::visit([&](const auto& rule) { (*this)(rule, pattern, actual); }, pattern.rule);
    standing_.ignored.resize(standing_.ignored.size() - pattern.ignore.size());
}

bool Comparing::is_ignored_at(PathStep step) {
    standing_.path.push_back(std::move(step));
    const bool ignored = standing_.is_ignored();
    standing_.path.pop_back();
    return ignored;
}

/// Whether there would be nothing without the elements that are ignored.
bool Comparing::is_ignored_within(const Value& value) {
    if (!value.only_elements) return false;
    for (std::size_t i = 0; i < value.items.size(); ++i) {
        if (!is_ignored_at(to_path_step(i))) return false;
    }
    return std::ranges::all_of(value.members,
                               [this](const Member& member) { return is_ignored_at(to_path_step(member)); });
}

void Comparing::compare_below(PathStep step, const Pattern& pattern, const Value* actual) {
    standing_.path.push_back(std::move(step));
    compare(pattern, actual);
    standing_.path.pop_back();
}

void Comparing::operator()(const Equals& rule, const Pattern& pattern, const Value* actual) {
    const bool equal = actual && actual->kind == rule.value.kind &&
                       (actual->text == rule.value.text || is_same_double(rule.value, *actual));
    expect(equal, pattern, actual);
}

void Comparing::operator()(const Fields& rule, const Pattern& pattern, const Value* actual) {
    if (!actual || actual->kind != Kind::object) return expect(false, pattern, actual);
    const bool asks_type = !rule.type.empty() || rule.mode == Mode::exact;
    if (asks_type && rule.type != actual->type) {
        const auto to_shown = [](const std::string& type) {
            return type.empty() ? std::string(kAbsent) : convert::to_quoted_text(type);
        };
        standing_.path.push_back({".@type", {}});
        add(to_shown(rule.type), to_shown(actual->type), rule.type_node ? rule.type_node : pattern.node);
        standing_.path.pop_back();
        return;
    }
    for (const auto& member : rule.members) {
        const auto* found = actual->find(member.name);
        compare_below(to_path_step({member.name, member.naming, {}, member.json_name}), member.pattern,
                      found ? &found->value : nullptr);
    }
    report_others(rule, pattern, *actual);
}

void Comparing::report_others(const Fields& rule, const Pattern& pattern, const Value& actual) {
    const bool partial = rule.mode == Mode::partial;
    if (partial && unknown_fields_ != UnknownFields::error && unknown_fields_ != UnknownFields::warning) return;
    for (const auto& member : actual.members) {
        const bool written = std::any_of(rule.members.begin(), rule.members.end(),
                                         [&](const PatternMember& m) { return m.name == member.name; });
        if (written || !member.value.set) continue;
        if (partial)
            report_unknown(member, pattern);
        else
            report_other(member, pattern);
    }
}

void Comparing::report_other(const Member& member, const Pattern& pattern) {
    const bool known = member.naming != Naming::unknown;
    standing_.path.push_back(to_path_step(member));
    if (!standing_.is_ignored() && !is_ignored_within(member.value)) {
        const bool refused = unknown_fields_ == UnknownFields::by_mode || unknown_fields_ == UnknownFields::error;
        if (known || refused) add(kAbsent, &member.value, pattern.node);
        if (!known && unknown_fields_ == UnknownFields::warning)
            result_.warnings.push_back(path_text() + ": " + to_text(member.value));
    }
    standing_.path.pop_back();
}

/// What is not written may be anything that the schema knows.
void Comparing::report_unknown(const Member& member, const Pattern& pattern) {
    if (member.naming == Naming::unknown) return report_other(member, pattern);
    standing_.path.push_back(to_path_step(member));
    if (!standing_.is_ignored()) report_unknown_below(member.value, pattern);
    standing_.path.pop_back();
}

void Comparing::report_unknown_below(const Value& value, const Pattern& pattern) {
    for (const auto& member : value.members) report_unknown(member, pattern);
    for (std::size_t i = 0; i < value.items.size(); ++i) {
        standing_.path.push_back(to_path_step(i));
        if (!standing_.is_ignored()) report_unknown_below(value.items[i], pattern);
        standing_.path.pop_back();
    }
}

void Comparing::operator()(const Items& rule, const Pattern& pattern, const Value* actual) {
    if (!actual || actual->kind != Kind::list) return expect(false, pattern, actual);
    const Pattern unwanted{.rule = Absent(), .node = pattern.node, .ignore = {}};
    for (std::size_t i = 0; i < std::max(rule.items.size(), actual->items.size()); ++i) {
        const auto* item = i < actual->items.size() ? &actual->items[i] : nullptr;
        const auto& wanted = i < rule.items.size() ? rule.items[i] : unwanted;
        // An element that may be anything is one: a list keeps its length.
        const bool missing = !item && std::holds_alternative<Anything>(wanted.rule);
        const Pattern present{.rule = Present(), .node = wanted.node, .ignore = {}};
        compare_below(to_path_step(i), missing ? present : wanted, item);
    }
}

void Comparing::operator()(const Length& rule, const Pattern& pattern, const Value* actual) {
    const bool sized = actual && actual->kind != Kind::null && actual->kind != Kind::boolean &&
                       actual->kind != Kind::number && actual->kind != Kind::instant;
    if (!sized) return expect(false, pattern, actual);
    const auto length = to_length(*actual);
    if (length < rule.least || length > rule.most)
        add(to_text(pattern), "a length of " + std::to_string(length), pattern.node);
}

void Comparing::operator()(const Elements& rule, const Pattern& pattern, const Value* actual) {
    if (!actual || actual->kind != Kind::list) return expect(false, pattern, actual);
    const auto& items = actual->items;
    const auto pairs = pair_up(rule.items.size(), items.size(),
                               [&](std::size_t i, std::size_t j) { return fits(rule.items[i], items[j]); });
    std::vector<bool> taken(items.size());
    for (const auto& offer : pairs) {
        if (offer) taken[*offer] = true;
    }
    std::size_t next = 0;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        if (pairs[i]) continue;
        next = static_cast<std::size_t>(
            std::find(taken.begin() + static_cast<std::ptrdiff_t>(next), taken.end(), false) - taken.begin());
        const bool others = rule.others == Elements::Others::allowed;
        if (others || next == items.size()) {
            add("an element " + to_text(rule.items[i]), others ? to_text(*actual) : "no such element",
                rule.items[i].node);
        } else {
            compare_below(to_path_step(next), rule.items[i], &items[next]);
            taken[next] = true;
        }
    }
    if (rule.others == Elements::Others::allowed) return;
    for (std::size_t j = 0; j < items.size(); ++j) {
        const Pattern unwanted{.rule = Absent(), .node = pattern.node, .ignore = {}};
        if (!taken[j]) compare_below(to_path_step(j), unwanted, &items[j]);
    }
}

}  // namespace

Comparison compare_value(const Pattern& pattern, const Value& actual, UnknownFields unknown_fields) {
    Comparing comparing(unknown_fields);
    comparing.compare(pattern, &actual);
    return comparing.take();
}

bool is_met(const Pattern& pattern, const Value* actual, UnknownFields unknown_fields, const Standing& standing) {
    Comparing comparing(unknown_fields, standing);
    comparing.compare(pattern, actual);
    return comparing.take().equal();
}

}  // namespace understudy::match
