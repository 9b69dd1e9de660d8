#pragma once

#include "emulator/source/document.hpp"
#include "emulator/source/text_edit.hpp"
#include "tools/match/compare.hpp"
#include "tools/match/pattern.hpp"

#include <optional>
#include <string>
#include <vector>

namespace understudy::match {

/// What has to be written so that an expectation is met.
struct PatternUpdate {
    std::vector<source::TextEdit> edits;
    /// The path of something that no expectation can say, and that it would not be met for all the same: a field that
    /// the schema does not know, a time out of its range. Absent where there is none.
    std::optional<std::string> unsayable;
};

/// How an expectation stands that is to be updated.
struct UpdateRules {
    Mode mode = Mode::exact;  ///< Of the whole.
    UnknownFields unknown_fields = UnknownFields::by_mode;
};

/// The edits after which what is written at `place` is met by `actual`; none where it is met already.
///
/// What is met stays as it is written, matchers, comments and layout included; a matcher that is not met gives way to
/// the value. New text is written as the text around it: flow in flow, block in block, with its quotes and indentation.
/// Precondition: `pattern` was read from `place`.
/// Tested by: Update.*
PatternUpdate update_pattern(const Pattern& pattern, const Value& actual, const UpdateRules& rules, source::Node place);

}  // namespace understudy::match
