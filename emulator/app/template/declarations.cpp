#include "emulator/app/template/evaluator.hpp"
#include "emulator/app/template/names.hpp"
#include "emulator/app/template/properties.hpp"
#include "emulator/source/suggestion.hpp"
#include "emulator/source/unroll.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>

namespace understudy::app::templates {
namespace {

constexpr std::array<std::string_view, 11> kTemplateSections{"AWSTemplateFormatVersion",
                                                             "Conditions",
                                                             "Description",
                                                             "Globals",
                                                             "Hooks",
                                                             "Mappings",
                                                             "Metadata",
                                                             "Outputs",
                                                             "Parameters",
                                                             "Resources",
                                                             "Rules"};

constexpr std::array<std::string_view, 12> kParameterKeys{
    "Type",        "Default",   "AllowedValues", "AllowedPattern", "ConstraintDescription",
    "Description", "MaxLength", "MaxValue",      "MinLength",      "MinValue",
    "NoEcho",      "Label"};

constexpr std::array<std::string_view, 12> kResourceKeys{
    "Type",           "Properties",          "Metadata",     "Condition",      "DependsOn",  "Description",
    "DeletionPolicy", "UpdateReplacePolicy", "UpdatePolicy", "CreationPolicy", "Connectors", "IgnoreGlobals"};

std::optional<double> to_number(std::string_view text) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

constexpr std::array<std::string_view, 4> kParameterTypes{"String", "Number", "List<Number>", "CommaDelimitedList"};

/// One of these, or what begins as AWS's own do.
bool is_parameter_type(std::string_view type) {
    return std::ranges::find(kParameterTypes, type) != kParameterTypes.end() || type.starts_with("AWS::") ||
           type.starts_with("List<AWS::");
}

/// Whether all keys of a map are known; says so of those that are not.
bool check_keys(const source::Node& map, std::span<const std::string_view> known, const std::string& where,
                Findings& findings) {
    bool all = true;
    for (const auto& [key, value] : map.members()) {
        if (std::ranges::find(known, key.text()) != known.end()) continue;
        findings.fail_unknown(key, key.text(), "unknown key '" + std::string(key.text()) + "' in " + where,
                              {known.begin(), known.end()});
        all = false;
    }
    return all;
}

/// SAM passes over what it does not know of its own resources; CloudFormation takes a Description of any.
///
/// Rule: aws/serverless-application-model samtranslator/model/__init__.py (Resource.from_dict)
bool check_resource_keys(const source::Node& resource, const std::optional<source::Node>& type, Findings& findings) {
    if (!type || !type->text().starts_with("AWS::Serverless::")) {
        return check_keys(resource, kResourceKeys, "a resource", findings);
    }
    const Shape* shape = find_shape(type->text());
    for (const auto& [key, value] : resource.members()) {
        if (std::ranges::find(kResourceKeys, key.text()) != kResourceKeys.end()) continue;
        const bool property = shape != nullptr && shape->find(key.text()) != nullptr;
        findings.note(key.problem(source::ProblemCode::invalid,
                                  "SAM passes over '" + std::string(key.text()) + "' beside the Type of a resource")
                          .with_hint(property ? "it belongs into Properties"
                                              : source::render_suggestion(
                                                    key.text(), {kResourceKeys.begin(), kResourceKeys.end()})));
    }
    return true;
}

/// Why a value is none that a parameter allows; empty where it is one.
std::string find_refusal(const std::string& text, const source::Node& declaration) {
    const auto allowed = declaration.find("AllowedValues");
    const auto equals = [&text](const source::Node& item) { return item.text() == text; };
    if (allowed && std::ranges::none_of(allowed->items(), equals)) {
        std::string values;
        for (const source::Node& item : allowed->items()) {
            values += (values.empty() ? "" : ", ") + std::string(item.text());
        }
        return "is none of its AllowedValues: " + values;
    }
    const auto type = declaration.find("Type");
    if (!type || type->text() != "Number") {
        const auto least = declaration.find("MinLength");
        const auto most = declaration.find("MaxLength");
        const auto length = static_cast<double>(text.size());
        if (least && length < to_number(least->text()).value_or(0)) return "is shorter than its MinLength";
        if (most && length > to_number(most->text()).value_or(length)) return "is longer than its MaxLength";
        return {};
    }
    const auto number = to_number(text);
    if (!number) return "is no number";
    const auto least = declaration.find("MinValue");
    const auto most = declaration.find("MaxValue");
    if (least && *number < to_number(least->text()).value_or(*number)) return "is less than its MinValue";
    if (most && *number > to_number(most->text()).value_or(*number)) return "is more than its MaxValue";
    return {};
}

/// Rule: [AWS CloudFormation guide, resources-section-structure]. Tested by:
/// Loops.MakeNoLogicalIdsThatCloudFormationRefuses
void check_logical_id(const source::Node& id, Findings& findings) {
    const auto fits = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    if (std::ranges::all_of(id.text(), fits)) return;
    const bool has_loops = id.document_text().find(source::kLoopPrefix) != std::string_view::npos;
    findings.fail(id.problem(source::ProblemCode::invalid,
                             "a logical id has letters and digits only: '" + std::string(id.text()) + "'")
                      .with_hint(has_loops ? "&{…} in a loop's key leaves out all else" : ""));
}

/// The sections that are not emulated, but for the rule that the CDK puts into each template of its own accord.
void note_sections(const source::Node& root, Findings& findings) {
    const auto is_told = [](const source::Member& member) { return member.key.text() != "CheckBootstrapVersion"; };
    for (const auto& [key, section] : root.members()) {
        const bool rules = key.text() == "Rules";
        if ((!rules && key.text() != "Hooks") || std::ranges::none_of(section.members(), is_told)) continue;
        findings.note(key, "the section " + std::string(key.text()) +
                               " is not emulated: " + (rules ? "no rule checks the parameters" : "no hook is called"));
    }
}

}  // namespace

void Evaluator::declare(const source::Node& root) {
    open_ = false;
    std::vector<std::string_view> sections(kTemplateSections.begin(), kTemplateSections.end());
    sections.push_back("Transform");
    const bool known = check_keys(root, sections, "a template", findings_);
    note_sections(root, findings_);
    mappings_ = root.find("Mappings");
    declare_parameters(root);
    const source::Node unrolled = unroll_loops(root);
    if (const auto conditions = unrolled.find("Conditions")) {
        for (const auto& [name, node] : members_of(*conditions)) conditions_.emplace(name.text(), node);
    }
    if (const auto resources = unrolled.find("Resources"); resources && resources->is_mapping()) {
        declare_resources(*resources);
    } else if (known) {
        findings_.fail(root, "a template has Resources: this one has none");
    }
    for (const auto& [name, node] : conditions_) holds(name, node);  // as AWS does, used or not
}

void Evaluator::declare_parameters(const source::Node& root) {
    std::vector<std::string_view> names;
    const auto section = root.find("Parameters");
    for (const auto& [name, declaration] : section ? section->members() : std::span<const source::Member>()) {
        names.push_back(name.text());
        const bool known = check_keys(declaration, kParameterKeys, "a parameter", findings_);
        if (!declaration.is_mapping() || !declaration.find("Type")) {
            if (known) findings_.fail(name, "the parameter '" + std::string(name.text()) + "' has no Type");
            parameters_.emplace(name.text(), unknown_value());
            continue;
        }
        const source::Node type = *declaration.find("Type");
        if (!is_parameter_type(type.text())) {
            findings_.fail_unknown(type, type.text(), "there is no parameter type '" + std::string(type.text()) + "'",
                                   {kParameterTypes.begin(), kParameterTypes.end()});
        }
        parameters_.emplace(name.text(), parameter_value(name, declaration));
    }
    for (const auto& [name, value] : inputs_.parameters) {
        if (std::ranges::find(names, name) != names.end()) continue;
        findings_.fail(source::Problem(source::ProblemCode::invalid, "the template has no parameter '" + name + "'",
                                       root.file(), {}));
    }
}

/// An override, else the Default; lists are cut at their commas.
Value Evaluator::parameter_value(const source::Node& name, const source::Node& declaration) {
    const std::string parameter(name.text());
    const auto fallback = declaration.find("Default");
    const auto given = std::ranges::find(inputs_.parameters.rbegin(), inputs_.parameters.rend(), parameter,
                                         &std::pair<std::string, std::string>::first);
    const bool overridden = given != inputs_.parameters.rend();
    if (!overridden && !fallback) {
        findings_.fail(name.problem(source::ProblemCode::invalid, "the parameter '" + parameter + "' has no value")
                           .with_hint("give it a Default, or --parameter-overrides " + parameter + "=VALUE"));
        return unknown_value();
    }
    Value value = to_text(overridden ? given->second : std::string(fallback->text()));
    value.plain = overridden || fallback->is_plain();
    value.node = overridden ? name : *fallback;
    const auto hidden = declaration.find("NoEcho");
    const std::string shown = hidden && hidden->text() == "true" ? "****" : value.text;
    const std::string type(declaration.find("Type")->text());
    const bool bootstrap = value.text.starts_with("/cdk-bootstrap/");  // the CDK's own, which nothing reads
    if (type.starts_with("AWS::SSM::Parameter::Value") && !bootstrap) {
        findings_.note(name, "there is no SSM here: the parameter '" + parameter + "' is the text '" + shown + "'");
    }
    const bool list = type == "CommaDelimitedList" || type.starts_with("List<") || type.find("<List<") != type.npos;
    if (const std::string refused = list ? "" : find_refusal(value.text, declaration); !refused.empty()) {
        findings_.fail(*value.node, "the value '" + shown + "' of '" + parameter + "' " + refused);
        return unknown_value();
    }
    if (!list) return value;
    Value items{.kind = ValueKind::list, .node = value.node};
    for (std::size_t begin = 0; begin <= value.text.size();) {
        const std::size_t end = std::min(value.text.find(',', begin), value.text.size());
        items.items.push_back(to_text(std::string(trim(std::string_view(value.text).substr(begin, end - begin)))));
        items.items.back().node = value.node;
        begin = end + 1;
    }
    return items;
}

/// The members of a section, with those of the files that AWS::Include puts there.
///
/// Rule: [AWS CloudFormation guide,
/// create-reusable-transform-function-snippets-and-add-to-your-template-with-aws-include-transform]. Tested by:
/// Template.IncludesResourcesAndConditions
std::vector<source::Member> Evaluator::members_of(const source::Node& section) {
    std::vector<source::Member> members;
    for (const source::Member& member : section.members()) {
        if (member.key.text() != "Fn::Transform") {
            members.push_back(member);
            continue;
        }
        if (const auto root = include(member)) std::ranges::copy(root->members(), std::back_inserter(members));
    }
    return members;
}

/// A resource, or what the file holds that AWS::Include puts in its place; nullopt where there is none.
///
/// Rule: [AWS CloudFormation guide, as above]. Tested by: Template.IncludesAWholeResource
std::optional<source::Node> Evaluator::resource_of(const source::Node& node) {
    const auto members = node.members();
    if (members.size() != 1 || members[0].key.text() != "Fn::Transform") return node;
    return include(members[0]);
}

void Evaluator::declare_resources(const source::Node& section) {
    for (const auto& [id, written] : members_of(section)) {
        const auto resource = resource_of(written);
        if (!resource) {
            refuse(id.text());
            continue;
        }
        const source::Node& node = *resource;
        const auto type = node.find("Type");
        if (id.text().starts_with(source::kLoopPrefix)) {
            findings_.fail(id.problem(source::ProblemCode::invalid, "a loop takes a transform that is not named")
                               .with_hint("add Transform: AWS::LanguageExtensions"));
            continue;
        }
        check_logical_id(id, findings_);
        if (declared_by_id_.contains(id.text())) {
            findings_.fail(id, "the resource '" + std::string(id.text()) + "' is declared twice");
            continue;
        }
        const bool known = check_resource_keys(node, type, findings_);
        if (!type || !type->is_scalar() || type->text().empty()) {
            if (known || type) findings_.fail(id, "the resource '" + std::string(id.text()) + "' has no Type");
            refuse(id.text());
            continue;
        }
        declared_by_id_.emplace(id.text(), declared_.size());
        declared_.push_back({.id = std::string(id.text()),
                             .type = std::string(type->text()),
                             .key = id,
                             .body = node,
                             .properties = node.find("Properties")});
    }
    for (const Declared& resource : declared_) check_dependencies(resource);
}

void Evaluator::check_dependencies(const Declared& resource) {
    const auto node = resource.body.find("DependsOn");
    if (!node) return;
    const auto check = [this](const source::Node& name) {
        const std::string_view id = name.text();
        if (!name.is_scalar() || find_declared(id) != nullptr || is_generated(id) || is_refused(id)) return;
        std::vector<std::string_view> ids;
        for (const Declared& known : declared_) ids.push_back(known.id);
        findings_.fail_unknown(name, id, "DependsOn names no resource of the template: '" + std::string(id) + "'", ids);
    };
    if (node->is_scalar()) check(*node);
    for (const source::Node& item : node->items()) check(item);
}

}  // namespace understudy::app::templates
