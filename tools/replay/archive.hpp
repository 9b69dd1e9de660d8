#pragma once

#include "emulator/record/exchange.hpp"
#include "tools/replay/json_view.hpp"

#include <string_view>
#include <vector>

namespace understudy::replay {

/// The exchanges of an HTTP archive, given its `log.entries` (w3c.github.io/web-performance/specs/HAR, 1.2). Bodies are
/// there as a browser has decoded them, so header lines that speak of codings and lengths are left out of responses; an
/// HTTP/2 request has the `Host` of its `:authority`. The front is told by the host's name, `http` for all others.
/// What the archive did not keep, a body whose `text` is left out or the answer to a request that was given up, is
/// `missing`; such an exchange has no response. A target that is no URL of HTTP, a WebSocket's say, stands as it is.
/// Tested by: ForeignEvents.WhatAnArchiveDidNotKeepIsMissing
std::vector<record::Exchange> read_archive(const JsonView& entries, std::string_view name);

}  // namespace understudy::replay
