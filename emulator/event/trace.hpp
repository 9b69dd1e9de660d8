#pragma once

#include "emulator/event/facts.hpp"
#include "emulator/http/headers.hpp"

#include <string>

namespace understudy::event {

/// The X-Amzn-Trace-Id of a request, as the event shows it and as the function and the reply get it.
struct Trace {
    std::string event;     ///< `Root=…`, or the client's own header where that names a root.
    std::string function;  ///< `Root=…;Parent=…;Sampled=0;Lineage=1:…:0`
};

/// Rule: a request without the header gets a root of its own; that a client's root, parent and sampling are kept is
/// unverified [localstack: execute_api/handlers/parse.py does so]. Tested by: Trace.AClientsRootIsKept
Trace to_trace(const http::Headers& headers, const Facts& facts);

}  // namespace understudy::event
