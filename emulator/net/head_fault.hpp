#pragma once

#include "emulator/http/message.hpp"
#include "emulator/net/http_server.hpp"

#include <optional>
#include <string_view>

namespace understudy::net {

/// Whether a request, its head written as HTTP/1.1, is none to the parser that reads all requests: `garbage` or
/// `bad_framing`; nullopt where it is one. What would be read as something else, as a line end in a target, is garbage.
/// Sizes are not looked at. Tested by: HeadFault.IsWhatTheParserSays
std::optional<Malformed> find_head_fault(const http::Request& request);

/// Why a server of these limits refuses a request that has arrived whole: `find_head_fault`, or its size; nullopt where
/// it does not. Tested by: HeadFault.AServersLimitsCountBeforeAnyFrontsOwn
std::optional<Malformed> find_fault(const http::Request& request, const ServerLimits& limits);

/// Such a fault in a sentence: what cures it, or of a size why nothing else counts.
std::string_view explain_head_fault(Malformed fault);

}  // namespace understudy::net
