#pragma once

#include "tools/match/value.hpp"

#include <string_view>

namespace understudy::match {

/// What `$type` asks: a type of JSON, a kind of text, or the full name of the message in a google.protobuf.Any.
bool is_of_type(const Value& value, std::string_view type);

}  // namespace understudy::match
