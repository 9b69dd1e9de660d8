#pragma once

#include "emulator/app/template.hpp"
#include "emulator/app/template/value.hpp"
#include "emulator/source/document.hpp"
#include "emulator/source/problem.hpp"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::app::templates {

/// What is said about a template while it is read: what is wrong with it, and what of it is not emulated. Reading goes
/// on after a mistake, with what is left; a place has one mistake, the first that is found there.
/// Tested by: TemplateProblems.*, Notices.*
class Findings {
  public:
    void fail(source::Problem problem);
    void fail(const source::Node& node, std::string message);
    /// Where the value is written, else `otherwise`. Nothing is said of a value of which a mistake has been told, nor
    /// where there is no place.
    void fail(const Value& value, std::string message, const std::optional<source::Node>& otherwise = {});
    /// Where a member of a map is not as it has to be; without one, `otherwise`. Nothing is said of what is missing
    /// where a key of the map is wrong, which has been told: it may be meant by it.
    void fail_required(const Value& map, std::string_view key, std::string message, const source::Node& otherwise);
    /// With `did you mean …?` for the nearest of the candidates.
    void fail_unknown(const source::Node& node, std::string_view word, std::string message,
                      const std::vector<std::string_view>& candidates);
    /// Something right that is not emulated. A place is noted once, however often it is met: what Globals say is one.
    void note(source::Problem notice);
    void note(const source::Node& node, std::string message);

    /// Remembers what is still to be compiled, with its place: the node's.
    void compile_later(const source::Node& node, Expression expression);
    /// The same of what an authorizer's tokens have to match, where that is written.
    void compile_token_pattern(const Value& expression, const std::string& pattern);
    const std::vector<Expression>& expressions() const { return expressions_; }

    /// Remembers that a property that the reader knows was met: `AWS::Lambda::Function.Handler`.
    void meet(std::string property) { met_.insert(std::move(property)); }
    const std::set<std::string, std::less<>>& met() const { return met_; }

    bool failed() const { return !problems_.empty(); }
    /// Something was too large: nothing that is read after it counts.
    bool gave_up() const { return gave_up_; }
    /// What is wrong, by line, that of `main_file` before that of others.
    source::Problems sorted_problems(const std::string& main_file) const;
    /// The notices by line, those of `main_file` before those of others.
    std::vector<source::Problem> sorted_notices(const std::string& main_file) const;

  private:
    /// Whether something can be told of a place, or, without a place, these words: not twice, and not without end.
    bool is_new(const source::Problem& problem) const;
    bool has_room() const;
    bool has_wrong_key(const Value& map) const;

    source::Problems problems_;
    /// Places, and, of what is missing there, the key; words that have no place.
    std::set<std::pair<std::string, std::string>> failed_;
    bool gave_up_ = false;
    std::vector<source::Problem> notices_;
    std::set<std::pair<std::string, std::string>> noted_;
    std::set<std::string, std::less<>> met_;
    std::vector<Expression> expressions_;
};

/// Notes the keys of a document that do not count, since their mappings have them again.
/// Tested by: Notices.AKeyThatIsGivenAgainIsNamedAndTheLastCounts
void note_overridden(const source::Document& document, Findings& findings);

}  // namespace understudy::app::templates
