// How environments end: exits, signals, spawns that fail, timeouts, the emulator's stop.

#include "tests/emulator/lambda/scripted_environment.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::lambda::environment_end_test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string exit_error(const std::string& text) {
    return R"(complete function_error: {"errorType":"Runtime.ExitError","errorMessage":"RequestId: id-1 Error: )" +
           text + "\"}";
}

struct ExitCase {
    ExitStatus status;
    std::string text;
};

const std::vector<ExitCase> kExits{
    {{ExitStatus::Kind::exited, 0}, "Runtime exited without providing a reason"},
    {{ExitStatus::Kind::exited, 3}, "Runtime exited with error: exit status 3"},
    {{ExitStatus::Kind::signaled, 6}, "Runtime exited with error: signal: aborted"},
    {{ExitStatus::Kind::signaled, 9}, "Runtime exited with error: signal: killed"},
    {{ExitStatus::Kind::signaled, 11}, "Runtime exited with error: signal: segmentation fault"},
};

TEST(EnvironmentEnd, AnExitInInitAnswersTheWaitingCallerAtOnce) {
    for (const ExitCase& row : kExits) {
        ScriptedEnvironment script;
        script.invoke("id-1");
        EXPECT_THAT(describe(script.environment.on_exit(row.status, script.now, 0)),
                    ElementsAre(exit_error(row.text), "dead"));
    }
}

TEST(EnvironmentEnd, AnExitInTheHandlerAnswersItsCaller) {
    for (const ExitCase& row : kExits) {
        ScriptedEnvironment script;
        script.bring_to(RuntimeState::running);
        EXPECT_THAT(describe(script.environment.on_exit(row.status, script.now, 0)),
                    ElementsAre(exit_error(row.text), "dead"));
    }
}

TEST(EnvironmentEnd, AnEventThatADeadRuntimeNeverReadGoesBack) {
    ScriptedEnvironment unread(ScriptedEnvironment::logged_terms());
    unread.next(1);
    unread.invoke("id-1");
    unread.environment.on_reply_unread(Ticket(1));
    EXPECT_THAT(unread.die(9), ElementsAre("dead, returns id-1"));

    ScriptedEnvironment not_fetched;
    not_fetched.next(1);
    not_fetched.environment.on_caller_gone(Ticket(1));
    not_fetched.invoke("id-1");
    EXPECT_THAT(not_fetched.die(9), ElementsAre("dead, returns id-1"));
}

TEST(EnvironmentEnd, AnEventThatMayHaveBeenReadDoesNotGoBack) {
    const auto killed = exit_error("Runtime exited with error: signal: killed");
    ScriptedEnvironment other_reply;
    other_reply.bring_to(RuntimeState::running);
    other_reply.environment.on_reply_unread(Ticket(7));
    EXPECT_THAT(other_reply.die(9), ElementsAre(killed, "dead"));

    ScriptedEnvironment read_at_last;
    read_at_last.next(1);
    read_at_last.invoke("id-1");
    read_at_last.environment.on_reply_unread(Ticket(1));
    read_at_last.next(2);
    EXPECT_THAT(read_at_last.die(9), ElementsAre(killed, "dead"));

    ScriptedEnvironment answered;
    answered.next(1);
    answered.invoke("id-1");
    answered.respond(2, "id-1", "r");
    answered.environment.on_reply_unread(Ticket(1));
    EXPECT_THAT(answered.die(9), ElementsAre("dead"));
}

TEST(EnvironmentEnd, ARuntimeThatWasStartedForItsEventTakesThatAlong) {
    ScriptedEnvironment script;
    script.invoke("id-1");
    script.next(1);
    script.environment.on_reply_unread(Ticket(1));
    EXPECT_THAT(script.die(9), ElementsAre(exit_error("Runtime exited with error: signal: killed"), "dead"));
}

TEST(EnvironmentEnd, WhatADisturbanceKilledDoesNotGoBack) {
    ScriptedEnvironment script;
    script.next(1);
    Invocation invocation = make_invocation("id-1");
    invocation.disturbance.kind = Disturbance::Kind::kill;
    script.invoke(std::move(invocation));
    script.environment.on_reply_unread(Ticket(1));
    EXPECT_THAT(script.die(9), ElementsAre(exit_error("Runtime exited with error: signal: killed"), "dead"));
}

TEST(EnvironmentEnd, AnExitWhileIdleConcernsNoCaller) {
    for (const ExitCase& row : kExits) {
        ScriptedEnvironment script;
        script.bring_to(RuntimeState::ready);
        EXPECT_THAT(describe(script.environment.on_exit(row.status, script.now, 0)), ElementsAre("dead"));
        EXPECT_EQ(script.environment.deadline(), std::nullopt);
    }
}

TEST(EnvironmentEnd, AnExitAfterTheResponseLeavesTheCallerItsResponse) {
    for (const ExitCase& row : kExits) {
        ScriptedEnvironment script;
        script.bring_to(RuntimeState::response_sent);
        EXPECT_THAT(describe(script.environment.on_exit(row.status, script.now, 0)), ElementsAre("dead"));
    }
}

TEST(EnvironmentEnd, AnExitAfterARefusedResponseModeAnswersNobodyTwice) {
    ScriptedEnvironment script;
    script.bring_to(RuntimeState::invocation_response);
    EXPECT_THAT(script.exit(1), ElementsAre("dead"));
}

TEST(EnvironmentEnd, DeadIsSaidOnce) {
    ScriptedEnvironment script;
    EXPECT_THAT(script.exit(0), ElementsAre("dead"));
    EXPECT_THAT(script.exit(0), IsEmpty());
    EXPECT_THAT(script.stop(), IsEmpty());
}

TEST(EnvironmentEnd, AMissingBootstrapIsAnInvalidEntrypoint) {
    ScriptedEnvironment script;
    script.invoke("id-1");
    EXPECT_THAT(
        script.fail_spawn(
            {SpawnFailure::Kind::entrypoint, "Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]"}),
        ElementsAre(
            R"(complete function_error: {"errorType":"Runtime.InvalidEntrypoint","errorMessage":"RequestId: id-1 )"
            R"(Error: Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]"})",
            "dead"));
}

TEST(EnvironmentEnd, AnUnrunnableBootstrapIsAnInvalidEntrypoint) {
    ScriptedEnvironment script;
    script.invoke("id-1");
    EXPECT_THAT(
        script.fail_spawn({SpawnFailure::Kind::entrypoint, "fork/exec /var/task/bootstrap: permission denied"}),
        ElementsAre(
            R"(complete function_error: {"errorType":"Runtime.InvalidEntrypoint","errorMessage":"RequestId: id-1 )"
            R"(Error: fork/exec /var/task/bootstrap: permission denied"})",
            "dead"));
}

const std::string kTimedOut =
    R"(complete function_error: {"errorType":"Sandbox.Timedout","errorMessage":"RequestId: id-1 Error: )"
    R"(Task timed out after 3.00 seconds"})";

TEST(EnvironmentEnd, ATimeoutAnswersTheCallerAndKillsTheGroup) {
    ScriptedEnvironment script;
    script.bring_to(RuntimeState::running);
    ASSERT_EQ(script.environment.deadline(), script.now.steady + seconds(3));
    script.wait(seconds(3));
    EXPECT_THAT(script.reach_deadline(), ElementsAre(kTimedOut, "kill"));
    EXPECT_EQ(script.environment.deadline(), std::nullopt);
    EXPECT_THAT(script.die(9), ElementsAre("dead"));
}

TEST(EnvironmentEnd, ALateResponseAfterTheTimeoutIsRefused) {
    ScriptedEnvironment script;
    script.bring_to(RuntimeState::killed);
    EXPECT_THAT(script.respond(1, "id-1", "late"),
                ElementsAre(R"(reply 1: 400 {"errorMessage":"Invalid request ID","errorType":"InvalidRequestID"})"));
    EXPECT_THAT(script.next(2), IsEmpty());
}

TEST(EnvironmentEnd, NothingHappensBeforeTheDeadline) {
    ScriptedEnvironment script;
    script.bring_to(RuntimeState::running);
    script.wait(milliseconds(2999));
    EXPECT_THAT(script.reach_deadline(), IsEmpty());
    script.respond(1, "id-1", "r");
    script.next(2);
    EXPECT_EQ(script.environment.deadline(), std::nullopt);
    script.wait(seconds(10));
    EXPECT_THAT(script.reach_deadline(), IsEmpty());
    EXPECT_EQ(script.environment.state(), RuntimeState::ready);
}

TEST(EnvironmentEnd, TheTimeoutRunsOnAfterTheResponseUntilTheNextCall) {
    ScriptedEnvironment script;
    script.bring_to(RuntimeState::response_sent);
    script.wait(seconds(3));
    EXPECT_THAT(script.reach_deadline(), ElementsAre("kill"));
}

TEST(EnvironmentEnd, TheTimeoutDoesNotCountTheInit) {
    ScriptedEnvironment script;
    script.invoke("id-1");
    script.wait(seconds(5));
    EXPECT_THAT(script.reach_deadline(), IsEmpty());
    script.next(1);
    EXPECT_EQ(script.environment.deadline(), script.now.steady + seconds(3));
}

TEST(EnvironmentEnd, AnInitThatHangsTimesOutAfterItsLimitAndTheFunctions) {
    ScriptedEnvironment script;
    script.invoke("id-1");
    script.wait(milliseconds(12'999));
    EXPECT_THAT(script.reach_deadline(), IsEmpty());
    script.wait(milliseconds(1));
    EXPECT_THAT(script.reach_deadline(), ElementsAre(kTimedOut, "kill"));
}

TEST(EnvironmentEnd, AScaledClockShortensTheWaitAndShowsTheNominalTime) {
    EnvironmentTerms terms = ScriptedEnvironment::quiet_terms();
    terms.clock_scale = 100;
    ScriptedEnvironment script(terms);
    script.next(1);
    const Actions actions = script.environment.on_invoke(make_invocation("id-1"), script.now);
    EXPECT_EQ(std::get<Reply>(actions[0]).response.headers.first("Lambda-Runtime-Deadline-Ms"), "1700000000030");
    EXPECT_EQ(script.environment.deadline(), script.now.steady + milliseconds(30));
    script.wait(milliseconds(30));
    EXPECT_THAT(script.reach_deadline(), ElementsAre(kTimedOut, "kill"));
}

TEST(EnvironmentEnd, AStopAnswersWhoeverWaitsAndKills) {
    ScriptedEnvironment script;
    script.bring_to(RuntimeState::running);
    EXPECT_THAT(script.stop(), ElementsAre(HasSubstr("Sandbox.Failure"), "kill"));
    EXPECT_THAT(script.die(9), ElementsAre("dead"));

    ScriptedEnvironment starting;
    starting.invoke("id-1");
    EXPECT_THAT(starting.stop(), ElementsAre(HasSubstr("Sandbox.Failure"), "kill"));

    ScriptedEnvironment idle;
    idle.bring_to(RuntimeState::ready);
    EXPECT_THAT(idle.stop(), ElementsAre("kill"));
    EXPECT_THAT(idle.stop(), IsEmpty());

    ScriptedEnvironment answered;
    answered.bring_to(RuntimeState::response_sent);
    EXPECT_THAT(answered.stop(), ElementsAre("kill"));
}

TEST(EnvironmentEnd, WithAnExtensionTheProcessIsToldBeforeItIsKilled) {
    ScriptedEnvironment idle;
    idle.call(1, RegisterExtension{});
    idle.bring_to(RuntimeState::ready);
    EXPECT_EQ(idle.environment.last_moment(), std::nullopt);
    EXPECT_THAT(idle.stop(), ElementsAre("terminate"));
    EXPECT_EQ(idle.environment.last_moment(), idle.now.steady + milliseconds(500));
    EXPECT_THAT(idle.stop(), IsEmpty()) << "it is told once";
    EXPECT_THAT(idle.next(2), IsEmpty());
    idle.wait(milliseconds(499));
    EXPECT_THAT(idle.reach_deadline(), IsEmpty());
    idle.wait(milliseconds(1));
    EXPECT_THAT(idle.reach_deadline(), ElementsAre("kill"));
    EXPECT_EQ(idle.environment.last_moment(), std::nullopt);
    EXPECT_THAT(idle.die(9), ElementsAre("dead"));

    ScriptedEnvironment late;
    late.call(1, RegisterExtension{});
    late.bring_to(RuntimeState::running);
    late.wait(seconds(3));
    EXPECT_THAT(late.reach_deadline(), ElementsAre(kTimedOut, "terminate")) << "the caller does not wait for it";
    EXPECT_THAT(late.respond(2, "id-1", "late"), ElementsAre(HasSubstr("reply 2: 400")));
    EXPECT_THAT(late.exit(0), ElementsAre("dead"));
    EXPECT_EQ(late.environment.deadline(), std::nullopt);
}

TEST(EnvironmentEnd, AnExtensionThatRegistersTooLateGetsItsProcessNoWord) {
    ScriptedEnvironment script;
    script.bring_to(RuntimeState::ready);
    EXPECT_THAT(script.call(1, RegisterExtension{}), ElementsAre(HasSubstr("Extension.RegistrationClosed")));
    EXPECT_THAT(script.stop(), ElementsAre("kill"));
}

TEST(EnvironmentEnd, AnInitThatNobodyAskedForHasTenSecondsAndIsThenForgotten) {
    ScriptedEnvironment slow;
    slow.environment.on_warm_up(slow.now);
    slow.wait(std::chrono::milliseconds(9'999));
    EXPECT_THAT(slow.reach_deadline(), IsEmpty());
    slow.wait(std::chrono::milliseconds(1));
    EXPECT_THAT(slow.reach_deadline(), ElementsAre("kill"));
    EXPECT_THAT(slow.die(9), ElementsAre("dead"));

    ScriptedEnvironment quick;
    quick.environment.on_warm_up(quick.now);
    EXPECT_THAT(quick.next(1), ElementsAre("idle"));
    EXPECT_EQ(quick.environment.deadline(), std::nullopt);
    EXPECT_THAT(quick.invoke("id-1"), ElementsAre("reply 1: 200 event"));
}

}  // namespace
}  // namespace understudy::lambda::environment_end_test
