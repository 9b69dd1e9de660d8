#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace understudy::report {

/// Bytes for people, sixteen a line, with the place that decoding did not get past under a caret:
///
///     00000000  0a 05 68 65 6c 6c 6f 12  ff                       |..hello..|
///                                        ^^ decoding stopped here
///
/// At most `most` bytes, those around the mark; lines that are left out are told. Every line ends in a line break.
/// A mark behind the last byte stands behind it.
std::string render_hex_dump(std::string_view bytes, std::optional<std::size_t> mark, std::size_t most);

}  // namespace understudy::report
