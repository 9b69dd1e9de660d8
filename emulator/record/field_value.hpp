#pragma once

#include "emulator/source/text.hpp"

#include <cstddef>
#include <string_view>

namespace understudy::record {

/// How much of a text stands between a field's name, which it follows, and its value: `=` of a URL or a form, also
/// encoded for a URL in a URL (`%3D`, `%253D`) and for JSON (`\u003d`); `": "` of JSON; `"` and the empty line of a
/// part of a multipart form; `" value="` of a page. Each also with its quotes and line ends escaped, as inside of JSON.
/// 0 where there is no value.
/// Tested by: Redaction.NoPresignedPostReachesTheFile
std::size_t measure_separator(std::string_view text);

/// Where the value stands of an input of a page whose name begins at `name`: before or behind the name, with or
/// without quotes, also escaped as inside of JSON. Empty where that is no input's name, or there is no value.
/// Tested by: Redaction.APresignedPostInAPageIsTakenHoweverItsInputsAreWritten
source::Range find_input_value(std::string_view page, std::size_t name);

/// How long a value is of those characters that base64, hexadecimal digits and escapes of URLs have.
std::size_t measure_value(std::string_view text);

/// Whether it may stand in a field's name.
bool is_name_character(char c);

}  // namespace understudy::record
