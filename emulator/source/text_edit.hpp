#pragma once

#include "emulator/source/problem.hpp"
#include "emulator/source/text.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace understudy::source {

/// Bytes of a text, and what takes their place. An empty range is a place between two bytes.
struct TextEdit {
    Range range;
    std::string text;

    friend bool operator==(const TextEdit&, const TextEdit&) = default;
};

/// The text with the edits, whose ranges are those of the text before; at one place they stand in their order,
/// what is put in before what takes the place of text.
/// Errors: invalid for ranges that overlap or lie outside.
Result<std::string> apply_edits(std::string_view text, std::vector<TextEdit> edits);

}  // namespace understudy::source
