#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace understudy::lambda {

/// The parts of an `X-Amzn-Trace-Id` header; empty where absent.
struct Trace {
    std::string root;
    std::string parent;
    std::string sampled;
    std::string lineage;

    friend bool operator==(const Trace&, const Trace&) = default;
};

/// Reads a trace header: parts between `;` with exactly one `=`, in any order, unknown keys ignored.
Trace parse_trace(std::string_view header);

/// `Root=…;Parent=…;Sampled=…;Lineage=…`, absent parts left out; a missing Sampled is 0, and without a Root there is no
/// header: the empty string.
/// Tested by: Trace.IsRebuiltInTheDocumentedOrder
std::string to_string(const Trace& trace);

/// 128 + 64 random bits, from the caller.
struct TraceSeed {
    std::uint64_t root_high = 0;  ///< 32 bits of it are used.
    std::uint64_t root_low = 0;
    std::uint64_t parent = 0;
};

/// The trace that `/next` hands out for a caller's header: rebuilt, or made anew where there was none, as AWS does even
/// with tracing off.
/// Tested by: Trace.IsMadeWhereTheCallerSentNone
std::string to_invocation_trace(std::string_view header, std::chrono::system_clock::time_point now,
                                const TraceSeed& seed);

/// `2026/01/13/[$LATEST]`, the version in brackets, and 32 hexadecimal digits made of two random numbers.
std::string to_log_stream_name(std::chrono::system_clock::time_point now, std::string_view version, std::uint64_t high,
                               std::uint64_t low);

}  // namespace understudy::lambda
