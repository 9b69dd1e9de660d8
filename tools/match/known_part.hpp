#pragma once

#include "emulator/source/problem.hpp"
#include "tools/match/value.hpp"

#include <google/protobuf/descriptor.h>

#include <cstdint>
#include <string>
#include <vector>

namespace understudy::match {

/// What a schema does not know in a value of JSON.
struct Unknown {
    enum class What : std::uint8_t {
        field,      ///< One more member of the object at the path.
        enum_name,  ///< The value at the path, by a name that its enum has not.
        any_type,   ///< The google.protobuf.Any at the path, whose type there is not, or that cannot be read.
    };
    What what = What::field;
    std::vector<std::string> path;  ///< Names, keys and indices, as `to_value` has them.
    Member member;                  ///< Without a name where it is a value in its place.
};

/// A message in protobuf's JSON mapping without what its schema does not know, and that.
struct KnownPart {
    Value value;  ///< Spelled in the one way that every parser of the mapping takes.
    std::vector<Unknown> unknown;
};

/// Takes it apart, types that are packed in a google.protobuf.Any included. What is null and so as good as absent is
/// left out.
/// Errors: malformed, with the path, where the mapping does not allow a value in its place (scalar_spelling.hpp), a
/// field has both its names, or two of a oneof are given.
/// Source: protobuf.dev/programming-guides/json, and google.golang.org/protobuf/encoding/protojson
/// Tested by: MessageJsonValue.*, JsonMapping.*
source::Result<KnownPart> to_known_part(Value json, const google::protobuf::Descriptor& type);

}  // namespace understudy::match
