#pragma once

#include "tools/match/value.hpp"
#include "tools/replay/function_reply.hpp"
#include "tools/replay/rules.hpp"

#include <string>
#include <string_view>

namespace understudy::replay {

/// The error document that a caller gets who does not take the reply as it is written.
const std::string& find_error_document(const FunctionReply& reply);
/// An error's type as it was posted, else as the document says it.
std::string find_error_type(const FunctionReply& reply);
/// How an invocation ended, for people.
std::string to_outcome_text(const FunctionReply& reply);
/// An error document, as far as it is the same in each run: the one member of an object, `error`.
match::Value to_error_value(std::string_view document, const ReplayRules& rules);

}  // namespace understudy::replay
