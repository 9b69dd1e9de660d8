#pragma once

#include "emulator/app/template/evaluator.hpp"
#include "emulator/app/template/findings.hpp"
#include "emulator/app/template/value.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace understudy::app::templates {

/// What a template says of all its resources of a kind, by resource type.
struct Globals {
    std::map<std::string, Value, std::less<>> sections = {};
};

/// Reads the section Globals; what SAM does not allow there is a problem.
///
/// Rule: aws/serverless-application-model samtranslator/plugins/globals/globals.py
Globals read_globals(const source::Node& root, Evaluator& evaluator, Findings& findings);

/// A resource's properties over those of Globals, but for the keys that its attribute IgnoreGlobals names.
Value apply_globals(const Globals& globals, std::string_view type, const Value& properties,
                    const std::optional<source::Node>& ignored, Findings& findings);

}  // namespace understudy::app::templates
