// What the function's log says in the course of invocations, and the tail that a caller may ask for.

#include "tests/emulator/lambda/scripted_environment.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::lambda::environment_log_test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string kAccepted = R"(reply 2: 202 {"status":"OK"})";

ScriptedEnvironment logged() {
    return ScriptedEnvironment(ScriptedEnvironment::logged_terms());
}

Invocation with_tail(std::string id) {
    Invocation invocation = make_invocation(std::move(id));
    invocation.wants_log_tail = true;
    return invocation;
}

TEST(EnvironmentLog, ASilentInvocationIsLoggedInOneWrite) {
    ScriptedEnvironment script = logged();
    script.wait(std::chrono::microseconds(110'100));
    EXPECT_THAT(script.next(1), ElementsAre("idle"));
    EXPECT_THAT(script.invoke("id-1"), ElementsAre("reply 1: 200 event"));
    script.wait(std::chrono::microseconds(2'010));
    EXPECT_THAT(script.respond(2, "id-1", "r"), ElementsAre("complete succeeded: r", kAccepted));
    script.wait(milliseconds(1));
    EXPECT_THAT(script.next(3), ElementsAre("log: START RequestId: id-1 Version: $LATEST\n"
                                            "END RequestId: id-1\n"
                                            "REPORT RequestId: id-1\tDuration: 3.01 ms\tBilled Duration: 114 ms\t"
                                            "Memory Size: 128 MB\tMax Memory Used: 36 MB\tInit Duration: 110.10 ms\t\n",
                                            "idle"));
}

TEST(EnvironmentLog, OnlyTheFirstReportTellsTheInit) {
    ScriptedEnvironment script = logged();
    script.bring_to(RuntimeState::response_sent);
    EXPECT_THAT(script.next(3), ElementsAre(HasSubstr("Init Duration: 0.00 ms"), "idle"));
    script.invoke("id-2");
    script.respond(2, "id-2", "r");
    EXPECT_THAT(script.next(3), ElementsAre("log: START RequestId: id-2 Version: $LATEST\n"
                                            "END RequestId: id-2\n"
                                            "REPORT RequestId: id-2\tDuration: 0.00 ms\tBilled Duration: 0 ms\t"
                                            "Memory Size: 128 MB\tMax Memory Used: 36 MB\t\n",
                                            "idle"));
}

TEST(EnvironmentLog, MoreMemoryThanTheFunctionHasIsToldOnceByItsEnvironment) {
    ScriptedEnvironment script = logged();
    script.peak_memory_kilobytes = 128 * 1024;
    script.bring_to(RuntimeState::response_sent);
    EXPECT_THAT(script.next(3), ElementsAre(HasSubstr("Max Memory Used: 128 MB"), "idle"));
    script.peak_memory_kilobytes += 1;
    const auto serve = [&] {
        script.invoke("id-2");
        script.respond(2, "id-2", "r");
        return script.next(3);
    };
    const std::string peak = "Max Memory Used: 129 MB";
    EXPECT_THAT(serve(), ElementsAre(HasSubstr(peak), "over memory: 131073", "idle"));
    EXPECT_THAT(serve(), ElementsAre(HasSubstr(peak), "idle"));
    script.invoke("id-3");
    EXPECT_THAT(script.exit(1), testing::Not(testing::Contains(HasSubstr("over memory"))));
}

TEST(EnvironmentLog, AnExitOverTheMemoryIsToldToo) {
    ScriptedEnvironment script = logged();
    script.bring_to(RuntimeState::running);
    script.peak_memory_kilobytes = 200 * 1024;
    EXPECT_THAT(script.die(9), testing::Contains("over memory: 204800"));
}

TEST(EnvironmentLog, StartGoesOutBeforeTheFunctionsFirstLine) {
    ScriptedEnvironment script = logged();
    script.bring_to(RuntimeState::running);
    EXPECT_THAT(script.output("hello\n"), ElementsAre("log: START RequestId: id-1 Version: $LATEST\n"));
    EXPECT_THAT(script.output("again\n"), IsEmpty());
    script.respond(2, "id-1", "r");
    EXPECT_THAT(script.next(3), ElementsAre(testing::StartsWith("log: END RequestId: id-1\nREPORT"), "idle"));
}

TEST(EnvironmentLog, LinesOfTheInitPrecedeStart) {
    ScriptedEnvironment script = logged();
    script.invoke("id-1");
    EXPECT_THAT(script.output("loading\n"), IsEmpty());
    script.next(1);
    EXPECT_THAT(script.output("hello\n"), ElementsAre("log: START RequestId: id-1 Version: $LATEST\n"));
}

TEST(EnvironmentLog, AnExitIsLoggedBetweenStartAndEnd) {
    ScriptedEnvironment script = logged();
    script.bring_to(RuntimeState::running);
    EXPECT_THAT(script.exit(106),
                ElementsAre(HasSubstr("complete function_error"),
                            "log: START RequestId: id-1 Version: $LATEST\n"
                            "RequestId: id-1 Error: Runtime exited with error: exit status 106\nRuntime.ExitError\n"
                            "END RequestId: id-1\n"
                            "REPORT RequestId: id-1\tDuration: 0.00 ms\tBilled Duration: 0 ms\tMemory Size: 128 MB\t"
                            "Max Memory Used: 36 MB\tInit Duration: 0.00 ms\tStatus: error\t"
                            "Error Type: Runtime.ExitError\n",
                            "dead"));
}

TEST(EnvironmentLog, AFailedInitIsReportedBeforeStart) {
    ScriptedEnvironment script = logged();
    script.invoke("id-1");
    script.wait(std::chrono::microseconds(154'030));
    EXPECT_THAT(
        script.die(11),
        ElementsAre(HasSubstr("complete function_error"),
                    "log: INIT_REPORT Init Duration: 154.03 ms\tPhase: init\tStatus: error\t"
                    "Error Type: Runtime.ExitError\n"
                    "START RequestId: id-1 Version: $LATEST\n"
                    "RequestId: id-1 Error: Runtime exited with error: signal: segmentation fault\nRuntime.ExitError\n"
                    "END RequestId: id-1\n"
                    "REPORT RequestId: id-1\tDuration: 154.03 ms\tBilled Duration: 155 ms\tMemory Size: 128 MB\t"
                    "Max Memory Used: 36 MB\tStatus: error\tError Type: Runtime.ExitError\n",
                    "dead"));
}

TEST(EnvironmentLog, AnInitErrorIsLoggedUnderItsScrubbedType) {
    ScriptedEnvironment script = logged();
    script.invoke("id-1");
    EXPECT_THAT(script.post_init_error(2, "{}", "MyType"),
                ElementsAre(kAccepted, "complete function_error: {}",
                            testing::AllOf(HasSubstr("Status: error\tError Type: Runtime.Unknown\nSTART"),
                                           HasSubstr("\nUnknown application error occurred\nRuntime.Unknown\nEND"))));
}

TEST(EnvironmentLog, ATimeoutShowsExactlyTheLimit) {
    ScriptedEnvironment script = logged();
    script.wait(std::chrono::microseconds(402'040));
    script.bring_to(RuntimeState::running);
    script.wait(milliseconds(3007));
    EXPECT_THAT(script.reach_deadline(),
                ElementsAre(HasSubstr("complete function_error"),
                            "log: START RequestId: id-1 Version: $LATEST\n"
                            "2023-11-14T22:13:23.409Z id-1 Task timed out after 3.00 seconds\n\n"
                            "END RequestId: id-1\n"
                            "REPORT RequestId: id-1\tDuration: 3000.00 ms\tBilled Duration: 3403 ms\t"
                            "Memory Size: 128 MB\tMax Memory Used: 36 MB\tInit Duration: 402.04 ms\tStatus: timeout\n",
                            "kill"));
}

TEST(EnvironmentLog, AnInitThatHangsIsReportedAsTimeout) {
    ScriptedEnvironment script = logged();
    script.invoke("id-1");
    script.wait(seconds(13));
    EXPECT_THAT(
        script.reach_deadline(),
        ElementsAre(HasSubstr("Sandbox.Timedout"),
                    testing::AllOf(testing::StartsWith(
                                       "log: INIT_REPORT Init Duration: 13000.00 ms\tPhase: init\tStatus: timeout\n"
                                       "START RequestId: id-1"),
                                   HasSubstr("Duration: 3000.00 ms"), testing::EndsWith("Status: timeout\n")),
                    "kill"));
}

TEST(EnvironmentLog, ThePostedErrorOfAHandlerIsNoFaultOfTheEnvironment) {
    ScriptedEnvironment script = logged();
    script.bring_to(RuntimeState::running);
    script.post_error(2, "id-1", "{}");
    EXPECT_THAT(script.next(3), ElementsAre(testing::EndsWith("ms\t\n"), "idle"));
}

TEST(EnvironmentLog, TheFirstFaultIsTheOneReported) {
    ScriptedEnvironment script = logged();
    script.bring_to(RuntimeState::invocation_response);
    const std::string type = "Runtime.InvalidResponseModeHeader\n";
    const std::string lines = "\nRequestId: id-1 Error: Runtime exited without providing a reason\n" + type + "END ";
    EXPECT_THAT(
        script.exit(0),
        ElementsAre(testing::AllOf(HasSubstr(lines), testing::EndsWith("Status: error\tError Type: " + type)), "dead"));
}

TEST(EnvironmentLog, AnExitBehindAResponseThatBrokeOffIsToldUnderTheTypeOfThat) {
    ScriptedEnvironment script = logged();
    script.bring_to(RuntimeState::running);
    script.call(2, FailedUpload{.kind = FailedUpload::Kind::response, .id = "id-1"});
    const std::string type = "Runtime.TruncatedResponse\n";
    EXPECT_THAT(script.exit(1),
                ElementsAre(testing::AllOf(HasSubstr("Error: Runtime exited with error: exit status 1\n" + type +
                                                     "END RequestId: id-1\n"),
                                           testing::EndsWith("Error Type: " + type)),
                            "dead"));
}

TEST(EnvironmentLog, ATimeoutAfterAnotherFaultIsReportedAsTimeout) {
    ScriptedEnvironment script = logged();
    script.bring_to(RuntimeState::invocation_response);
    script.wait(seconds(3));
    EXPECT_THAT(script.reach_deadline(), ElementsAre(testing::EndsWith("Status: timeout\n"), "kill"));
}

TEST(EnvironmentLog, ReportsShowNominalTime) {
    EnvironmentTerms terms = ScriptedEnvironment::logged_terms();
    terms.clock_scale = 10;
    ScriptedEnvironment script(terms);
    script.wait(milliseconds(2));
    script.bring_to(RuntimeState::response_sent);
    script.wait(milliseconds(5));
    EXPECT_THAT(script.next(1), ElementsAre(HasSubstr("\tDuration: 50.00 ms\tBilled Duration: 70 ms\t"), "idle"));
}

TEST(EnvironmentLog, ATailHoldsTheOutcomeUntilTheReport) {
    ScriptedEnvironment script;
    script.next(1);
    script.invoke(with_tail("id-1"));
    EXPECT_THAT(script.output("hello\n"), IsEmpty());
    EXPECT_THAT(script.respond(2, "id-1", "r"), ElementsAre(kAccepted));
    const Actions actions = script.environment.on_call(Next{}, Ticket(3), script.now, 1024);
    ASSERT_THAT(describe(actions), ElementsAre("complete succeeded: r", "idle"));
    EXPECT_EQ(std::get<Complete>(actions[0]).outcome.log_tail,
              "START RequestId: id-1 Version: $LATEST\n"
              "hello\n"
              "END RequestId: id-1\n"
              "REPORT RequestId: id-1\tDuration: 0.00 ms\tBilled Duration: 0 ms\tMemory Size: 128 MB\t"
              "Max Memory Used: 1 MB\tInit Duration: 0.00 ms\t\n");
}

TEST(EnvironmentLog, ATailIsTheSameWhereTheLogIsWritten) {
    ScriptedEnvironment script = logged();
    script.next(1);
    script.invoke(with_tail("id-1"));
    EXPECT_THAT(script.output("hello\n"), ElementsAre("log: START RequestId: id-1 Version: $LATEST\n"));
    script.respond(2, "id-1", "r");
    const Actions actions = script.environment.on_call(Next{}, Ticket(3), script.now, 1024);
    ASSERT_EQ(actions.size(), 3u);
    EXPECT_THAT(std::get<Complete>(actions[1]).outcome.log_tail,
                testing::StartsWith("START RequestId: id-1 Version: $LATEST\nhello\nEND RequestId: id-1\nREPORT"));
}

TEST(EnvironmentLog, AHeldResponseSurvivesTheExitAfterIt) {
    ScriptedEnvironment script;
    script.next(1);
    script.invoke(with_tail("id-1"));
    script.respond(2, "id-1", "r");
    const Actions actions = script.environment.on_exit({ExitStatus::Kind::exited, 0}, script.now, 0);
    ASSERT_THAT(describe(actions), ElementsAre("complete succeeded: r", "dead"));
    EXPECT_THAT(std::get<Complete>(actions[0]).outcome.log_tail,
                HasSubstr("Runtime exited without providing a reason"));
}

TEST(EnvironmentLog, AHeldResponseSurvivesTheTimeoutAndTheStop) {
    ScriptedEnvironment timed_out;
    timed_out.next(1);
    timed_out.invoke(with_tail("id-1"));
    timed_out.respond(2, "id-1", "r");
    timed_out.wait(seconds(3));
    EXPECT_THAT(timed_out.reach_deadline(), ElementsAre("complete succeeded: r", "kill"));

    ScriptedEnvironment stopped;
    stopped.next(1);
    stopped.invoke(with_tail("id-1"));
    stopped.respond(2, "id-1", "r");
    EXPECT_THAT(stopped.stop(), ElementsAre("complete succeeded: r", "kill"));
}

TEST(EnvironmentLog, AStopEndsAnInvocationThatIsAnswered) {
    ScriptedEnvironment script(ScriptedEnvironment::logged_terms());
    script.bring_to(RuntimeState::response_sent);
    EXPECT_TRUE(script.environment.owes_report());
    EXPECT_THAT(script.stop(),
                ElementsAre(testing::ContainsRegex("END RequestId: id-1\nREPORT RequestId: id-1.*\n$"), "kill"));

    ScriptedEnvironment running(ScriptedEnvironment::logged_terms());
    running.bring_to(RuntimeState::running);
    EXPECT_FALSE(running.environment.owes_report());
    EXPECT_THAT(running.stop(), testing::Not(testing::Contains(HasSubstr("REPORT"))));
}

TEST(EnvironmentLog, EachInvocationHasItsOwnTail) {
    ScriptedEnvironment script;
    script.next(1);
    script.invoke(with_tail("id-1"));
    script.output("first\n");
    script.respond(2, "id-1", "r");
    script.next(1);
    script.invoke(with_tail("id-2"));
    script.respond(2, "id-2", "r");
    const Actions actions = script.environment.on_call(Next{}, Ticket(3), script.now, 0);
    EXPECT_THAT(std::get<Complete>(actions[0]).outcome.log_tail, testing::Not(HasSubstr("first")));
}

}  // namespace
}  // namespace understudy::lambda::environment_log_test
