#include <gmock/gmock.h>

#include <logquery/v1/logquery.pb.h>

#include <atomic>
#include <cstdlib>
#include <future>
#include <iostream>
#include <mutex>
#include <set>
#include <sstream>
#include <thread>
#include <understudy/testing.hpp>

namespace understudy {
namespace {

using ::logquery::v1::CheckWindowRequest;
using ::logquery::v1::CheckWindowResponse;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::string kCheckWindow = "logquery.v1.LogQueryService/CheckWindow";

/// Finds whatever is asked for at the beginning of time.
rpc::MethodTable window_methods() {
    rpc::MethodTable methods;
    methods.add<CheckWindowRequest, CheckWindowResponse>(
        kCheckWindow, [](const CheckWindowRequest& request, CheckWindowResponse& response) {
            if (!request.has_time()) return wire::Status(wire::Code::invalid_argument, "time is missing");
            response.set_found(request.time().seconds() == 0);
            return wire::Status();
        });
    return methods;
}

class ServedMethods : public FunctionTest, public ::testing::WithParamInterface<FrontDoor> {
  protected:
    void SetUp() override { serve(window_methods(), {.front = GetParam()}); }
};

TEST_P(ServedMethods, AreCalledWithMessages) {
    CheckWindowRequest request;
    request.mutable_time()->set_seconds(0);
    const auto reply = call<CheckWindowRequest, CheckWindowResponse>(kCheckWindow, request);
    ASSERT_TRUE(reply.ok()) << reply;
    EXPECT_THAT(reply.response, EqualsProto("found: true"));
    EXPECT_EQ(reply.http.status, 200);
}

TEST_P(ServedMethods, TellHowACallFailed) {
    const auto reply = call<CheckWindowRequest, CheckWindowResponse>(kCheckWindow, CheckWindowRequest());
    EXPECT_EQ(reply.status, wire::Status(wire::Code::invalid_argument, "time is missing"));
    EXPECT_EQ(reply.http.status, 400);
}

INSTANTIATE_TEST_SUITE_P(EveryFront, ServedMethods,
                         ::testing::Values(FrontDoor::http, FrontDoor::http1, FrontDoor::rest, FrontDoor::url,
                                           FrontDoor::alb));

TEST(LocalFunction, RunsAFunctionInThisProcess) {
    std::string received;
    LocalFunction local([&received](std::string_view event) {
        received = event;
        return std::string(R"({"answer":42})");
    });
    const Invoked invoked = local.invoke(R"({"question":1})");
    EXPECT_EQ(invoked.payload, R"({"answer":42})");
    EXPECT_FALSE(invoked.function_error);
    EXPECT_EQ(received, R"({"question":1})");
    EXPECT_THAT(local.events(), ElementsAre(R"({"question":1})"));
}

TEST(LocalFunction, WhatTheLambdaApiRefusesDoesNotReachTheFunction) {
    LocalFunction local([](std::string_view event) { return std::string(event.substr(0, 20)); });
    EXPECT_EQ(local.invoke("{}").status, 200);
    const Invoked text = local.invoke("not json");
    EXPECT_EQ(text.status, 400);
    EXPECT_FALSE(text.function_error);
    EXPECT_THAT(text.payload, HasSubstr("Could not parse request body into json"));
    const Invoked large = local.invoke('"' + std::string(6'291'456, 'a') + '"');
    EXPECT_EQ(large.status, 413);
    EXPECT_THAT(large.payload, HasSubstr("Request must be smaller than 6291456 bytes"));
    EXPECT_EQ(local.invoke("").payload, "{}");
    EXPECT_THAT(local.events(), ElementsAre("{}", "{}"));
}

TEST(LocalFunction, GoesThroughTheFrontDoor) {
    LocalFunction local([](std::string_view) { return std::string(R"({"statusCode":201,"body":"made"})"); });
    const HttpReply reply = local.send("PUT", "/things/1", {{"X-Kind", "thing"}}, "text");
    EXPECT_EQ(reply.status, 201);
    EXPECT_EQ(reply.body, "made");
    EXPECT_THAT(local.events(), ElementsAre(HasSubstr(R"("rawPath":"/things/1")")));
    EXPECT_THAT(local.url(), StartsWith("http://127.0.0.1:"));
    EXPECT_NE(local.url(), local.lambda_url());
}

TEST(LocalFunction, AnExceptionIsTheFunctionsError) {
    LocalFunction local([](std::string_view event) -> std::string {
        if (event == "1") throw std::invalid_argument("one too many");
        return "2";
    });
    const Invoked failed = local.invoke("1");
    EXPECT_TRUE(failed.function_error);
    EXPECT_THAT(failed.payload, HasSubstr("one too many"));
    EXPECT_EQ(local.invoke("0").payload, "2");
    EXPECT_THAT(local.logs(), Contains("invocation failed: std::invalid_argument: one too many"));
}

TEST(LocalFunction, KeepsThePlatformsLog) {
    LocalFunction local([](std::string_view) { return std::string("1"); });
    local.invoke("{}");
    local.invoke("{}");
    EXPECT_THAT(local.logs(), ElementsAre(StartsWith("START RequestId: "), StartsWith("END RequestId: "),
                                          StartsWith("REPORT RequestId: "), StartsWith("START RequestId: "),
                                          StartsWith("END RequestId: "), StartsWith("REPORT RequestId: ")));
}

TEST(LocalFunction, KeepsWhatAFunctionWritesAsItsLog) {
    LocalFunction local([](std::string_view event) {
        std::cout << "out " << event << "\nsecond" << std::endl;
        std::cerr << "to cerr" << '\n';
        std::clog << "without an end";
        return std::string("1");
    });
    local.invoke("7");
    EXPECT_THAT(local.logs(),
                ElementsAre(StartsWith("START RequestId: "), "out 7", "second", "to cerr", "without an end",
                            StartsWith("END RequestId: "), StartsWith("REPORT RequestId: ")));
}

TEST(LocalFunction, WhatItWritesBeforeAnExceptionIsInItsLogToo) {
    LocalFunction local([](std::string_view) -> std::string {
        std::cerr << "about to fail";
        throw std::runtime_error("now");
    });
    local.invoke("{}");
    EXPECT_THAT(local.logs(), ElementsAre(StartsWith("START RequestId: "), "about to fail",
                                          "invocation failed: std::runtime_error: now", StartsWith("END RequestId: "),
                                          StartsWith("REPORT RequestId: ")));
}

TEST(LocalFunction, WhatOthersWriteIsNoLogOfTheFunction) {
    std::ostringstream others;
    auto* const before = std::cerr.rdbuf(others.rdbuf());
    {
        LocalFunction local([](std::string_view) {
            std::cerr << "mine\n";
            std::thread([] { std::cerr << "of a thread\n"; }).join();
            return std::string("1");
        });
        local.invoke("{}");
        std::cerr << "of the test\n";
        EXPECT_THAT(local.logs(), ElementsAre(StartsWith("START RequestId: "), "mine", StartsWith("END RequestId: "),
                                              StartsWith("REPORT RequestId: ")));
    }
    std::cerr.rdbuf(before);
    EXPECT_EQ(others.str(), "of a thread\nof the test\n");
}

TEST(LocalFunction, AFunctionHasVariablesOfItsOwnAsLongAsItIsServed) {
    ::setenv("UNDERSTUDY_TEST_KEPT", "before", 1);
    ::unsetenv("UNDERSTUDY_TEST_TABLE");
    const auto variable = [](const char* name) {
        const char* value = std::getenv(name);
        return std::string(value == nullptr ? "(none)" : value);
    };
    {
        LocalFunction local(
            [&](std::string_view) {
                return variable("UNDERSTUDY_TEST_TABLE") + ' ' + variable("UNDERSTUDY_TEST_KEPT");
            },
            {.environment = {{"UNDERSTUDY_TEST_TABLE", "orders"}, {"UNDERSTUDY_TEST_KEPT", "changed"}}});
        EXPECT_EQ(local.invoke("{}").payload, "orders changed");
    }
    EXPECT_EQ(variable("UNDERSTUDY_TEST_TABLE"), "(none)");
    EXPECT_EQ(variable("UNDERSTUDY_TEST_KEPT"), "before");
}

TEST(LocalFunction, TwoFunctionsAtOnceCannotHaveAVariableWithTwoValues) {
    const EventFunction nothing = [](std::string_view) { return std::string("1"); };
    LocalFunction first(nothing, {.environment = {{"UNDERSTUDY_TEST_STAGE", "one"}}});
    LocalFunction same(nothing, {.environment = {{"UNDERSTUDY_TEST_STAGE", "one"}}});
    try {
        LocalFunction other(nothing, {.environment = {{"UNDERSTUDY_TEST_STAGE", "two"}}});
        FAIL() << "it was served";
    } catch (const std::runtime_error& error) {
        EXPECT_THAT(error.what(), HasSubstr("'UNDERSTUDY_TEST_STAGE'"));
    }
}

TEST(LocalFunction, AProgramHasTheVariablesOfItsServingToo) {
    LocalFunction local(Program{.command = {"/bin/sh", "-c", "echo \"$ONE $TWO\" >&2"}, .environment = {{"ONE", "1"}}},
                        {.environment = {{"TWO", "2"}}});
    local.invoke("{}");
    EXPECT_THAT(local.logs(), Contains("1 2"));
}

/// Lets several callers in only when all of them are there.
class Meeting {
  public:
    explicit Meeting(std::size_t size) : size_(size) {}
    void join() {
        std::unique_lock lock(mutex_);
        if (++present_ == size_) all_.set_value();
        auto came = all_came_;
        lock.unlock();
        came.wait();
    }

  private:
    std::mutex mutex_;
    std::size_t size_;
    std::size_t present_ = 0;
    std::promise<void> all_;
    std::shared_future<void> all_came_ = all_.get_future().share();
};

TEST(LocalFunction, RunsAsManyInvocationsAtOnceAsItMay) {
    Meeting meeting(3);
    LocalFunction local(
        [&meeting](std::string_view) {
            meeting.join();
            return std::string("true");
        },
        {.max_environments = 3});
    std::vector<std::future<Invoked>> calls;
    for (int i = 0; i < 3; ++i)
        calls.push_back(std::async(std::launch::async, [&local] { return local.invoke("{}"); }));
    for (auto& called : calls) EXPECT_EQ(called.get().payload, "true");
}

TEST(LocalFunction, ATimeoutLeavesTheFunctionBehindAndTheNextCallIsAnswered) {
    std::promise<void> release;
    const auto released = release.get_future().share();
    LocalFunction local(
        [released](std::string_view event) {
            if (event == "0") released.wait();
            return std::string(event);
        },
        {.timeout = std::chrono::milliseconds(100)});
    const Invoked late = local.invoke("0");
    EXPECT_TRUE(late.function_error);
    EXPECT_THAT(late.payload, HasSubstr("Task timed out after 0.10 seconds"));
    EXPECT_EQ(local.invoke("1").payload, "1");
    release.set_value();
}

TEST(LocalFunction, RunsAProgram) {
    LocalFunction local(
        Program{.command = {UNDERSTUDY_PROGRAM_DIR "/scripted_handler"}, .environment = {{"ORDER", "echo"}}});
    EXPECT_EQ(local.invoke(R"({"do":"echo"})").payload, R"({"do":"echo"})");
}

TEST(LocalFunction, AProgramThatIsNotThereIsAnErrorAtOnce) {
    try {
        LocalFunction local(Program{{"no-such-program"}});
        FAIL() << "it was served";
    } catch (const std::runtime_error& error) {
        EXPECT_THAT(error.what(), HasSubstr("no-such-program"));
    }
}

TEST(FunctionTestFixture, SaysThatNothingIsServed) {
    struct Bare : FunctionTest {
        void TestBody() override {}
        using FunctionTest::function;
    };
    Bare bare;
    EXPECT_THROW(bare.function(), std::logic_error);
}

}  // namespace
}  // namespace understudy
