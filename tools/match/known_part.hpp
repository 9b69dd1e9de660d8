#pragma once

#include "emulator/source/problem.hpp"
#include "tools/match/value.hpp"

#include <google/protobuf/descriptor.h>

#include <string>
#include <vector>

namespace understudy::match {

/// What a schema does not know in a value of JSON.
struct Unknown {
    std::vector<std::string> path;  ///< To the object that it is in, or to the value itself: names, keys and indices.
    Member member;                  ///< Naming `unknown`; any other is an enum's value by a name of its own.
};

/// A message in protobuf's JSON mapping without what its schema does not know, and that.
struct KnownPart {
    Value value;
    std::vector<Unknown> unknown;
};

/// Takes it apart, types that are packed in a google.protobuf.Any included. What does not fit a field stays where it
/// is. Errors: malformed, where a field has both its names, a list or map holds null, or a boolean is written as a
/// text.
source::Result<KnownPart> to_known_part(Value json, const google::protobuf::Descriptor& type);

}  // namespace understudy::match
