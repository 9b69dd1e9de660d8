#include "tools/scenario/expected_failures.hpp"

#include "emulator/source/suggestion.hpp"
#include "emulator/source/word_list.hpp"
#include "tools/convert/scalar.hpp"
#include "tools/scenario/resolve.hpp"

#include <understudy/v1/scenario.pb.h>

#include <algorithm>
#include <string_view>

namespace understudy::scenario {
namespace {

using source::Node;
using source::Problem;
using source::ProblemCode;

/// The values of a name, each once; none where no run has the name.
std::vector<std::string_view> find_values(std::span<const Variant> variants, std::string_view name) {
    std::vector<std::string_view> values;
    for (const auto& variant : variants) {
        for (const auto& [label, value] : variant.labels) {
            if (label == name && std::ranges::find(values, value) == values.end()) values.push_back(value);
        }
    }
    return values;
}

Problem to_unknown_name(Node key, std::span<const Variant> variants) {
    std::vector<std::string_view> names;
    for (const auto& label : variants.front().labels) names.push_back(label.first);
    names.push_back("front");
    return key.problem(ProblemCode::not_found, convert::quote(key) + " is no name of the matrix")
        .with_hint(source::render_suggestion(key.text(), names))
        .with_note(names.size() == 1 ? "there is no matrix: the only name is front"
                                     : "names are " + source::render_list(names, "and"));
}

void check_when(Node when, std::span<const Variant> variants, std::vector<Problem>& problems) {
    constexpr std::size_t kMostShown = 20;
    if (!when.is_mapping() && !when.is_null())
        problems.push_back(when.problem(ProblemCode::invalid, convert::quote(when) + " is no mapping")
                               .with_note("names are, with the values that the run has"));
    for (const auto& [key, value] : when.members()) {
        if (key.text() == "front" || variants.front().fixed.contains(key.text())) continue;
        auto values = find_values(variants, key.text());
        if (values.empty()) {
            problems.push_back(to_unknown_name(key, variants));
        } else if (std::ranges::find(values, to_label(value, key.text(), variants.front())) == values.end()) {
            auto hint = source::render_suggestion(value.text(), values);
            const bool all = values.size() <= kMostShown;
            if (!all) values.resize(kMostShown);
            const std::string name(key.text());
            problems.push_back(value
                                   .problem(ProblemCode::not_found,
                                            "no run has the value " + convert::quote(value) + " of '" + name + "'")
                                   .with_hint(std::move(hint))
                                   .with_note((all ? "its values are " : "its first values are ") +
                                              source::render_list(values, "and")));
        }
    }
}

/// Names and values are checked for all runs at once.
bool meets(Node when, const Variant& variant, std::optional<Node>& front) {
    bool met = true;
    for (const auto& [key, value] : when.members()) {
        const auto has_name = [&name = key](const auto& label) { return label.first == name.text(); };
        const auto label = std::ranges::find_if(variant.labels, has_name);
        if (key.text() == "front")
            front = value;
        else
            met = met && label != variant.labels.end() && label->second == to_label(value, key.text(), variant);
    }
    return met;
}

void check_front(Node node, const Scenario& scenario, std::vector<Problem>& problems) {
    if (scenario.template_plan) {
        problems.push_back(node.problem(ProblemCode::invalid, "a template has no fronts to tell apart")
                               .with_note("'api' says which of its APIs is called"));
        return;
    }
    std::vector<std::string_view> names;
    for (const auto front : scenario.fronts) names.push_back(front_name(front));
    if (names.empty() || std::ranges::find(names, node.text()) != names.end()) return;
    const auto front = convert::quote(node);
    const bool known = find_front(node.text()).has_value();
    problems.push_back(
        node.problem(ProblemCode::not_found, known ? "no run goes through the front " + front : front + " is no front")
            .with_hint(source::render_suggestion(node.text(), names))
            .with_note("the application's are " + source::render_list(names, "and")));
}

}  // namespace

void read_expected_failures(Node list, const Variant& variant, Scenario& scenario, std::vector<Problem>& problems) {
    for (const auto& item : list.items()) {
        const auto reason = item.find("reason");
        const auto when = item.find("when");
        if (!reason || reason->is_null() || reason->text().empty())
            problems.push_back(item.problem(ProblemCode::invalid, "an expected failure needs its reason"));
        std::optional<Node> front;
        const bool met = !when || meets(*when, variant, front);
        if (front) check_front(*front, scenario, problems);
        if (met && reason)
            scenario.expected_failures.push_back(
                {front ? std::string(front->text()) : std::string(), std::string(reason->text()), item});
    }
}

void check_expected_failures(const Part& own, std::span<const Variant> variants, std::vector<Problem>& problems) {
    const auto list = find_written(own.document.root(), *v1::Scenario::descriptor(), "expect_failure");
    if (!list || variants.empty()) return;
    for (const auto& item : list->items()) {
        if (const auto when = item.find("when")) check_when(*when, variants, problems);
    }
}

}  // namespace understudy::scenario
