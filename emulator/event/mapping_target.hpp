#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace understudy::event {

/// What an entry of an HTTP API's parameter mapping changes: `overwrite:header.x`. Views into its text.
struct MappingTarget {
    enum class Action : std::uint8_t { append, overwrite, remove };
    enum class Part : std::uint8_t { header, querystring, path, statuscode };
    Action action = Action::overwrite;
    Part part = Part::header;
    std::string_view name = {};  ///< Of a header or query parameter.
};

/// Errors: nullopt for what is no such target; path and status code can only be overwritten.
///
/// Rule: [API Gateway developer guide, http-api-parameter-mapping]. Tested by: ParameterMapping.WhatMayBeChanged
std::optional<MappingTarget> parse_mapping_target(std::string_view text);

}  // namespace understudy::event
