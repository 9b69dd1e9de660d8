#pragma once

#include "emulator/event/facts.hpp"

#include <chrono>

namespace understudy::event {

/// Facts of a request that nobody sent, the same each time: 2 March 2026, 09:30 UTC, an address that is nobody's.
inline Facts made_up_facts() {
    Facts facts;
    facts.time = std::chrono::system_clock::time_point(std::chrono::seconds(1'772'443'800));
    facts.request_id = "7f3b1c52-9a64-4e0d-8c1f-5d2a90b7e613";
    facts.extended_request_id = "Z3xPlainDvHcEAA=";
    facts.trace_root = "1-69a55998-4f1d2c3b5a69788796a5b4c3";
    facts.trace_parent = "53995c3f42cd8ad8";
    facts.trace_lineage = "a87bd80c";
    facts.source_ip = "203.0.113.10";
    return facts;
}

}  // namespace understudy::event
