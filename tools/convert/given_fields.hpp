#pragma once

#include "emulator/source/document.hpp"
#include "emulator/source/problem.hpp"
#include "tools/convert/convert.hpp"

#include <google/protobuf/descriptor.h>

#include <map>
#include <optional>

namespace understudy::convert {

/// Whether null is a value of the field, and not its absence: google.protobuf.Value and NullValue.
bool takes_null(const google::protobuf::FieldDescriptor& field);

/// The fields and oneofs that a mapping has given so far.
class GivenFields {
  public:
    /// `matchers`: whether a matcher that is met by nothing gives a oneof no value.
    explicit GivenFields(Matchers matchers) : matchers_(matchers) {}

    /// Notes that `member` gives `field`. The problem, if that, or another field of its oneof, was given before.
    std::optional<source::Problem> add(const source::Member& member, const google::protobuf::FieldDescriptor& field);

  private:
    Matchers matchers_;
    std::map<const google::protobuf::FieldDescriptor*, source::Node> fields_;
    std::map<const google::protobuf::OneofDescriptor*, source::Node> oneofs_;
};

}  // namespace understudy::convert
