#include "emulator/lambda/failure.hpp"

#include "emulator/app/reply_limit.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace understudy::lambda::failure_test {
namespace {

using std::chrono::milliseconds;
using Kind = ExitStatus::Kind;

TEST(Failure, ExitTextsAreTheRecordedOnes) {
    const std::vector<std::pair<ExitStatus, std::string>> table{
        {{Kind::exited, 0}, "Runtime exited without providing a reason"},
        {{Kind::exited, 1}, "Runtime exited with error: exit status 1"},
        {{Kind::exited, 127}, "Runtime exited with error: exit status 127"},
        {{Kind::exited, 255}, "Runtime exited with error: exit status 255"},
        {{Kind::signaled, 1}, "Runtime exited with error: signal: hangup"},
        {{Kind::signaled, 2}, "Runtime exited with error: signal: interrupt"},
        {{Kind::signaled, 4}, "Runtime exited with error: signal: illegal instruction"},
        {{Kind::signaled, 6}, "Runtime exited with error: signal: aborted"},
        {{Kind::signaled, 7}, "Runtime exited with error: signal: bus error"},
        {{Kind::signaled, 8}, "Runtime exited with error: signal: floating point exception"},
        {{Kind::signaled, 9}, "Runtime exited with error: signal: killed"},
        {{Kind::signaled, 11}, "Runtime exited with error: signal: segmentation fault"},
        {{Kind::signaled, 15}, "Runtime exited with error: signal: terminated"},
        {{Kind::signaled, 31}, "Runtime exited with error: signal: signal 31"},
        {{Kind::signaled, 0}, "Runtime exited with error: signal: signal 0"},
    };
    for (const auto& [status, text] : table) EXPECT_EQ(to_fault(status), (Fault{"Runtime.ExitError", text}));
}

TEST(Failure, SpawnTextsAreTheRecordedOnes) {
    EXPECT_EQ(
        to_fault(SpawnFailure{SpawnFailure::Kind::entrypoint,
                              "Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]"}),
        (Fault{"Runtime.InvalidEntrypoint", "Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]"}));
    for (const char* reason : {"permission denied", "exec format error", "no such file or directory"}) {
        EXPECT_EQ(to_fault(SpawnFailure{SpawnFailure::Kind::entrypoint,
                                        std::string("fork/exec /var/task/bootstrap: ") + reason}),
                  (Fault{"Runtime.InvalidEntrypoint", std::string("fork/exec /var/task/bootstrap: ") + reason}));
    }
}

TEST(Failure, TimeoutTextShowsTheLimitWithTwoDecimals) {
    const std::vector<std::pair<milliseconds, std::string>> table{{milliseconds(1000), "1.00"},
                                                                  {milliseconds(3000), "3.00"},
                                                                  {milliseconds(900'000), "900.00"},
                                                                  {milliseconds(250), "0.25"},
                                                                  {milliseconds(8010), "8.01"}};
    for (const auto& [limit, text] : table) {
        EXPECT_EQ(timeout_fault(limit), (Fault{"Sandbox.Timedout", "Task timed out after " + text + " seconds"}));
    }
}

TEST(Failure, CallersGetTypeThenMessageWithTheRequestId) {
    const Outcome outcome = to_outcome(timeout_fault(milliseconds(1000)), "8476a536");
    EXPECT_EQ(outcome.kind, OutcomeKind::function_error);
    EXPECT_EQ(outcome.content_type, "application/json");
    EXPECT_EQ(outcome.payload, R"({"errorType":"Sandbox.Timedout","errorMessage":"RequestId: 8476a536 Error: )"
                               R"(Task timed out after 1.00 seconds"})");
}

TEST(Failure, DocumentsAreEscaped) {
    EXPECT_EQ(to_outcome({"T", "a\"b"}, "i").payload, R"({"errorType":"T","errorMessage":"RequestId: i Error: a\"b"})");
}

TEST(Failure, TheOversizedDocumentIsTheRecordedOne) {
    EXPECT_EQ(oversized_outcome(9).kind, OutcomeKind::function_error);
    EXPECT_EQ(oversized_outcome(9).oversized, 9u);
    EXPECT_EQ(oversized_outcome(9).payload,
              R"({"errorMessage":"Response payload size exceeded maximum allowed payload size (6291556 bytes).",)"
              R"("errorType":"Function.ResponseSizeTooLarge"})");
    EXPECT_EQ(app::kMostReplyBytes, 6291556u);
}

TEST(Failure, ErrorTypesAreScrubbed) {
    const std::vector<std::pair<std::string, std::string>> table{
        {"", "Runtime.Unknown"},
        {"MyCustomError", "Runtime.Unknown"},
        {"MyCustomError.Error", "Runtime.Unknown"},
        {"Runtime.MyCustomErrorTypeHere", "Runtime.MyCustomErrorTypeHere"},
        {"Function.MyCustomErrorTypeHere", "Function.MyCustomErrorTypeHere"},
        {"Runtime.ExitError", "Runtime.ExitError"},
        {"Runtime.X", "Runtime.Unknown"},
        {"Runtime.lower", "Runtime.Unknown"},
        {"Runtime.X1", "Runtime.Unknown"},
        {"Function.lower", "Function.Unknown"},
        {"Function.", "Function.Unknown"},
        {"my Runtime.Error!", "my Runtime.Error!"},
        {"Runtime.Runtime.Error", "Runtime.Runtime.Error"},
        {"Function.a Runtime.Bc", "Function.a Runtime.Bc"},
        {"runtime.Error", "Runtime.Unknown"},
    };
    for (const auto& [type, scrubbed] : table) EXPECT_EQ(scrub_error_type(type), scrubbed) << type;
}

}  // namespace
}  // namespace understudy::lambda::failure_test
