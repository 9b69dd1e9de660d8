#pragma once

#include "emulator/source/diagnostic.hpp"

#include <string>
#include <string_view>

namespace understudy::cli {

/// Appends what a function wrote as a terminal may get it: only drawn, but for its colours and other renditions (SGR,
/// `ESC [ … m`), which are left out where there are to be none. Titles, cursor movements, links and the like, which a
/// function may have from its client, are shown as `\x1b…`.
/// Source: ECMA-48, 8.3.117 (SGR). Tested by: ShownLog.ATerminalGetsAFunctionsColoursAndObeysNothingElse
void append_for_terminal(std::string& shown, std::string_view line, source::Colour colour);

}  // namespace understudy::cli
