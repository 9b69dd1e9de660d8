// What the Lambda service decides about an invocation, through the whole emulator: versions, aliases, concurrency.

#include "emulator/http/base64.hpp"
#include "tests/emulator/net/loopback.hpp"
#include "tests/emulator/served.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <future>
#include <set>
#include <string>
#include <vector>

namespace understudy::service_test {
namespace {

using app::FrontKind;
using testing::HasSubstr;

constexpr const char* kArn = "arn:aws:lambda:us-east-1:123456789012:function:shop";

/// The scripted handler with a published version and an alias for it; its API leads to `qualifier`.
Settings published(FrontKind front, const std::string& qualifier) {
    Settings settings = scripted_alone(front);
    app::Function& function = settings.application.functions.front();
    function.name = "shop";  // `function:live` would be the function `live`
    function.versions = {"1"};
    function.aliases = {{.name = "live", .version = "1"}, {.name = "next", .version = "$LATEST"}};
    auto& route = settings.application.apis.front().routes.front();
    std::get<app::LambdaIntegration>(route.integration).qualifier = qualifier;
    std::get<app::LambdaIntegration>(route.integration).function = "shop";
    return settings;
}

TEST(Versions, AreEnvironmentsOfTheirOwnThatKnowTheirVersion) {
    const Served served(published(FrontKind::http, ""));
    struct Row {
        const char* name;
        const char* version;
    };
    std::string pids[2];
    for (const Row& row :
         {Row{"shop", "$LATEST"}, Row{"shop:next", "$LATEST"}, Row{"shop:live", "1"}, Row{"shop:1", "1"}}) {
        SCOPED_TRACE(row.name);
        const auto reply = served.invoke_function(row.name, R"({"do":"environment"})");
        ASSERT_NE(reply.find_header("X-Amz-Executed-Version"), nullptr);
        EXPECT_EQ(*reply.find_header("X-Amz-Executed-Version"), row.version);
        EXPECT_THAT(reply.body, HasSubstr(std::string("AWS_LAMBDA_FUNCTION_VERSION=") + row.version + '\n'));
        EXPECT_THAT(reply.body, HasSubstr(std::string("/[") + row.version + ']'));
        std::string& pid = pids[row.version[0] == '1' ? 1 : 0];
        const std::string answered = served.invoke_function(row.name, R"({"do":"pid"})").body;
        EXPECT_EQ(answered, pid.empty() ? answered : pid);
        pid = answered;
    }
    EXPECT_NE(pids[0], pids[1]);
    served.record().wait_for_log(" Version: 1");
}

TEST(Versions, TheInvokedArnSaysWhatTheCallerSaid) {
    const Served served(published(FrontKind::http, "live"));
    const std::string order = R"({"do":"context"})";
    EXPECT_EQ(served.invoke_function("shop", order).body, std::string("\n") + kArn);
    EXPECT_EQ(served.invoke_function("shop:live", order).body, std::string("\n") + kArn + ":live");
    EXPECT_EQ(served.invoke_function("shop%3A1", order).body, std::string("\n") + kArn + ":1");
    EXPECT_EQ(served.order("context").body, std::string("\n") + kArn + ":live") << "by the gateway's integration";
}

TEST(Versions, ARouteToNoVersionFailsAndIsTold) {
    const Served served(published(FrontKind::rest, "nobody"));
    EXPECT_EQ(served.order("echo").status, 500) << "Lambda refuses the invocation";
    EXPECT_THAT(served.record().advice(), testing::Contains(HasSubstr("'nobody'")));
    const auto refused = served.invoke_function("shop:nobody", "{}");
    EXPECT_EQ(refused.status, 404);
    EXPECT_THAT(refused.body, HasSubstr(std::string(kArn) + ":nobody"));
}

TEST(Versions, AReplacementInitialisesThoseAtWork) {
    Settings settings = published(FrontKind::http, "live");
    Served served(settings);
    const std::string old = served.order("pid").body;
    settings.application.functions.front().environment = {{"BUILD", "two"}};
    ASSERT_TRUE(served.replace(settings.application));
    const auto reply = served.order("environment");
    EXPECT_THAT(reply.body, HasSubstr("BUILD=two\n"));
    EXPECT_THAT(reply.body, HasSubstr("AWS_LAMBDA_FUNCTION_VERSION=1\n"));
    EXPECT_NE(served.order("pid").body, old);
}

void expect_throttled(const client::Exchange& invoked,
                      const std::string& reason = "ReservedFunctionConcurrentInvocationLimitExceeded") {
    EXPECT_EQ(invoked.status, 429);
    EXPECT_EQ(invoked.body, R"({"Reason":")" + reason + R"(","Type":"User","message":"Rate Exceeded."})");
    EXPECT_EQ(*invoked.find_header("x-amzn-ErrorType"), "TooManyRequestsException");
    EXPECT_EQ(*invoked.find_header("Content-Type"), "application/json");
    EXPECT_EQ(invoked.find_header("Retry-After"), nullptr);
}

TEST(Emulator, AFunctionIsNotGivenTheEventOfAnInvocationThatIsToBeThrottled) {
    Served served(scripted(FrontKind::http));
    served.disturb_next({lambda::Disturbance::Kind::throttle, {}});
    expect_throttled(served.invoke("{\"a\":1}"), "ConcurrentInvocationLimitExceeded");
    EXPECT_TRUE(served.record().events().empty());
    EXPECT_EQ(served.invoke("{\"a\":2}").status, 200);
    EXPECT_EQ(served.record().events(), std::vector<std::string>{"{\"a\":2}"});
}

TEST(ReservedConcurrency, OneMoreThanReservedIsThrottledUntilOneEnds) {
    const std::string gate = testing::TempDir() + "understudy-reserved-" + std::to_string(::getpid());
    ASSERT_EQ(::mkfifo(gate.c_str(), 0600), 0);
    Settings settings = scripted(FrontKind::http);
    app::Function& function = settings.application.functions.front();
    function.environment = {{"GATE", gate}};
    function.reserved_concurrency = 1;
    const Served served(settings);
    auto in_flight = std::async(std::launch::async, [&] { return served.order("gate"); });
    served.record().wait_for_log("at the gate");
    const auto events = served.record().events().size();
    expect_throttled(served.invoke("{}"));
    EXPECT_EQ(served.get("/").status, 503);
    EXPECT_EQ(served.record().events().size(), events) << "nobody received what was throttled";
    std::ofstream(gate) << "open\n";
    EXPECT_EQ(in_flight.get().body, "open");
    EXPECT_EQ(served.invoke(R"({"do":"log"})").body, R"("logged")") << "waits for the environment, not refused";
    EXPECT_EQ(served.order("log").body, "logged");
    std::remove(gate.c_str());
}

TEST(ReservedConcurrency, OfZeroThrottlesAlwaysAsEachFrontSaysIt) {
    struct Row {
        FrontKind front;
        int status;
        std::string body;
    };
    const Row rows[] = {
        {FrontKind::rest, 500, R"({"message": "Internal server error"})"},
        {FrontKind::http, 503, R"({"message":"Service Unavailable"})"},
        {FrontKind::http1, 503, R"({"message":"Service Unavailable"})"},
        {FrontKind::url, 429, R"({"Message":"Rate Exceeded."})"},
        {FrontKind::alb, 502, "502 Bad Gateway"},
    };
    for (const Row& row : rows) {
        for (const auto transfer : {app::TransferMode::buffered, app::TransferMode::stream}) {
            SCOPED_TRACE(app::front_name(row.front));
            Settings settings = scripted(row.front);
            settings.application.functions.front().reserved_concurrency = 0;
            auto& route = settings.application.apis.front().routes.front();
            std::get<app::LambdaIntegration>(route.integration).transfer = transfer;
            const Served served(settings);
            const auto answered = served.get("/");
            EXPECT_EQ(answered.status, row.status);
            EXPECT_THAT(answered.body, HasSubstr(row.body));
            expect_throttled(served.invoke("{}"));
            EXPECT_EQ(served.record().log(), "") << "nothing was started";
        }
    }
}

const client::HeaderLines kEvent{{"X-Amz-Invocation-Type", "Event"}};

TEST(Payloads, ABodyWithoutEndIsRefusedAsSoonAsItIsTooLarge) {
    const Served served(scripted_alone(FrontKind::http));
    net::RawClient client(served.lambda_port());
    client.write(
        "POST /2015-03-31/functions/function/invocations HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
    const std::string chunk = "10000\r\n" + std::string(0x10000, 'x') + "\r\n";
    for (int i = 0; i < 97; ++i) client.write(chunk);
    client.end_writing();  // Who still waited for the rest would now close without a word.
    const auto reply = client.read_reply();
    EXPECT_EQ(reply.status, 413);
    EXPECT_EQ(reply.body,
              R"({"message":"Request must be smaller than 6291456 bytes for the InvokeFunction operation"})");
    EXPECT_THAT(served.record().statuses(), testing::ElementsAre(413));
}

const char* const kStreamedCall =
    "POST /2021-11-15/functions/function/response-streaming-invocations HTTP/1.1\r\nHost: h\r\nConnection: close\r\n";

/// Sends a streamed call; `more` are further header lines.
void call_streamed(const net::RawClient& client, const std::string& payload, const std::string& more = "") {
    client.write(kStreamedCall + more + "Content-Length: " + std::to_string(payload.size()) + "\r\n\r\n" + payload);
}

TEST(StreamedCalls, AStreamedCallGetsEachPieceAsItIsWritten) {
    const std::string path = testing::TempDir() + "understudy-streamed-" + std::to_string(::getpid());
    ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
    const Served served(scripted_alone(FrontKind::http));
    net::RawClient client(served.lambda_port());
    call_streamed(client, R"({"do":"stream","gate":")" + path + R"("})");
    const std::string head = client.read_through("\r\n\r\n");
    EXPECT_THAT(head, testing::StartsWith("HTTP/1.1 200 "));
    EXPECT_THAT(head, HasSubstr("\r\nContent-Type: application/vnd.amazon.eventstream\r\n"));
    EXPECT_THAT(client.read_through("first,"), HasSubstr(std::string(8, '\0')));
    std::ofstream(path) << "!";
    const std::string rest = client.read_all();
    EXPECT_THAT(rest, HasSubstr(std::string("event\0\xff,second", 14)));
    EXPECT_THAT(rest, HasSubstr("InvokeComplete"));
    EXPECT_THAT(rest, HasSubstr("event{}"));
    served.invoke("{}");
    EXPECT_EQ(served.record().statuses().front(), 200);
    ::unlink(path.c_str());
}

TEST(StreamedCalls, AStreamedCallIsToldInItsLastFrameHowItEnded) {
    struct Row {
        std::string order;
        std::vector<std::string> parts;
    };
    const Row rows[] = {
        {"pid", {"PayloadChunk", "InvokeComplete", "event{}"}},
        {"stream-error", {"first,", R"("ErrorCode":"Unhandled")"}},
        {"stream-crash", {"first,", R"("ErrorCode":"Unhandled","ErrorDetails":"{\"errorType\":\"Runtime.)"}},
        {"throw", {"HTTP/1.1 200 ", R"("ErrorCode":"Unhandled","ErrorDetails":"{)"}},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.order);
        const Served served(scripted_alone(FrontKind::http));
        net::RawClient client(served.lambda_port());
        call_streamed(client, R"({"do":")" + row.order + R"("})", "X-Amz-Log-Type: None\r\n");
        const std::string reply = client.read_all();
        for (const std::string& part : row.parts) EXPECT_THAT(reply, HasSubstr(part));
        EXPECT_THAT(reply, testing::EndsWith("\r\n0\r\n\r\n"));
    }
}

TEST(StreamedCalls, AStreamedCallThatIsRefusedGetsNoFrames) {
    Settings settings = scripted_alone(FrontKind::http);
    settings.application.functions.front().reserved_concurrency = 0;
    const Served served(settings);
    net::RawClient client(served.lambda_port());
    call_streamed(client, "{}");
    const auto reply = client.read_reply();
    EXPECT_EQ(reply.status, 429);
    EXPECT_THAT(reply.body, HasSubstr("Rate Exceeded."));
}

TEST(Payloads, HintsThatQuoteThemAreToldOfTheFirstAlone) {
    const Served served(scripted_alone(FrontKind::http));
    for (int number = 100; number < 140; ++number) {
        const auto payload = http::parse_base64("ordernumb" + std::to_string(number));
        EXPECT_EQ(served.invoke(*payload).status, 400);
    }
    const auto advice = served.record().advice();
    EXPECT_EQ(advice.size(), 16U);
    EXPECT_THAT(advice.back(), HasSubstr("encoded in base64 it reads ordernumb115"));
}

TEST(Events, AreAnsweredAtOnceAndTriedAgainUnderTheSameId) {
    Settings settings = scripted_alone(FrontKind::http);
    settings.clock_scale = 1000;
    settings.application.functions.front().timeout = std::chrono::seconds(900);
    const Served served(settings);
    const auto taken = served.invoke(R"({"do":"throw"})", kEvent);
    EXPECT_EQ(taken.status, 202);
    EXPECT_EQ(taken.body, "");
    EXPECT_EQ(taken.find_header("Content-Type"), nullptr);
    EXPECT_EQ(taken.find_header("X-Amz-Executed-Version"), nullptr);
    const std::string id = *taken.find_header("x-amzn-RequestId");
    served.record().wait_for_advice("the event " + id + " was dropped after 3 attempts, RetriesExhausted");
    std::string log = served.record().log();
    int starts = 0;
    for (auto at = log.find("START RequestId: " + id); at != std::string::npos;
         at = log.find("START RequestId: " + id, at + 1)) {
        ++starts;
    }
    EXPECT_EQ(starts, 3);
}

TEST(Events, AreDisturbedAtTheirFirstAttemptAlone) {
    Settings settings = scripted_alone(FrontKind::http);
    settings.clock_scale = 1000;
    settings.application.functions.front().timeout = std::chrono::seconds(900);
    Served served(settings);
    served.disturb_next({lambda::Disturbance::Kind::kill, {}});
    EXPECT_EQ(served.invoke(R"({"do":"log"})", kEvent).status, 202);
    served.record().wait_for_log("Error Type: Runtime.ExitError");
    served.record().wait_for_log("to stdout");
    EXPECT_TRUE(served.record().advice().empty()) << "nothing was dropped";
}

TEST(Events, KeepToTheTermsOfTheirQualifierAndGoNowhereWithoutConcurrency) {
    Settings settings = published(FrontKind::http, "");
    app::Function& function = settings.application.functions.front();
    function.asynchronous = {{.qualifier = "live", .retries = 0}};
    {
        const Served served(settings);
        EXPECT_EQ(served.invoke_function("shop:live", R"({"do":"throw"})", kEvent).status, 202);
        served.record().wait_for_advice("after 1 attempt, RetriesExhausted");
    }
    function.reserved_concurrency = 0;
    const Served served(settings);
    EXPECT_EQ(served.invoke_function("shop", "{}", kEvent).status, 202);
    served.record().wait_for_advice("after 0 attempts, ZeroReservedConcurrency");
}

TEST(Events, BeyondThoseThatMayWaitAreThrottledUntilOneHasEnded) {
    const std::string gate = testing::TempDir() + "understudy-events-" + std::to_string(::getpid());
    ASSERT_EQ(::mkfifo(gate.c_str(), 0600), 0);
    Settings settings = scripted_alone(FrontKind::http);
    settings.application.functions.front().environment = {{"GATE", gate}};
    settings.event_limits = {.events = 1, .bytes = 100};
    const Served served(settings);
    EXPECT_EQ(served.invoke(R"({"do":"gate"})", kEvent).status, 202);
    served.record().wait_for_log("at the gate");
    for (int call = 0; call < 2; ++call) {
        const auto refused = served.invoke("{}", kEvent);
        EXPECT_EQ(refused.status, 429);
        EXPECT_EQ(refused.body, R"({"Reason":"CallerRateLimitExceeded","Type":"User","message":"Rate Exceeded."})");
    }
    EXPECT_THAT(served.record().advice(), testing::ElementsAre(HasSubstr("too many events wait")));
    std::ofstream(gate) << "on\n";
    EXPECT_EQ(served.invoke("{}").status, 200) << "behind the event, which has ended then";
    EXPECT_EQ(served.invoke('"' + std::string(100, 'x') + '"', kEvent).status, 429) << "it is too large by itself";
    EXPECT_EQ(served.invoke("{}", kEvent).status, 202);
    ::unlink(gate.c_str());
}

/// `shop`, whose failures and successes go to `audit`, which tells its events in the log.
Settings with_destination() {
    Settings settings = scripted_alone(FrontKind::http);
    settings.clock_scale = 1000;
    app::Function& shop = settings.application.functions.front();
    shop.name = "shop";
    shop.timeout = std::chrono::seconds(900);
    shop.asynchronous = {
        {.on_success = app::Destination{.function = "audit"}, .on_failure = app::Destination{.function = "audit"}}};
    app::Function audit = shop;
    audit.name = "audit";
    audit.environment = {{"ORDER", "tell"}};
    audit.asynchronous = {};
    settings.application.functions.push_back(audit);
    return settings;
}

TEST(Destinations, AreToldOfTheEndOfAnEvent) {
    const Served served(with_destination());
    const auto taken = served.invoke_function("shop", R"({"n":1.0})", kEvent);
    const std::string record = served.record().wait_for_log("told ");
    const std::string id = *taken.find_header("x-amzn-RequestId");
    EXPECT_THAT(record, HasSubstr(R"("requestContext":{"requestId":")" + id +
                                  R"(","functionArn":"arn:aws:lambda:us-east-1:123456789012:function:shop:$LATEST",)"
                                  R"("condition":"Success","approximateInvokeCount":1},"requestPayload":{"n":1.0},)"
                                  R"("responseContext":{"statusCode":200,"executedVersion":"$LATEST"},)"
                                  R"("responsePayload":{"n":1.0}})"));
}

TEST(Destinations, AreToldOfFailuresAfterTheLastAttempt) {
    Settings settings = with_destination();
    settings.application.functions.front().environment = {{"ORDER", "throw"}};
    {
        const Served served(settings);
        served.invoke_function("shop", "{}", kEvent);
        EXPECT_THAT(served.record().wait_for_log("told "),
                    HasSubstr(R"("condition":"RetriesExhausted","approximateInvokeCount":3})"));
        served.record().wait_for_advice("its record goes to the function audit");
    }
    settings.application.functions.front().reserved_concurrency = 0;
    const Served served(settings);
    served.invoke_function("shop", "{}", kEvent);
    EXPECT_THAT(served.record().wait_for_log("told "),
                HasSubstr(R"("condition":"ZeroReservedConcurrency","approximateInvokeCount":0},"requestPayload":{}})"));
}

TEST(Destinations, ThatAreElsewhereHaveTheirRecordsInTheLog) {
    Settings settings = with_destination();
    app::Function& shop = settings.application.functions.front();
    shop.asynchronous = {{.retries = 0,
                          .on_success = app::Destination{.function = {}, .elsewhere = "arn:aws:sqs:x:1:done"},
                          .on_failure = app::Destination{.function = {}, .elsewhere = "arn:aws:sns:x:1:failed"}}};
    shop.dead_letters = "arn:aws:sqs:x:1:dead";
    const Served served(settings);
    served.invoke_function("shop", R"({"n":1.0})", kEvent);
    served.record().wait_for_advice(
        R"(AWS sends this record to the destination arn:aws:sqs:x:1:done: {"version":"1.0")");
    served.invoke_function("shop", R"({"do":"throw"})", kEvent);
    served.record().wait_for_advice("AWS sends this record to the destination arn:aws:sns:x:1:failed: {");
    served.record().wait_for_advice(R"( to its dead-letter queue, arn:aws:sqs:x:1:dead: {"do":"throw"})");
}

TEST(Destinations, AreNotToldWhereTooManyEventsWait) {
    Settings settings = with_destination();
    settings.event_limits.bytes = 100;
    const Served served(settings);
    EXPECT_EQ(served.invoke_function("shop", "{}", kEvent).status, 202);
    served.record().wait_for_advice("too many events wait");
}

TEST(Destinations, AChainWithoutEndIsStopped) {
    Settings settings = with_destination();
    settings.application.functions.back().asynchronous = {{.on_success = app::Destination{.function = "shop"}}};
    const Served served(settings);
    served.invoke_function("shop", "{}", kEvent);
    served.record().wait_for_advice("destinations lead in a circle");
}

TEST(Versions, AnAliasWithWeightsSpreadsItsCalls) {
    Settings settings = published(FrontKind::http, "live");
    app::Function& function = settings.application.functions.front();
    function.versions = {"1", "2"};
    function.aliases.front().weights = {{"2", 0.5}};
    const Served served(settings);
    std::set<std::string> versions;
    for (int call = 0; call < 100 && versions.size() < 2; ++call) {
        versions.insert(*served.invoke_function("shop:live", "{}").find_header("X-Amz-Executed-Version"));
    }
    EXPECT_EQ(versions, (std::set<std::string>{"1", "2"}));
}

}  // namespace
}  // namespace understudy::service_test
