#include "emulator/app/template/evaluator.hpp"

#include "emulator/app/template/names.hpp"

#include <algorithm>
#include <array>

namespace understudy::app::templates {
namespace {

/// Deeper than any document; what includes and references add on top ends here.
constexpr std::size_t kDeepest = 400;
/// What all values of a template together may take: a text made of texts grows beyond any file.
constexpr std::size_t kMostBytes = 128U << 20U;
constexpr std::size_t kBytesOfAValue = 256;
/// Texts that functions make count that often: each may be the half of the next.
constexpr std::size_t kWeightOfComputed = 16;
constexpr std::size_t kMostReads = 200;

/// Why `SERVICE:KEY` is not put in.
std::string say_unresolved(std::string_view reference) {
    const std::string_view service = reference.substr(0, reference.find(':'));
    const std::string_view key = reference.substr(std::min(service.size() + 1, reference.size()));
    const bool secret = service == "secretsmanager";
    if (service.empty()) return "a dynamic reference has the form {{resolve:SERVICE:KEY}}, and this one no service";
    if (!secret && service != "ssm" && service != "ssm-secure") {
        return "'" + std::string(service) +
               "' is no service of dynamic references, which are ssm, ssm-secure and secretsmanager";
    }
    if (key.empty()) return "a dynamic reference has the form {{resolve:SERVICE:KEY}}, and this one no key";
    return std::string("there is no ") + (secret ? "Secrets Manager" : "Parameter Store") + " here";
}

}  // namespace

Evaluator::Function Evaluator::find_function(std::string_view name) {
    struct Named {
        std::string_view name;
        Function function;
    };
    static constexpr std::array kFunctions{
        Named{"Ref", &Evaluator::ref},
        Named{"Fn::GetAtt", &Evaluator::get_att},
        Named{"Fn::Sub", &Evaluator::sub},
        Named{"Fn::Join", &Evaluator::join},
        Named{"Fn::Split", &Evaluator::split},
        Named{"Fn::Select", &Evaluator::select},
        Named{"Fn::If", &Evaluator::choose},
        Named{"Fn::FindInMap", &Evaluator::find_in_map},
        Named{"Fn::Base64", &Evaluator::base64},
        Named{"Fn::GetAZs", &Evaluator::get_azs},
        Named{"Fn::ImportValue", &Evaluator::import_value},
        Named{"Fn::Transform", &Evaluator::transform},
        Named{"Fn::Equals", &Evaluator::decide},
        Named{"Fn::And", &Evaluator::decide},
        Named{"Fn::Or", &Evaluator::decide},
        Named{"Fn::Not", &Evaluator::decide},
        Named{"Fn::Cidr", &Evaluator::unsupported},
        Named{"Fn::Length", &Evaluator::length},
        Named{"Fn::ToJsonString", &Evaluator::to_json_string},
        Named{"Fn::ForEach", &Evaluator::unsupported},
    };
    const std::string_view plain = name.starts_with("Fn::ForEach::") ? "Fn::ForEach" : name;
    const auto found = std::ranges::find(kFunctions, plain, &Named::name);
    return found == kFunctions.end() ? nullptr : found->function;
}

Value Evaluator::evaluate(const source::Node& node) {
    if (depth_ >= kDeepest) {
        findings_.fail(node.problem(source::ProblemCode::too_large, "values are nested too deep here"));
        return unknown_value();
    }
    ++depth_;
    const std::string_view tag = node.tag();
    Value value;
    if (tag.size() > 1 && tag.front() == '!') {
        const std::string name = tag == "!Ref" ? "Ref" : "Fn::" + std::string(tag.substr(1));
        if (find_function(name) == nullptr) {
            findings_.fail_unknown(
                node, tag, "unknown function " + std::string(tag),
                {"!Ref", "!GetAtt", "!Sub", "!Join", "!Split", "!Select", "!If", "!FindInMap", "!Base64", "!GetAZs",
                 "!ImportValue", "!Transform", "!Equals", "!And", "!Or", "!Not"});
            value = unknown_value();
            value.node = node;
        } else {
            value = call({.name = name, .argument = node, .form = Form::shorthand, .where = node});
        }
    } else {
        value = evaluate_content(node);
    }
    --depth_;
    if (value.is_text()) note_dynamic_references(value.text, node);
    return value;
}

/// Rule: CloudFormation puts in what `{{resolve:SERVICE:…}}` names [AWS CloudFormation guide, dynamic-references].
/// Tested by: Template.DynamicReferencesAreNamed
void Evaluator::note_dynamic_references(std::string_view text, const source::Node& node) {
    constexpr std::string_view kBegin = "{{resolve:";
    for (auto at = text.find(kBegin); at != std::string_view::npos; at = text.find(kBegin, at + 1)) {
        const auto end = text.find("}}", at);
        if (end == std::string_view::npos) return;
        const std::string reference(text.substr(at, end + 2 - at));
        if (!dynamic_references_.insert(reference).second) continue;
        const auto begin = at + kBegin.size();
        findings_.note(node.problem(source::ProblemCode::unsupported, say_unresolved(text.substr(begin, end - begin)) +
                                                                          ": '" + reference +
                                                                          "' is the text as it stands")
                           .with_hint("a function's variable gets another value by --env-vars or --env-file"));
    }
}

Value Evaluator::evaluate_content(const source::Node& node) {
    if (!afford(kBytesOfAValue + node.text().size(), node)) return unknown_value();
    Value value{.node = node};
    if (node.is_scalar()) {
        const bool null = node.is_null() && node.style() == source::ScalarStyle::plain;
        value.kind = null ? ValueKind::null : ValueKind::text;
        if (!null) value.text = node.text();
        value.plain = node.style() == source::ScalarStyle::plain;
        return value;
    }
    if (node.is_mapping()) return evaluate_map(node);
    value.kind = ValueKind::list;
    for (const source::Node& item : node.items()) {
        Value made = evaluate(item);
        if (made.kind != ValueKind::none) value.items.push_back(std::move(made));
    }
    return value;
}

Value Evaluator::evaluate_map(const source::Node& node) {
    const auto members = node.members();
    if (members.size() == 1 && find_function(members[0].key.text()) != nullptr) {
        return call({.name = members[0].key.text(), .argument = members[0].value, .form = Form::full, .where = node});
    }
    Value value{.kind = ValueKind::map, .node = node};
    for (const auto& [key, member] : members) {
        if (key.text() == "Fn::Transform") {
            Value included = call({.name = "Fn::Transform", .argument = member, .form = Form::full, .where = key});
            for (Entry& entry : included.members) value.members.push_back(std::move(entry));
            if (included.is_unknown()) value.kind = ValueKind::unknown;
            continue;
        }
        Value made = evaluate(member);
        value.members.push_back({.key = std::string(key.text()), .value = std::move(made), .node = key});
    }
    return value;
}

Value Evaluator::evaluate_argument(const Call& call) {
    return call.form == Form::shorthand ? evaluate_content(call.argument) : evaluate(call.argument);
}

Value Evaluator::call(const Call& call) {
    Value value = (this->*find_function(call.name))(call);
    value.computed = true;
    value.node = call.where;
    return value;
}

Value Evaluator::computed(const Call& call, std::string text) {
    if (!afford(kBytesOfAValue + kWeightOfComputed * text.size(), call.where)) return unknown_value();
    return to_text(std::move(text));
}

bool Evaluator::afford(std::size_t bytes, const source::Node& node) {
    if (made_ > kMostBytes) return false;
    made_ += bytes;
    if (made_ <= kMostBytes) return true;
    findings_.fail(node.problem(source::ProblemCode::too_large, "the template's values are too large"));
    return false;
}

Value Evaluator::fail(const Call& call, std::string message) {
    findings_.fail(call.where, std::string(call.name) + ' ' + std::move(message));
    return unknown_value();
}

std::optional<Value> Evaluator::arguments(const Call& call, std::size_t least, std::size_t most) {
    Value list = evaluate_argument(call);
    if (list.is_unknown() || std::ranges::any_of(list.items, &Value::is_unknown)) return std::nullopt;
    if (list.is_list() && list.items.size() >= least && list.items.size() <= most) return list;
    const std::string count = std::to_string(least) + (most == least ? "" : " to " + std::to_string(most));
    fail(call, "takes a list of " + count + " values");
    return std::nullopt;
}

std::optional<source::Node> Evaluator::read_file(std::string_view location, const source::Node& where) {
    if (location.starts_with("s3://")) {
        findings_.note(where, "'" + std::string(location) + "' is not read: only files beside the template are");
        return std::nullopt;
    }
    const std::string path = absolute_path(inputs_.folder, location);
    if (++reads_ > kMostReads) {
        findings_.fail(where.problem(source::ProblemCode::too_large, "too many files are included"));
        return std::nullopt;
    }
    if (std::ranges::find(files_, path) == files_.end()) files_.push_back(path);
    auto text = inputs_.read_text ? inputs_.read_text(path)
                                  : source::Problem(source::ProblemCode::unreadable, "no files can be read here");
    if (!text) {
        findings_.fail(where.problem(text.error().code(), "cannot read " + path + ": " + text.error().message()));
        return std::nullopt;
    }
    auto document = source::parse_document(*text, path, source::DuplicateKeys::last_counts);
    if (!document) {
        findings_.fail(document.error());
        return std::nullopt;
    }
    note_overridden(*document, findings_);
    documents_.push_back(std::move(*document));
    const source::Document& kept = documents_.back();
    return kept.root();
}

const Declared* Evaluator::find_declared(std::string_view id) const {
    const auto found = declared_by_id_.find(id);
    return found == declared_by_id_.end() ? nullptr : &declared_[found->second];
}

}  // namespace understudy::app::templates
