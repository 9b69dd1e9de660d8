// Checks and errors of /response, /error and /init/error (RIE internal/lambda/rapi: router_test.go, security_test.go,
// handler/*_test.go).

#include "emulator/lambda/runtime_reply.hpp"
#include "tests/emulator/lambda/scripted_environment.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::lambda::environment_calls_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::string kInvalidId = R"(reply 1: 400 {"errorMessage":"Invalid request ID","errorType":"InvalidRequestID"})";
constexpr auto kBrokeOff = FailedUpload::Reason::broke_off;
constexpr auto kTooLarge = FailedUpload::Reason::too_large;

TEST(EnvironmentCalls, AnUnknownIdIsRefusedBeforeTheStateIsLookedAt) {
    for (const RuntimeState state : {RuntimeState::running, RuntimeState::response_sent}) {
        ScriptedEnvironment script;
        script.bring_to(state);
        EXPECT_THAT(script.respond(1, "other", "r"), ElementsAre(kInvalidId));
        EXPECT_THAT(script.post_error(1, "other", "r"), ElementsAre(kInvalidId));
        EXPECT_THAT(script.respond(1, "", "r"), ElementsAre(kInvalidId));
        EXPECT_EQ(script.environment.state(), state);
    }
}

TEST(EnvironmentCalls, TheRightIdIsAcceptedAfterAWrongOne) {
    ScriptedEnvironment script;
    script.bring_to(RuntimeState::running);
    EXPECT_THAT(script.respond(1, "other", "r"), ElementsAre(kInvalidId));
    EXPECT_THAT(script.respond(1, "id-1", "r"),
                ElementsAre("complete succeeded: r", R"(reply 1: 202 {"status":"OK"})"));
}

TEST(EnvironmentCalls, TheRightIdBeforeTheEventWasFetchedIsForbidden) {
    ScriptedEnvironment starting;
    starting.invoke("id-1");
    EXPECT_THAT(starting.respond(1, "id-1", "r"), ElementsAre(HasSubstr("403")));
    EXPECT_THAT(starting.post_error(1, "id-1", "r"), ElementsAre(HasSubstr("from Started to InvocationErrorResponse")));

    ScriptedEnvironment unattended;
    unattended.next(1);
    unattended.environment.on_caller_gone(Ticket(1));
    unattended.invoke("id-1");
    EXPECT_THAT(unattended.respond(1, "id-1", "r"), ElementsAre(HasSubstr("from Ready to InvocationResponse")));
}

TEST(EnvironmentCalls, TheIdOfThePreviousInvocationIsUnknown) {
    ScriptedEnvironment script;
    script.bring_to(RuntimeState::response_sent);
    script.next(2);
    script.invoke("id-2");
    EXPECT_THAT(script.respond(1, "id-1", "late"), ElementsAre(kInvalidId));
    EXPECT_THAT(script.respond(1, "id-2", "r"),
                ElementsAre("complete succeeded: r", R"(reply 1: 202 {"status":"OK"})"));
}

TEST(EnvironmentCalls, ASecondAnswerOfAnyKindIsForbidden) {
    ScriptedEnvironment responded;
    responded.bring_to(RuntimeState::running);
    responded.respond(1, "id-1", "r");
    EXPECT_THAT(responded.respond(1, "id-1", "r"), ElementsAre(HasSubstr("403")));
    EXPECT_THAT(responded.post_error(1, "id-1", "r"), ElementsAre(HasSubstr("403")));

    ScriptedEnvironment failed;
    failed.bring_to(RuntimeState::running);
    failed.post_error(1, "id-1", "r");
    EXPECT_THAT(failed.post_error(1, "id-1", "r"), ElementsAre(HasSubstr("403")));
    EXPECT_THAT(failed.respond(1, "id-1", "r"), ElementsAre(HasSubstr("403")));
}

TEST(EnvironmentCalls, AnUploadThatBreaksOffIsAFunctionErrorAndTheRuntimeMayGoOn) {
    using Kind = FailedUpload::Kind;
    for (const Kind kind : {Kind::response, Kind::error}) {
        ScriptedEnvironment script(ScriptedEnvironment::logged_terms());
        script.bring_to(RuntimeState::running);
        EXPECT_THAT(script.call(1, FailedUpload{kind, kBrokeOff, "id-1"}),
                    ElementsAre(R"(complete function_error: {"errorType":"Runtime.TruncatedResponse",)"
                                R"("errorMessage":"RequestId: id-1 Error: HTTP request detected as truncated"})",
                                R"(reply 1: 400 {"errorMessage":"HTTP request detected as truncated",)"
                                R"("errorType":"TruncatedHTTPRequest"})"));
        EXPECT_EQ(script.environment.state(), RuntimeState::response_sent);
        EXPECT_THAT(script.respond(2, "id-1", "again"), ElementsAre(HasSubstr("403")));
        EXPECT_THAT(script.next(3), testing::Contains(HasSubstr("Error Type: Runtime.TruncatedResponse")));
        EXPECT_EQ(script.environment.state(), RuntimeState::ready);
    }
}

TEST(EnvironmentCalls, AnUploadThatBreaksOffIsCheckedLikeAWholeOne) {
    using Kind = FailedUpload::Kind;
    ScriptedEnvironment script;
    script.bring_to(RuntimeState::running);
    EXPECT_THAT(script.call(1, FailedUpload{Kind::response, kBrokeOff, "other"}), ElementsAre(kInvalidId));
    EXPECT_EQ(script.environment.state(), RuntimeState::running);
    script.respond(2, "id-1", "r");
    EXPECT_THAT(script.call(3, FailedUpload{Kind::error, kBrokeOff, "id-1"}),
                ElementsAre(HasSubstr("to InvocationErrorResponse")));
}

TEST(EnvironmentCalls, AnUploadThatIsTooLargeToBeReadIsToldToTheCallerAndTheRuntimeMayGoOn) {
    using Kind = FailedUpload::Kind;
    for (const Kind kind : {Kind::response, Kind::error}) {
        ScriptedEnvironment script;
        script.bring_to(RuntimeState::running);
        EXPECT_THAT(script.call(1, FailedUpload{kind, kTooLarge, "other"}), ElementsAre(kInvalidId));
        EXPECT_THAT(script.call(2, FailedUpload{kind, kTooLarge, "id-1"}),
                    ElementsAre(HasSubstr("Function.ResponseSizeTooLarge"), HasSubstr("reply 2: 413")));
        EXPECT_EQ(script.environment.state(), RuntimeState::response_sent);
        EXPECT_THAT(script.call(3, FailedUpload{kind, kTooLarge, "id-1"}), ElementsAre(HasSubstr("403")));
        EXPECT_THAT(script.next(4), ElementsAre("idle"));
    }
}

TEST(EnvironmentCalls, TheLargestResponsePassesWhole) {
    ScriptedEnvironment script;
    script.bring_to(RuntimeState::running);
    InvocationResponse response{.id = "id-1",
                                .body = std::string(6291556, 'x'),
                                .content_type = "image/png",
                                .response_mode = "",
                                .stream_error = {}};
    const char* bytes = response.body.data();
    const Actions actions = script.environment.on_call(std::move(response), Ticket(1), script.now, 0);
    ASSERT_EQ(actions.size(), 2u);
    const Outcome& outcome = std::get<Complete>(actions[0]).outcome;
    EXPECT_EQ(outcome.kind, OutcomeKind::succeeded);
    EXPECT_EQ(outcome.payload.size(), 6291556u);
    EXPECT_EQ(outcome.payload.data(), bytes) << "the body was copied";
    EXPECT_EQ(outcome.content_type, "image/png");
    EXPECT_EQ(std::get<Reply>(actions[1]).response, render_accepted());
}

TEST(EnvironmentCalls, AResponseOverTheLimitIsRefusedAndTheRuntimeGoesOn) {
    ScriptedEnvironment script;
    script.bring_to(RuntimeState::running);
    EXPECT_THAT(
        script.respond(1, "id-1", std::string(6291557, 'x')),
        ElementsAre(
            R"(complete function_error: {"errorMessage":"Response payload size exceeded maximum allowed payload size )"
            R"((6291556 bytes).","errorType":"Function.ResponseSizeTooLarge"})",
            R"(reply 1: 413 {"errorMessage":"Exceeded maximum allowed payload size (6291556 bytes).",)"
            R"("errorType":"RequestEntityTooLarge"})"));
    EXPECT_THAT(script.next(2), ElementsAre("idle"));
}

struct ModeCase {
    std::string mode;
    int status;
};

TEST(EnvironmentCalls, OnlyStreamingIsAResponseMode) {
    const std::vector<ModeCase> table{
        {"", 202}, {"streaming", 202}, {"Streaming", 400}, {"buffered", 400}, {"streaming ", 400}};
    for (const ModeCase& row : table) {
        ScriptedEnvironment script;
        script.bring_to(RuntimeState::running);
        const InvocationResponse response{
            .id = "id-1", .body = "r", .content_type = "a/b", .response_mode = row.mode, .stream_error = {}};
        const Actions actions = script.environment.on_call(response, Ticket(1), script.now, 0);
        ASSERT_EQ(actions.size(), 2u);
        const Outcome& outcome = std::get<Complete>(actions[0]).outcome;
        EXPECT_EQ(std::get<Reply>(actions[1]).response.status, row.status) << row.mode;
        EXPECT_EQ(outcome.payload, row.status == 202 ? "r" : "") << row.mode;
        EXPECT_EQ(outcome.kind, row.status == 202 ? OutcomeKind::succeeded : OutcomeKind::function_error) << row.mode;
        EXPECT_EQ(outcome.content_type, "a/b");
        EXPECT_EQ(outcome.error_type, row.status == 202 ? "" : "Runtime.InvalidResponseModeHeader") << row.mode;
    }
}

TEST(EnvironmentCalls, TheModeIsCheckedBeforeTheSize) {
    ScriptedEnvironment script;
    script.bring_to(RuntimeState::running);
    const InvocationResponse response{
        .id = "id-1", .body = std::string(6291557, 'x'), .content_type = "", .response_mode = "no", .stream_error = {}};
    EXPECT_THAT(
        script.call(1, response),
        ElementsAre("complete function_error: ", R"(reply 1: 400 {"errorMessage":"Invalid function response mode",)"
                                                 R"("errorType":"InvalidFunctionResponseMode"})"));
    EXPECT_THAT(script.next(2), ElementsAre(HasSubstr("reply 2: 403")));
}

TEST(EnvironmentCalls, ErrorTrailersMakeAFunctionErrorAndAreAccepted) {
    ScriptedEnvironment script;
    script.bring_to(RuntimeState::running);
    const InvocationResponse response{.id = "id-1",
                                      .body = "half",
                                      .content_type = "text/plain",
                                      .response_mode = "streaming",
                                      .stream_error = StreamError{"Runtime.Broke", R"({"errorMessage":"broke"})"}};
    EXPECT_THAT(script.call(1, response),
                ElementsAre(R"(complete function_error: {"errorMessage":"broke"})", R"(reply 1: 202 {"status":"OK"})"));
}

TEST(EnvironmentCalls, AnInitErrorReachesTheWaitingCallerVerbatimAndAtOnce) {
    ScriptedEnvironment script;
    script.invoke("id-1");
    EXPECT_THAT(script.post_init_error(1, R"({"errorMessage": 1.0 })", "Runtime.NoModule"),
                ElementsAre(R"(reply 1: 202 {"status":"OK"})", R"(complete function_error: {"errorMessage": 1.0 })"));
    EXPECT_THAT(script.exit(1), ElementsAre("dead"));
}

TEST(EnvironmentCalls, ARuntimeThatStaysAfterItsInitErrorIsKilled) {
    ScriptedEnvironment script;
    script.invoke("id-1");
    script.post_init_error(1, "{}");
    ASSERT_TRUE(script.environment.deadline().has_value());
    script.now.steady = *script.environment.deadline();
    EXPECT_THAT(script.reach_deadline(), ElementsAre("kill"));
    EXPECT_THAT(script.die(9), ElementsAre("dead"));
}

TEST(EnvironmentCalls, PeakMemoryIsAskedForWhereAReportIsDue) {
    ScriptedEnvironment script(ScriptedEnvironment::logged_terms());
    EXPECT_FALSE(script.environment.makes_report(InitError{}));
    script.invoke("id-1");
    EXPECT_TRUE(script.environment.makes_report(InitError{}));
    EXPECT_FALSE(script.environment.makes_report(Next{}));
    script.next(1);
    EXPECT_FALSE(script.environment.makes_report(Next{}));
    EXPECT_FALSE(script.environment.makes_report(InvocationResponse{}));
    script.respond(2, "id-1", "r");
    EXPECT_TRUE(script.environment.makes_report(Next{}));
    EXPECT_FALSE(script.environment.makes_report(InitError{}));
    script.next(1);
    EXPECT_FALSE(script.environment.makes_report(Next{}));
}

TEST(EnvironmentCalls, PeakMemoryIsNotAskedForWhereNobodyReadsTheReport) {
    ScriptedEnvironment script;
    script.invoke("id-1");
    script.next(1);
    script.respond(2, "id-1", "r");
    EXPECT_FALSE(script.environment.makes_report(Next{}));
    script.next(1);
    Invocation invocation = make_invocation("id-2");
    invocation.wants_log_tail = true;
    script.invoke(std::move(invocation));
    script.respond(2, "id-2", "r");
    EXPECT_TRUE(script.environment.makes_report(Next{}));
}

}  // namespace
}  // namespace understudy::lambda::environment_calls_test
