#pragma once

#include "emulator/lambda/invocation.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace understudy::lambda {

/// How a process ended.
struct ExitStatus {
    enum class Kind : std::uint8_t { exited, signaled };
    Kind kind = Kind::exited;
    int number = 0;  ///< The exit code, or the signal's number.

    friend bool operator==(const ExitStatus&, const ExitStatus&) = default;
};

/// Why a runtime process could not be started at all.
struct SpawnFailure {
    enum class Kind : std::uint8_t {
        entrypoint,         ///< The program is missing, or the kernel refused it.
        working_directory,  ///< The program's directory cannot be entered.
    };
    Kind kind = Kind::entrypoint;
    std::string message;  ///< AWS's words: `fork/exec PATH: permission denied`.

    friend bool operator==(const SpawnFailure&, const SpawnFailure&) = default;
};

/// A fault of an environment in the platform's words.
struct Fault {
    std::string type;     ///< `Runtime.ExitError`
    std::string message;  ///< `Runtime exited with error: exit status 1`, without the request id; empty where the
                          ///< runtime reported the fault itself.

    friend bool operator==(const Fault&, const Fault&) = default;
};

/// Rule: exit 0, exit N and signals have three texts; signals carry Go's names (recorded by localstack/localstack
/// tests/aws/services/lambda_/test_lambda.snapshot.json).
/// Tested by: Failure.ExitTextsAreTheRecordedOnes
Fault to_fault(const ExitStatus& status);
/// Rule: a missing or unrunnable bootstrap is `Runtime.InvalidEntrypoint`.
/// Tested by: Failure.SpawnTextsAreTheRecordedOnes
Fault to_fault(const SpawnFailure& failure);
/// Rule: the type is `Sandbox.Timedout`, the time is the function's limit with two decimals.
/// Tested by: Failure.TimeoutTextShowsTheLimitWithTwoDecimals
Fault timeout_fault(std::chrono::milliseconds limit);
/// `Task timed out after 3.00 seconds`
std::string to_timeout_message(std::chrono::milliseconds limit);

/// An answer to an invocation that broke off while it was posted.
Fault truncated_fault();

/// What a runtime reported by `/init/error` under this type.
Fault reported_fault(std::string_view error_type);

/// `{"errorType":"…","errorMessage":"RequestId: ID Error: …"}`, as the caller gets it.
Outcome to_outcome(const Fault& fault, std::string_view id);

/// What whoever waits for an invocation gets when the emulator stops.
Outcome stopped_outcome(std::string_view id);

/// What the caller of a response over `app::kMostReplyBytes` gets. `bytes`: how large it is; 0 where it was not read
/// whole.
Outcome oversized_outcome(std::size_t bytes);

/// The most bytes that a runtime may stream: 200 MiB
/// (docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html says "200 MB").
inline constexpr std::uint64_t kMaxStreamedBytes = 200 * 1024 * 1024;
/// What the caller of a longer stream gets behind its first 200 MiB. Its words are not recorded: those of the buffered
/// limit, with the other number.
Outcome oversized_stream_outcome();

/// The error type that a runtime gave, as the platform uses it: kept where it contains `Runtime.Xx` or `Function.Xx`,
/// else `Function.Unknown` or `Runtime.Unknown`.
/// Tested by: Failure.ErrorTypesAreScrubbed
std::string scrub_error_type(std::string_view type);

}  // namespace understudy::lambda
