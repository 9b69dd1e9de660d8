#pragma once

#include "emulator/source/document.hpp"
#include "emulator/source/problem.hpp"
#include "tools/convert/written_fields.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <cstdint>
#include <functional>
#include <vector>

namespace understudy::convert {

/// How problems name the things they talk about.
enum class Wording : std::uint8_t {
    types,  ///< For a user's messages: `unknown field 'patern' in logquery.v1.FindMessagesRequest`.
    words,  ///< For formats of our own: `unknown key 'fronst' in a scenario`.
};

/// What becomes of matchers (matcher_syntax.hpp).
enum class Matchers : std::uint8_t {
    refused,   ///< Where a value is to be sent there is nothing to match.
    left_out,  ///< They stand for no value: their field is not set, an item or entry keeps its place with a default.
               ///< What is packed in a google.protobuf.Any of an unknown type is left to the caller, too.
};

/// How a message is read.
struct ConvertOptions {
    Wording wording = Wording::types;
    /// Fields whose value is left to the caller: they are not converted, and a message field becomes present and empty.
    std::function<bool(const google::protobuf::FieldDescriptor&)> left_to_caller;
    Matchers matchers = Matchers::refused;
};

/// Fills `message`, of any type and any descriptor pool, from a value in protobuf's JSON mapping written as YAML.
///
/// A null member is as good as absent. Keys that begin with `$` are those of matchers; in maps and
/// google.protobuf.Struct `$$x` is the literal key `$x`. The types packed into a google.protobuf.Any come from the
/// message's own pool; what is sent has none but those.
/// Returns every problem (a hundred at most), in the order of the text; where there is one, `message` is filled as far
/// as it could be.
std::vector<source::Problem> convert_message(source::Node node, google::protobuf::Message& message,
                                             const ConvertOptions& options);
std::vector<source::Problem> convert_message(source::Node node, google::protobuf::Message& message);

/// The same for one field of `message`: all of it, or one more item of a repeated one.
std::vector<source::Problem> convert_field(source::Node node, google::protobuf::Message& message,
                                           const google::protobuf::FieldDescriptor& field,
                                           const ConvertOptions& options);
std::vector<source::Problem> convert_item(source::Node node, google::protobuf::Message& message,
                                          const google::protobuf::FieldDescriptor& field,
                                          const ConvertOptions& options);

}  // namespace understudy::convert
