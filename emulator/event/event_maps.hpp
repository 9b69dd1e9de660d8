#pragma once

#include "emulator/event/event_fields.hpp"
#include "emulator/event/json_writer.hpp"
#include "emulator/event/place.hpp"
#include "emulator/event/query.hpp"

#include <cstdint>
#include <vector>

namespace understudy::event {

/// What becomes of a name that occurs more than once.
enum class Repeated : std::uint8_t {
    last,    ///< A text: the last value.
    all,     ///< A list of all values.
    joined,  ///< A text: all values, with commas between.
};

/// Write an object, empty where there is nothing. Preconditions: behind a key.
void write_headers(JsonWriter& json, const EventHeaders& headers, Repeated repeated);
void write_parameters(JsonWriter& json, const std::vector<Parameter>& parameters, Repeated repeated);
void write_variables(JsonWriter& json, Place::Variables variables);

/// Path parameters: REST leaves them as they were sent.
enum class PathForm : std::uint8_t { decoded, as_sent };
void write_path_parameters(JsonWriter& json, const std::vector<PathParameter>& parameters, PathForm form);

/// The members of payload format 1.0, REST's and the HTTP API's, that are null where there is nothing.
void write_query_or_null(JsonWriter& json, const std::vector<Parameter>& parameters);
void write_path_or_null(JsonWriter& json, const Place& place, PathForm form);
void write_variables_or_null(JsonWriter& json, const Place& place);

}  // namespace understudy::event
