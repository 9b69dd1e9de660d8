#pragma once

#include "emulator/app/template.hpp"
#include "emulator/source/document.hpp"
#include "emulator/source/problem.hpp"

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::app::templates {

/// What is said about a template while it is read: what is wrong with it, and what of it is not emulated. Reading goes
/// on after a mistake, with what is left; the first one is told.
class Findings {
  public:
    void fail(source::Problem problem);
    void fail(const source::Node& node, std::string message);
    /// With `did you mean …?` for the nearest of the candidates.
    void fail_unknown(const source::Node& node, std::string_view word, std::string message,
                      const std::vector<std::string_view>& candidates);
    /// Something right that is not emulated. A place is noted once, however often it is met: what Globals say is one.
    void note(source::Problem notice);
    void note(const source::Node& node, std::string message);

    /// Remembers what is still to be compiled: a model, or a pattern where `model` is empty.
    void defer(const source::Node& node, const std::string& api_id, const std::string& model,
               const std::string& pattern = {});
    const std::vector<Expression>& expressions() const { return expressions_; }

    /// Remembers that a property that the reader knows was met: `AWS::Lambda::Function.Handler`.
    void meet(std::string property) { met_.insert(std::move(property)); }
    const std::set<std::string, std::less<>>& met() const { return met_; }

    bool failed() const { return !problems_.empty(); }
    const source::Problem& first_problem() const { return problems_.front(); }
    /// The notices by line, those of `main_file` before those of others.
    std::vector<source::Problem> sorted_notices(const std::string& main_file) const;

  private:
    std::vector<source::Problem> problems_;
    std::vector<source::Problem> notices_;
    std::set<std::pair<std::string, std::string>> noted_;
    std::set<std::string, std::less<>> met_;
    std::vector<Expression> expressions_;
};

}  // namespace understudy::app::templates
