#pragma once

#include "emulator/source/document.hpp"
#include "emulator/source/problem.hpp"

#include <google/protobuf/descriptor.h>

#include <map>
#include <optional>

namespace understudy::convert {

/// Whether null is a value of the field, and not its absence: google.protobuf.Value and NullValue.
bool takes_null(const google::protobuf::FieldDescriptor& field);

/// The fields and oneofs that a mapping has given so far.
class GivenFields {
  public:
    /// Notes that `member` gives `field`. The problem, if that, or another field of its oneof, was given before.
    std::optional<source::Problem> add(const source::Member& member, const google::protobuf::FieldDescriptor& field);

  private:
    std::map<const google::protobuf::FieldDescriptor*, source::Node> fields_;
    std::map<const google::protobuf::OneofDescriptor*, source::Node> oneofs_;
};

}  // namespace understudy::convert
