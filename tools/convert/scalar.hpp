#pragma once

#include "emulator/source/document.hpp"
#include "emulator/source/problem.hpp"

#include <google/protobuf/descriptor.h>

#include <cstdint>
#include <string>

namespace understudy::convert {

/// What a YAML scalar stands for in JSON.
enum class PlainType : std::uint8_t { null, boolean, number, string };

/// What a scalar stands for by its looks where it is plain; one in quotes, or with a tag, is a string.
PlainType plain_type(source::Node node);

/// How problems call a value: its text in quotes, shortened; `null`, `a mapping`, `a sequence`.
std::string quote(source::Node node);

// Below: scalars of protobuf's JSON mapping, read from one YAML scalar. A plain YAML scalar stands for the JSON value
// it looks like; its text is read as the field's type asks, so that no digit of an int64 is lost and `1.0` is a good
// string.
//
// Errors of all: invalid, at the node, with a message that quotes the text, and a hint where there is a remedy.
// Null is not accepted, save for the enum google.protobuf.NullValue: it means "absent", which the caller decides.

/// A whole number: decimal, also `1.0` and `1e3`, plain `0x1F` and `0o17`; plain or quoted.
source::Result<std::int32_t> to_int32(source::Node node);
source::Result<std::int64_t> to_int64(source::Node node);
source::Result<std::uint32_t> to_uint32(source::Node node);
source::Result<std::uint64_t> to_uint64(source::Node node);

/// A decimal number, `NaN`, `Infinity`, `-Infinity` (and plain `.nan`, `.inf`, `-.inf`). Too large for the type is an
/// error, too small is 0.
source::Result<float> to_float(source::Node node);
source::Result<double> to_double(source::Node node);

/// Plain `true` or `false`.
source::Result<bool> to_bool(source::Node node);

/// Any scalar's text.
source::Result<std::string> to_text(source::Node node);

/// Base64, standard or URL-safe, padded or not; or `hex:` and pairs of hexadecimal digits.
source::Result<std::string> to_bytes(source::Node node);

/// The number of a value named by the enum, or a number: any where the enum is open (proto3), one of its own otherwise.
source::Result<int> to_enum_number(source::Node node, const google::protobuf::EnumDescriptor& type);

}  // namespace understudy::convert
