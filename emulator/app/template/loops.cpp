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

}  // namespace

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
source::Node Evaluator::unroll_loops(const source::Node& root, Loops whose) {
    const bool is_included = whose == Loops::of_included_file;
    if (!is_included) has_loops_ = extends_language(root);
    if (!has_loops_ || root.document_text().find(source::kLoopPrefix) == std::string_view::npos) return root;
    const source::LoopReader reader{
        .values = [this](const source::Node& collection) { return loop_values(collection); },
        .fail = [this](source::Problem problem) { findings_.fail(std::move(problem)); }};
    documents_.push_back(is_included ? source::unroll_all(root, reader)
                                     : source::unroll(root, kSectionsWithLoops, reader));
    return documents_.back().root();
}

}  // namespace understudy::app::templates
