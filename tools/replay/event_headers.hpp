#pragma once

#include "emulator/http/headers.hpp"

#include <string>

namespace understudy::replay {

/// The event of an API with these header lines in place of its own of those names, in `headers`, `multiValueHeaders`
/// and `cookies`, as its kind of API has them there. Every other byte stays, and so does an event that is no API's.
/// Tested by: EventHeaders.*
std::string replace_event_headers(const std::string& event, const http::Headers& headers);

}  // namespace understudy::replay
