#pragma once

#include "emulator/source/problem.hpp"
#include "tools/match/match.hpp"

#include <google/protobuf/message.h>

#include <string>

namespace understudy::match {

/// What equals a message that is written in protobuf's text format. A field that is written counts as set even where it
/// has no presence and equals its default: `count: 0`, `items: []`.
/// Errors: malformed where the text is no message of the prototype's type, with line and column in it.
source::Result<Expectation> to_text_format_expectation(const std::string& expected,
                                                       const google::protobuf::Message& prototype, const Rules& rules);

}  // namespace understudy::match
