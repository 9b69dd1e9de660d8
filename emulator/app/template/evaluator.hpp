#pragma once

#include "emulator/app/template.hpp"
#include "emulator/app/template/findings.hpp"
#include "emulator/app/template/value.hpp"
#include "emulator/source/unroll.hpp"

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::app::templates {

/// A resource as the template declares it, whether or not its condition holds.
struct Declared {
    std::string id;
    std::string type;
    source::Node key;
    source::Node body;
    std::optional<source::Node> properties = {};
};

/// Resolves intrinsic functions, in long and short form, with the values of parameters, pseudo parameters, mappings,
/// conditions and the names that resources will have. Neither recursion nor the size of what is made is unbounded.
class Evaluator {
  public:
    Evaluator(const TemplateInputs& inputs, Findings& findings) : inputs_(inputs), findings_(findings) {}

    /// Takes the sections of a template. Without them, a reference to any name is that name.
    void declare(const source::Node& root);

    Value evaluate(const source::Node& node);
    /// Whether a condition of the template holds; nullopt after a finding.
    std::optional<bool> holds(std::string_view condition, const source::Node& where);
    /// The root of a file that the template names, kept for as long as the evaluator lives; nullopt after a finding.
    std::optional<source::Node> read_file(std::string_view location, const source::Node& where);

    /// Counts what is made; false, after a finding, where all of it has become too much.
    bool afford(std::size_t bytes, const source::Node& node);

    const std::vector<Declared>& declared() const { return declared_; }
    const Declared* find_declared(std::string_view id) const;
    /// Remembers a resource that is none, which has been told: what refers to it is right.
    void refuse(std::string_view id) { refused_.emplace(id); }
    bool is_refused(std::string_view id) const { return refused_.contains(id); }
    /// The name under which a function of the template is invoked.
    std::string function_name(std::string_view id);
    /// The number of an `AWS::Lambda::Version`: the first of a function in the template is `1`.
    std::string version_number(std::string_view id);
    std::string function_arn(std::string_view name) const;
    std::string function_url(const std::string& name, const std::string& qualifier) const;
    const std::vector<std::string>& files() const { return files_; }

  private:
    enum class Form : std::uint8_t { full, shorthand };
    struct Call {
        std::string_view name;
        source::Node argument;
        Form form;
        source::Node where;
    };
    using Function = Value (Evaluator::*)(const Call&);
    static Function find_function(std::string_view name);

    Value evaluate_content(const source::Node& node);
    Value evaluate_map(const source::Node& node);
    Value evaluate_argument(const Call& call);
    Value call(const Call& call);
    Value computed(const Call& call, std::string text);
    Value fail(const Call& call, std::string message);
    /// The argument as a list of so many items, all of them known; nullopt after a finding.
    std::optional<Value> arguments(const Call& call, std::size_t least, std::size_t most);

    Value ref(const Call& call);
    Value get_att(const Call& call);
    Value sub(const Call& call);
    Value join(const Call& call);
    Value split(const Call& call);
    Value select(const Call& call);
    Value invent_item(const Call& call, const Value& list, const std::string& index);
    Value choose(const Call& call);
    Value find_in_map(const Call& call);
    Value base64(const Call& call);
    Value get_azs(const Call& call);
    Value import_value(const Call& call);
    Value transform(const Call& call);
    /// The root of the file that a call of AWS::Include names; where there is none, `otherwise` is what stands for it.
    std::optional<source::Node> include(const Call& call, Value& otherwise);
    /// The same where `Fn::Transform` is a key beside others, or alone in a section.
    std::optional<source::Node> include(const source::Member& member);
    std::vector<source::Member> members_of(const source::Node& section);
    std::optional<source::Node> resource_of(const source::Node& node);
    Value decide(const Call& call);
    Value length(const Call& call);
    Value to_json_string(const Call& call);
    Value unsupported(const Call& call);

    /// What the text refers to, where it is one reference and nothing else, else a text; unknown after a finding.
    Value substitute(const Call& call, const std::string& text, const Value& variables);
    /// What stands for a name between `${` and `}`, a text; unknown after a finding.
    Value substitution(const Call& call, const std::string& name, const Value& variables);
    std::optional<Value> refer(std::string_view name, const source::Node& where);
    std::optional<Value> refer_attribute(std::string_view id, std::string_view attribute, const source::Node& where);
    std::optional<Value> pseudo_parameter(std::string_view name) const;
    bool check_attribute(const Declared& resource, std::string_view attribute, const source::Node& where);
    Value resource_reference(const Declared& resource);
    std::string resource_attribute(const Declared& resource, std::string_view attribute);
    /// One property of a resource that gives it its name; `fallback` where the template does not say it.
    std::string named_by(const Declared& resource, std::string_view property, std::string fallback);
    bool is_generated(std::string_view id) const;
    void fail_unknown_name(std::string_view name, const source::Node& where);

    void note_dynamic_references(std::string_view text, const source::Node& node);

    void declare_parameters(const source::Node& root);
    /// The template with its loops replaced by what they stand for.
    source::Node unroll_loops(const source::Node& root);
    /// The same of a file that a call of AWS::Include with this argument names: it knows the loops around the call.
    source::Node unroll_included(const source::Node& root, const source::Node& argument);
    source::LoopReader loop_reader();
    /// The values of a loop's collection; nullopt after a finding.
    std::optional<std::vector<std::string>> loop_values(const source::Node& collection);
    void declare_resources(const source::Node& section);
    void check_dependencies(const Declared& resource);
    Value parameter_value(const source::Node& name, const source::Node& declaration);
    // Each nullopt after a finding.
    std::optional<bool> test_condition(const source::Node& node);
    std::optional<bool> test_term(const source::Node& node);
    std::optional<bool> test_function(const Call& call);
    std::optional<bool> test_equal(const source::Node& a, const source::Node& b);
    std::vector<std::string_view> known_names() const;

    const TemplateInputs& inputs_;
    Findings& findings_;
    bool open_ = true;
    bool has_loops_ = false;  ///< The template names the transform that loops take.
    std::map<std::string, Value, std::less<>> parameters_;
    std::optional<source::Node> mappings_;
    std::map<std::string, source::Node, std::less<>> conditions_;
    std::map<std::string, std::optional<bool>, std::less<>> decided_;
    std::set<std::string, std::less<>> deciding_;
    std::vector<Declared> declared_;
    std::set<std::string, std::less<>> refused_;
    /// What named_by has found, by logical id and property; none while it is looking.
    std::map<std::pair<std::string, std::string>, std::optional<std::string>> named_;
    std::map<std::string, std::size_t, std::less<>> declared_by_id_;
    std::deque<source::Document> documents_;
    /// What the loops around a `Fn::Transform` stand for, by its argument.
    struct Bound {
        source::Node argument;
        std::vector<source::LoopBinding> bindings;
    };
    std::vector<Bound> bound_;
    std::set<std::string> dynamic_references_;  ///< That have been noted.
    std::vector<std::string> files_;
    std::size_t reads_ = 0, depth_ = 0, made_ = 0;
};

}  // namespace understudy::app::templates
