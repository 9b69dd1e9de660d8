#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace understudy::event {

/// What stands in an event or a reply and is not in the request: told by the caller, who has the clock, the dice and
/// the socket. Each request has its own.
struct Facts {
    std::chrono::system_clock::time_point time;  ///< When the request arrived.
    std::string request_id;                      ///< UUID. REST: `requestContext.requestId`.
    std::string extended_request_id;        ///< 15 base64 characters and `=`. HTTP API: `requestContext.requestId`.
    std::string trace_root;                 ///< `1-<8 hex digits>-<24 hex digits>`
    std::string trace_parent;               ///< 16 hex digits.
    std::string trace_lineage;              ///< 8 hex digits.
    std::string source_ip;                  ///< The client's address.
    std::string forwarded_proto = "https";  ///< `X-Forwarded-Proto`; AWS serves nothing else.
    std::uint16_t forwarded_port = 443;     ///< `X-Forwarded-Port`
};

}  // namespace understudy::event
