#pragma once

#include "emulator/source/document.hpp"
#include "emulator/source/problem.hpp"

#include <google/protobuf/descriptor.h>

#include <cstdint>
#include <optional>
#include <string_view>

namespace understudy::match {

/// What a path is to find: all that it may mean, or the one value that stands there.
enum class Reach : std::uint8_t { all, one };

/// Why no value below a message, or a field of one, can have the path that stands at `node`: it names a field that
/// there is not, by neither its name nor its name in JSON. nullopt where one may, as in what has no schema (a Struct,
/// the message in an Any), and where it is no path.
std::optional<source::Problem> check_path(source::Node node, std::string_view path,
                                          const google::protobuf::Descriptor& type, Reach reach = Reach::all);
std::optional<source::Problem> check_path(source::Node node, std::string_view path,
                                          const google::protobuf::FieldDescriptor& field);
/// The same of a path that stands in no document.
std::optional<source::Problem> check_path(std::string_view path, const google::protobuf::Descriptor& type);

}  // namespace understudy::match
