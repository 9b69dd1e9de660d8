#pragma once

#include "emulator/source/document.hpp"
#include "emulator/source/text_edit.hpp"
#include "tools/match/compare.hpp"
#include "tools/match/pattern.hpp"

#include <vector>

namespace understudy::match {

/// The edits after which what is written at `place` is met by `actual`; none where it is met already.
///
/// What is met stays as it is written, matchers, comments and layout included; a matcher that is not met gives way to
/// the value. New text is written as the text around it: flow in flow, block in block, with its quotes and indentation.
/// Precondition: `pattern` was read from `place`.
std::vector<source::TextEdit> update_pattern(const Pattern& pattern, const Value& actual, UnknownFields unknown_fields,
                                             source::Node place);

}  // namespace understudy::match
