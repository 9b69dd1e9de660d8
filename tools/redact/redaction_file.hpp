#pragma once

#include "emulator/record/redaction.hpp"
#include "emulator/source/problem.hpp"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace understudy::redact {

/// What a redaction file asks for, besides the defaults:
///
///     headers: [x-internal-token]         # names, whatever their case
///     fields: [password, user.email, shop.v1.Card.number]
///     query: [token]
///     defaults: false                     # without it, the headers that are always taken stay
///     proto_files: [shop/v1/shop.proto]   # for fields of messages; or descriptor_set: FILE
///     import_paths: [proto]               # relative to this file, as is the set
///
/// A field of a message is taken from the bodies of methods, in protobuf and in JSON. `name` is what problems call the
/// text; relative paths begin in `folder`. Errors: everything that is wrong with the file, or with the schema that it
/// names. Tested by: RedactionFile.*
using RedactionOrProblems = std::variant<record::Redaction, std::vector<source::Problem>>;
RedactionOrProblems read_redaction_file(std::string_view text, std::string_view name, const std::string& folder);

}  // namespace understudy::redact
