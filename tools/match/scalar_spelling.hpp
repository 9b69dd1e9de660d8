#pragma once

#include "emulator/source/problem.hpp"
#include "tools/convert/well_known.hpp"
#include "tools/match/value.hpp"

#include <google/protobuf/descriptor.h>

#include <string>
#include <string_view>

namespace understudy::match {

/// Spells a value of JSON in the one way in which every parser of protobuf's JSON mapping takes it for the field, or an
/// element of it: whole numbers as their digits, no numbers in quotes, google.protobuf.NullValue as null. Names of
/// enums' values stay, those that an enum has not among them.
///
/// Preconditions: the field is of no message's type. Errors: malformed, where the mapping does not allow the value:
/// `5 is no text`.
/// Source: protobuf.dev/programming-guides/json  Tested by: JsonMapping.*
source::Result<void> spell_scalar(Value& value, const google::protobuf::FieldDescriptor& field);

/// The same of a message that is a text in JSON: a timestamp, a duration, a field mask; any other form is no text.
source::Result<void> check_text_form(const Value& value, convert::JsonForm form);

/// The same of a number in a google.protobuf.Value.
source::Result<void> spell_json_number(Value& value);

/// The key of a map as `to_value` has it: `1` for `01` and `1e0`. Errors: malformed, where it is no such key.
/// Tested by: MessageJsonValue.AKeyIsTheSameInEverySpelling
source::Result<std::string> spell_key(std::string_view key, const google::protobuf::FieldDescriptor& field);

/// Why a value is not what a place asks for: `{"seconds":5} is no timestamp`.
source::Problem to_misfit(const Value& value, std::string_view wanted);

}  // namespace understudy::match
