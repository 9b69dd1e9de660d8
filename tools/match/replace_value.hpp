#pragma once

#include "emulator/source/document.hpp"
#include "emulator/source/text_edit.hpp"
#include "tools/match/value.hpp"
#include "tools/match/yaml_text.hpp"

#include <string>
#include <vector>

namespace understudy::match {

/// The edits that put a value in the place of what is written: flow in flow, block for block, a comment beside it kept.
std::vector<source::TextEdit> replace_value(source::Node written, const Value& value, Quotes quotes);

/// The same for `$absent`.
std::vector<source::TextEdit> replace_with_absent(source::Node written, Quotes quotes);

/// How the text around a value is written: `always` in a file of JSON, and in what begins as JSON does.
Quotes to_quotes(source::Node place);

}  // namespace understudy::match
