#include "tools/scenario/substitute.hpp"

#include "emulator/source/suggestion.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace understudy::scenario {

namespace {

using source::Node;
using source::Problem;
using source::ProblemCode;

void collect_keys(Node node, std::set<std::uint32_t>& keys) {
    for (const auto& item : node.items()) collect_keys(item, keys);
    for (const auto& [key, value] : node.members()) {
        if (key.text().starts_with('$')) keys.insert(key.index());
        collect_keys(value, keys);
    }
}

/// A value says what something is and never what it must be like: its key `$x` is written `$$x` where it comes to
/// stand.
source::Document with_literal_keys(const source::Document& value) {
    std::set<std::uint32_t> keys;
    collect_keys(value.root(), keys);
    if (keys.empty()) return value;
    return value.rewritten([&](Node node) -> std::optional<source::Document::Replacement> {
        if (!keys.contains(node.index())) return std::nullopt;
        return '$' + std::string(node.text());
    });
}

/// The scalars that are used in a part, those that aliases stand for there included.
class Uses {
  public:
    Uses(const source::Document& document, Node part) {
        for (const auto& [alias, anchored] : document.aliases()) {
            if (anchored.is_scalar()) aliases_.insert_or_assign(anchored.index(), alias);
        }
        add(part);
    }

    bool need_values() const { return need_values_; }
    /// The node that stands in the part: the scalar, or the alias of it.
    std::optional<Node> find(Node scalar) const {
        const auto alias = aliases_.find(scalar.index());
        const Node user = alias == aliases_.end() ? scalar : alias->second;
        return used_.contains(user.index()) ? std::optional(user) : std::nullopt;
    }

  private:
    void add(Node node) {
        if (node.is_scalar()) used_.insert(node.index());
        need_values_ = need_values_ || node.text().find("${") != std::string_view::npos;
        for (const auto& item : node.items()) add(item);
        for (const auto& [key, value] : node.members()) {
            add(key);
            add(value);
        }
    }

    std::unordered_map<std::uint32_t, Node> aliases_;  ///< By the numbers of what they stand for.
    std::unordered_set<std::uint32_t> used_;
    bool need_values_ = false;
};

class Substitution {
  public:
    Substitution(const Variables& variables, const LateNames& late, Generators* generators)
        : variables_(variables), late_(late), generators_(generators) {}

    /// `user`: the node that stands where the scalar's value comes to stand.
    std::optional<source::Document::Replacement> replace(Node node, Node user);
    std::set<std::uint32_t> take_waiting() { return std::move(waiting_); }
    std::vector<Problem> take_problems() { return std::move(problems_); }

  private:
    enum class Found { value, later, nothing };

    Found find(const TemplatePart& part, Node node, Node user, std::string& json);
    Found call(const Expression& expression, const TemplatePart& part, Node node, std::string& json);
    void refuse(const TemplatePart& part, Node node, Problem problem);

    const Variables& variables_;
    const LateNames& late_;
    Generators* generators_;  // None: before the run.
    std::set<std::uint32_t> waiting_;
    std::vector<Problem> problems_;
};

// The expression's own place in its scalar, where that is on the scalar's first line and has neither escapes nor an
// anchor before it.
void Substitution::refuse(const TemplatePart& part, Node node, Problem problem) {
    const auto whole = node.problem(problem.code(), {});
    const std::size_t quote = node.style() == source::ScalarStyle::plain ? 0 : 1;
    const auto before = std::string_view(node.text()).substr(0, part.offset);
    const bool simple = (quote == 0 || node.style() == source::ScalarStyle::single_quoted ||
                         node.style() == source::ScalarStyle::double_quoted) &&
                        before.find_first_of("\n\\'\"") == std::string_view::npos && node.tag().empty() &&
                        node.document_text()[node.range().begin] != '&';
    auto position = whole.position();
    auto extent = whole.extent();
    if (simple) {
        position.column += static_cast<std::uint32_t>(source::count_characters(before) + quote);
        extent = static_cast<std::uint32_t>(part.text.size() + 3);
    }
    problems_.push_back(Problem(problem.code(), problem.message(), node.file(), position)
                            .with_extent(extent)
                            .with_hint(problem.hint())
                            .with_note(problem.note()));
}

Substitution::Found Substitution::call(const Expression& expression, const TemplatePart& part, Node node,
                                       std::string& json) {
    if (const auto checked = Generators::check(expression); !checked) {
        refuse(part, node, checked.error());
        return Found::nothing;
    }
    if (!generators_) return Found::later;
    json = *generators_->make(expression);
    return Found::value;
}

Substitution::Found Substitution::find(const TemplatePart& part, Node node, Node user, std::string& json) {
    const auto expression = parse_expression(part.text);
    if (!expression) {
        refuse(
            part, node,
            Problem(ProblemCode::invalid, "'" + part.text + "' is no variable").with_note("write $${ for the text ${"));
        return Found::nothing;
    }
    if (expression->call) return call(*expression, part, node, json);
    if (!generators_ && late_.is_late(user, expression->name)) return Found::later;
    if (const auto value = variables_.find(expression->name)) {
        json = *value;
        return Found::value;
    }
    if (variables_.is_announced(expression->name)) {
        if (!generators_) return Found::later;
        refuse(part, node, Problem(ProblemCode::invalid, "the variable '" + expression->name + "' has no value yet"));
        return Found::nothing;
    }
    const auto names = variables_.names();
    refuse(part, node,
           Problem(ProblemCode::not_found, "there is no variable '" + expression->name + "'")
               .with_hint(source::render_suggestion(expression->name, names))
               .with_note("set it under vars, or by --var " + expression->name + "=VALUE; $${ stands for the text ${"));
    return Found::nothing;
}

std::optional<source::Document::Replacement> Substitution::replace(Node node, Node user) {
    if (node.text().find("${") == std::string_view::npos) return std::nullopt;
    const auto parts = parse_template(node.text());
    if (!parts) {
        problems_.push_back(
            node.problem(ProblemCode::malformed, "a '${' without its '}'").with_note("write $${ for the text ${"));
        return std::nullopt;
    }
    std::string text;
    std::string json;
    for (const auto& part : *parts) {
        if (part.kind == TemplatePart::Kind::literal) {
            text += part.text;
            continue;
        }
        const auto found = find(part, node, user, json);
        if (found == Found::later) waiting_.insert(user.index());
        if (found == Found::value) text += parts->size() == 1 ? "" : to_inserted_text(json);
        if (found != Found::value) return std::nullopt;
    }
    const bool whole = parts->size() == 1 && parts->front().kind == TemplatePart::Kind::expression;
    if (!whole) return text;
    const auto value = source::parse_document(json, node.file());
    if (value) return source::Document::Replacement(with_literal_keys(*value));
    problems_.push_back(node.problem(ProblemCode::invalid, "the value cannot stand here: " + value.error().message()));
    return std::nullopt;
}

Substituted substitute(const source::Document& document, Node part, const Variables& variables, const LateNames& late,
                       Generators* generators) {
    const Uses uses(document, part);
    if (!uses.need_values()) return {document, {}, {}};
    Substitution substitution(variables, late, generators);
    auto rewritten = document.rewritten([&](Node node) -> std::optional<source::Document::Replacement> {
        const auto user = uses.find(node);
        return user ? substitution.replace(node, *user) : std::nullopt;
    });
    return {std::move(rewritten), substitution.take_waiting(), substitution.take_problems()};
}

}  // namespace

Substituted substitute_known(const source::Document& document, Node part, const Variables& variables,
                             const LateNames& late) {
    return substitute(document, part, variables, late, nullptr);
}

Substituted substitute_all(const source::Document& document, Node part, const Variables& variables,
                           Generators& generators) {
    return substitute(document, part, variables, {}, &generators);
}

bool has_waiting(Node node, const std::set<std::uint32_t>& waiting) {
    if (waiting.empty()) return false;
    if (waiting.contains(node.index())) return true;
    const auto items = node.items();
    const auto members = node.members();
    return std::any_of(items.begin(), items.end(), [&](Node item) { return has_waiting(item, waiting); }) ||
           std::any_of(members.begin(), members.end(), [&](const source::Member& member) {
               return waiting.contains(member.key.index()) || has_waiting(member.value, waiting);
           });
}

}  // namespace understudy::scenario
