#pragma once

#include "emulator/source/document.hpp"
#include "emulator/source/text_edit.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace understudy::scenario {

/// A place of a file that says what a reply holds, and what would have to be written there for this reply.
struct Snapshot {
    std::string path;  ///< `response`, `headers.ETag`, `body`.
    std::string file;
    source::Range range;
    source::Position position;
    std::vector<source::TextEdit> edits;  ///< None where the reply is as it is written.
    std::size_t differences = 0;          ///< How many of the step's are no more, once that is written.
    std::string obstacle = {};            ///< Why it cannot be written, so that there are no edits; empty where it can.
    bool secret = false;                  ///< A secret would be written: there are no edits.
};

}  // namespace understudy::scenario
