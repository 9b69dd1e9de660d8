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

/// `1-`, the seconds of `now` and 96 random bits: 32 of `high`, all of `low`.
std::string to_trace_root(std::chrono::system_clock::time_point now, std::uint64_t high, std::uint64_t low);

/// The trace that `/next` hands out for a caller's header: rebuilt, with a Parent where it has none, or `fresh` where
/// there was none, as AWS does even with tracing off.
/// Tested by: Trace.IsMadeWhereTheCallerSentNone
std::string to_invocation_trace(std::string_view header, const Trace& fresh);

/// `2026/01/13/[$LATEST]`, the version in brackets, and 32 hexadecimal digits made of two random numbers.
std::string to_log_stream_name(std::chrono::system_clock::time_point now, std::string_view version, std::uint64_t high,
                               std::uint64_t low);

}  // namespace understudy::lambda
