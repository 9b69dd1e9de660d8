// The transition table of the classic runtime (RIE internal/lambda/core/states_test.go): every call in every state.

#include "tests/emulator/lambda/scripted_environment.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::lambda::environment_states_test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Lines = std::vector<std::string>;

const std::string kInvalidId = R"(reply 1: 400 {"errorMessage":"Invalid request ID","errorType":"InvalidRequestID"})";
const std::string kAccepted = R"(reply 1: 202 {"status":"OK"})";

std::string forbidden(const std::string& from, const std::string& to) {
    return R"(reply 1: 403 {"errorMessage":"State transition from )" + from + " to " + to +
           R"( failed for runtime. Error: State transition is not allowed","errorType":"InvalidStateTransition"})";
}

struct Transition {
    RuntimeState from;
    Lines actions;
    RuntimeState to;
};

TEST(EnvironmentStates, NextInEveryState) {
    using enum RuntimeState;
    const std::vector<Transition> table{
        {started, {"idle"}, ready},
        {init_error, {forbidden("InitError", "Ready")}, init_error},
        {ready, {}, ready},
        {running, {"reply 1: 200 event"}, running},
        {invocation_response, {forbidden("InvocationResponse", "Ready")}, invocation_response},
        {response_sent, {"idle"}, ready},
        {killed, {}, killed},
        {exited, {}, exited},
    };
    for (const Transition& row : table) {
        ScriptedEnvironment script;
        script.bring_to(row.from);
        EXPECT_EQ(script.next(1), row.actions) << to_string(row.from);
        EXPECT_EQ(script.environment.state(), row.to) << to_string(row.from);
    }
}

TEST(EnvironmentStates, ResponseInEveryState) {
    using enum RuntimeState;
    const std::vector<Transition> table{
        {started, {kInvalidId}, started},
        {init_error, {kInvalidId}, init_error},
        {ready, {kInvalidId}, ready},
        {running, {"complete succeeded: body", kAccepted}, response_sent},
        {invocation_response, {forbidden("InvocationResponse", "InvocationResponse")}, invocation_response},
        {response_sent, {forbidden("RuntimeResponseSentState", "InvocationResponse")}, response_sent},
        {killed, {kInvalidId}, killed},
        {exited, {kInvalidId}, exited},
    };
    for (const Transition& row : table) {
        ScriptedEnvironment script;
        script.bring_to(row.from);
        EXPECT_EQ(script.respond(1, "id-1", "body"), row.actions) << to_string(row.from);
        EXPECT_EQ(script.environment.state(), row.to) << to_string(row.from);
    }
}

TEST(EnvironmentStates, ErrorInEveryState) {
    using enum RuntimeState;
    const std::vector<Transition> table{
        {started, {kInvalidId}, started},
        {init_error, {kInvalidId}, init_error},
        {ready, {kInvalidId}, ready},
        {running, {"complete function_error: body", kAccepted}, response_sent},
        {invocation_response, {forbidden("InvocationResponse", "InvocationErrorResponse")}, invocation_response},
        {response_sent, {forbidden("RuntimeResponseSentState", "InvocationErrorResponse")}, response_sent},
        {killed, {kInvalidId}, killed},
        {exited, {kInvalidId}, exited},
    };
    for (const Transition& row : table) {
        ScriptedEnvironment script;
        script.bring_to(row.from);
        EXPECT_EQ(script.post_error(1, "id-1", "body"), row.actions) << to_string(row.from);
        EXPECT_EQ(script.environment.state(), row.to) << to_string(row.from);
    }
}

TEST(EnvironmentStates, RegisterInEveryState) {
    using enum RuntimeState;
    const std::string registered = "reply 1: 200 {}";
    const std::string closed = R"(reply 1: 403 {"errorMessage":"Extension registration closed already",)"
                               R"("errorType":"Extension.RegistrationClosed"})";
    const std::vector<Transition> table{
        {started, {registered}, started},
        {init_error, {registered}, init_error},
        {ready, {closed}, ready},
        {running, {closed}, running},
        {invocation_response, {closed}, invocation_response},
        {response_sent, {closed}, response_sent},
        {killed, {closed}, killed},
        {exited, {closed}, exited},
    };
    for (const Transition& row : table) {
        ScriptedEnvironment script;
        script.bring_to(row.from);
        EXPECT_EQ(script.call(1, RegisterExtension{}), row.actions) << to_string(row.from);
        EXPECT_EQ(script.environment.state(), row.to) << to_string(row.from);
    }
}

TEST(EnvironmentStates, InitErrorInEveryState) {
    using enum RuntimeState;
    const std::vector<Transition> table{
        {started, {kAccepted}, init_error},
        {init_error, {forbidden("InitError", "InitError")}, init_error},
        {ready, {forbidden("Ready", "InitError")}, ready},
        {running, {forbidden("Running", "InitError")}, running},
        {invocation_response, {forbidden("InvocationResponse", "InitError")}, invocation_response},
        {response_sent, {forbidden("RuntimeResponseSentState", "InitError")}, response_sent},
    };
    for (const Transition& row : table) {
        ScriptedEnvironment script;
        script.bring_to(row.from);
        EXPECT_EQ(script.post_init_error(1, "{}"), row.actions) << to_string(row.from);
        EXPECT_EQ(script.environment.state(), row.to) << to_string(row.from);
    }
}

TEST(EnvironmentStates, CallsWithoutStateAreAnsweredInEveryState) {
    using enum RuntimeState;
    for (const RuntimeState state :
         {started, init_error, ready, running, invocation_response, response_sent, killed, exited}) {
        ScriptedEnvironment script;
        script.bring_to(state);
        EXPECT_THAT(script.call(1, Ping{}), ElementsAre("reply 1: 200 pong"));
        EXPECT_THAT(script.call(1, FixedCall{}), ElementsAre("reply 1: 404 404 page not found"));
        EXPECT_EQ(script.environment.state(), state);
    }
}

TEST(EnvironmentStates, ThreeInvocationsInSequence) {
    ScriptedEnvironment script;
    EXPECT_THAT(script.next(1), ElementsAre("idle"));
    for (std::uint64_t round = 0; round < 3; ++round) {
        const std::string id = "id-" + std::to_string(round);
        const std::string ticket = std::to_string(10 * round + 1);
        EXPECT_THAT(script.invoke(id), ElementsAre("reply " + ticket + ": 200 event"));
        EXPECT_THAT(script.respond(2, id, "r"),
                    ElementsAre("complete succeeded: r", R"(reply 2: 202 {"status":"OK"})"));
        EXPECT_THAT(script.next(10 * round + 11), ElementsAre("idle"));
    }
}

TEST(EnvironmentStates, AnInvocationWaitsForTheFirstNext) {
    ScriptedEnvironment script;
    EXPECT_THAT(script.invoke("id-1"), IsEmpty());
    EXPECT_EQ(script.environment.state(), RuntimeState::started);
    EXPECT_THAT(script.next(1), ElementsAre("reply 1: 200 event"));
    EXPECT_EQ(script.environment.state(), RuntimeState::running);
}

TEST(EnvironmentStates, OneInvocationWakesOneOfTwoWaiters) {
    ScriptedEnvironment script;
    EXPECT_THAT(script.next(1), ElementsAre("idle"));
    EXPECT_THAT(script.next(2), IsEmpty());
    EXPECT_THAT(script.invoke("id-1"), ElementsAre("reply 1: 200 event"));
    EXPECT_THAT(script.respond(3, "id-1", "r"),
                ElementsAre("complete succeeded: r", R"(reply 3: 202 {"status":"OK"})"));
    EXPECT_THAT(script.next(4), ElementsAre("idle"));
    EXPECT_THAT(script.invoke("id-2"), ElementsAre("reply 2: 200 event"));
}

TEST(EnvironmentStates, AWaiterWhoseConnectionIsGoneIsPassedOver) {
    ScriptedEnvironment script;
    script.next(1);
    script.next(2);
    script.environment.on_caller_gone(Ticket(1));
    EXPECT_THAT(script.invoke("id-1"), ElementsAre("reply 2: 200 event"));
}

TEST(EnvironmentStates, AnInvocationWithoutAWaiterGoesToTheNextCall) {
    ScriptedEnvironment script;
    script.next(1);
    script.environment.on_caller_gone(Ticket(1));
    EXPECT_THAT(script.invoke("id-1"), IsEmpty());
    EXPECT_THAT(script.next(2), ElementsAre("reply 2: 200 event"));
}

TEST(EnvironmentStates, TheEventIsDeliveredAgainWhileRunning) {
    ScriptedEnvironment script;
    script.next(1);
    const Actions first = script.environment.on_invoke(make_invocation("id-1"), script.now);
    script.wait(std::chrono::milliseconds(5));
    const Actions second = script.environment.on_call(Next{}, Ticket(2), script.now, 0);
    ASSERT_EQ(first.size(), 1u);
    ASSERT_EQ(second.size(), 1u);
    EXPECT_EQ(std::get<Reply>(first[0]).response, std::get<Reply>(second[0]).response);
    EXPECT_EQ(std::get<Reply>(second[0]).ticket, Ticket(2));
}

}  // namespace
}  // namespace understudy::lambda::environment_states_test
