// Loops of AWS::LanguageExtensions: what Fn::ForEach stands for.
#include "emulator/app/template/evaluator.hpp"
#include "emulator/source/unroll.hpp"

#include <algorithm>
#include <array>

namespace understudy::app::templates {
namespace {

constexpr std::array<std::string_view, 3> kSectionsWithLoops{"Conditions", "Outputs", "Resources"};

bool extends_language(const source::Node& root) {
    const auto transform = root.find("Transform");
    const auto extends = [](const source::Node& node) { return node.text() == "AWS::LanguageExtensions"; };
    return transform && (extends(*transform) || std::ranges::any_of(transform->items(), extends));
}

bool has_loop(const source::Node& root) {
    return root.document_text().find(source::kLoopPrefix) != std::string_view::npos;
}

}  // namespace

source::LoopReader Evaluator::loop_reader() {
    return {.values = [this](const source::Node& collection) { return loop_values(collection); },
            .fail = [this](source::Problem problem) { findings_.fail(std::move(problem)); },
            .bind =
                [this](const source::Node& argument, std::span<const source::LoopBinding> bindings) {
                    bound_.push_back({argument, {bindings.begin(), bindings.end()}});
                }};
}

std::optional<std::vector<std::string>> Evaluator::loop_values(const source::Node& collection) {
    const Value list = evaluate(collection);
    if (list.is_unknown()) return std::nullopt;
    std::vector<std::string> values;
    for (const Value& item : list.items) {
        if (item.is_unknown()) return std::nullopt;
        if (item.is_text()) values.push_back(item.text);
    }
    if (list.is_list() && values.size() == list.items.size()) return values;
    findings_.fail(collection, "a loop's collection is a list of texts, or a Ref to a CommaDelimitedList");
    return std::nullopt;
}

/// Rule: CloudFormation evaluates macros from the most deeply nested one outwards, so that a file is there before the
/// template's loops are unrolled [AWS CloudFormation guide, template-macros-overview]. Tested by:
/// Loops.InAnIncludedFileAreUnrolled
source::Node Evaluator::unroll_loops(const source::Node& root) {
    has_loops_ = extends_language(root);
    if (!has_loops_ || !has_loop(root)) return root;
    return documents_.emplace_back(source::unroll(root, kSectionsWithLoops, loop_reader())).root();
}

source::Node Evaluator::unroll_included(const source::Node& root, const source::Node& argument) {
    const auto around = std::ranges::find(bound_, argument, &Bound::argument);
    const auto bindings = around == bound_.end() ? std::vector<source::LoopBinding>() : around->bindings;
    if (!has_loops_ || (bindings.empty() && !has_loop(root))) return root;
    return documents_.emplace_back(source::unroll_all(root, loop_reader(), bindings)).root();
}

}  // namespace understudy::app::templates
