#include "tools/convert/scalar.hpp"
#include "tools/convert/yaml_json.hpp"
#include "tools/scenario/parts.hpp"
#include "tools/scenario/substitute.hpp"
#include "tools/scenario/template_text.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>

namespace understudy::scenario {

namespace {

using source::Node;
using source::Problem;
using source::ProblemCode;

/// Reads each name once, in the order of the files: where an including file has a name too, its value counts for those
/// that the included file makes of it.
class VariableReader {
  public:
    VariableReader(Variables& variables, std::vector<Problem>& problems) : variables_(variables), problems_(problems) {}

    void add(const Part& part, const Row& fixed);
    void read();
    std::vector<RunVariable> take_later() { return std::move(later_); }

  private:
    enum class State : std::uint8_t { unread, being_read, read };
    struct Definition {
        const Part* part;
        source::Member member;
        std::size_t place;
        std::optional<std::size_t> replaced;  ///< The one of the name before, which this may be made of.
        State state = State::unread;
    };
    struct Name {
        std::size_t first_place;  ///< Those behind it may use the name.
        std::size_t definition;   ///< The one that counts: the last.
    };

    void read(Definition& definition);
    void read_those_in(Node value, const Definition& definition);
    void read_one(const std::string& name, const Definition& reader);
    void set(const Definition& definition);

    Variables& variables_;
    std::vector<Problem>& problems_;
    std::vector<Definition> definitions_;
    std::map<std::string, Name, std::less<>> names_;
    std::vector<RunVariable> later_;
};

void VariableReader::add(const Part& part, const Row& fixed) {
    const auto vars = part.find("vars");
    if (vars && !vars->is_mapping())
        problems_.push_back(vars->problem(ProblemCode::invalid, convert::quote(*vars) + " is no mapping")
                                .with_note("vars are names with their values"));
    for (const auto& member : vars ? vars->members() : std::span<const source::Member>()) {
        const std::string name(member.key.text());
        if (std::ranges::any_of(fixed, [&](const auto& entry) { return entry.first == name; })) continue;
        const auto place = definitions_.size();
        const auto [known, is_new] = names_.try_emplace(name, Name{place, place});
        const auto replaced = is_new ? std::nullopt : std::optional(known->second.definition);
        known->second.definition = place;
        definitions_.push_back({.part = &part, .member = member, .place = place, .replaced = replaced});
    }
}

void VariableReader::read() {
    for (auto& definition : definitions_) {
        if (names_.find(definition.member.key.text())->second.definition == definition.place) read(definition);
    }
}

void VariableReader::read(Definition& definition) {
    if (definition.state == State::read) return;
    if (definition.state == State::being_read) {
        definition.state = State::read;
        variables_.announce(std::string(definition.member.key.text()));  // Whoever asks for it is at no fault.
        problems_.push_back(
            definition.member.value
                .problem(ProblemCode::invalid,
                         "the variable '" + std::string(definition.member.key.text()) + "' is made of itself")
                .with_note("by way of one that an included file makes of it"));
        return;
    }
    definition.state = State::being_read;
    read_those_in(definition.member.value, definition);
    if (definition.state == State::read) return;
    definition.state = State::read;
    set(definition);
}

void VariableReader::read_those_in(Node value, const Definition& definition) {
    if (value.is_scalar() && value.text().find("${") != std::string_view::npos) {
        for (const auto& piece : parse_template(value.text()).value_or(std::vector<TemplatePart>())) {
            const auto expression =
                piece.kind == TemplatePart::Kind::expression ? parse_expression(piece.text) : std::nullopt;
            if (expression && !expression->call) read_one(expression->name, definition);
        }
    }
    for (const auto& item : value.items()) read_those_in(item, definition);
    for (const auto& member : value.members()) {
        read_those_in(member.key, definition);
        read_those_in(member.value, definition);
    }
}

void VariableReader::read_one(const std::string& name, const Definition& reader) {
    const auto found = names_.find(name);
    if (found == names_.end() || found->second.first_place >= reader.place) return;
    const bool own = name == reader.member.key.text();
    read(definitions_[own ? *reader.replaced : found->second.definition]);
}

void VariableReader::set(const Definition& definition) {
    const auto& [key, written] = definition.member;
    const std::string name(key.text());
    const auto expression = parse_expression(name);
    if (!expression || expression->call)
        problems_.push_back(key.problem(ProblemCode::invalid, "'" + name + "' is no name for a variable")
                                .with_note("letters, digits, _ and -"));
    const auto& part = *definition.part;
    const auto known = substitute_known(part.document, written, variables_);
    problems_.insert(problems_.end(), known.problems.begin(), known.problems.end());
    const auto value = known.document.node(written.index());
    if (has_waiting(value, known.waiting)) {
        variables_.announce(name);
        later_.push_back({name, {part.document, written.index(), part.folder}});
    } else if (const auto json = convert::to_json(value)) {
        variables_.set(name, *json);
    } else {
        problems_.push_back(json.error());
    }
}

}  // namespace

std::vector<RunVariable> read_variables(const std::vector<Part>& parts, const Row& fixed, Variables& variables,
                                        std::vector<Problem>& problems) {
    for (const auto& [name, json] : fixed) variables.set(name, json);
    VariableReader reader(variables, problems);
    for (const auto& part : parts) reader.add(part, fixed);
    reader.read();
    return reader.take_later();
}

}  // namespace understudy::scenario
