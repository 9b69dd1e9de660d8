#pragma once

#include "emulator/record/exchange.hpp"
#include "emulator/source/problem.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace understudy::replay {

/// Reads a JSON text that is no recording, and holds events nevertheless:
///
/// - an event alone, as the console or a log shows it, also behind the beginning of a log line, or as the `message` of
/// a
///   log line in JSON; SAM's `events/*.json` are such texts;
/// - a list of events;
/// - the console's shareable test events: the examples of an OpenAPI document;
/// - an HTTP archive (HAR 1.2): its requests and responses, with bodies as a browser has decoded them.
///
/// An event becomes an exchange of the Runtime API's edge, its bytes as they are, whose front is told by its shape:
/// `invoke` where it is no front's. `name`, usually the text's path, is what problems call it, and what gives an
/// exchange its id where nothing else does.
/// Errors: malformed, with its place, for what is no JSON; invalid for JSON that holds no events.
/// Tested by: ForeignEvents.*
source::Result<std::vector<record::Exchange>> read_events(std::string_view text, std::string_view name);

/// Which front an event is from: `rest`, `http`, `http1`, `url`, `alb`, `websocket`, else `invoke`.
std::string tell_front(std::string_view event);

}  // namespace understudy::replay
