#include "tests/support/program.hpp"
#include "tests/support/scripted_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace understudy {
namespace {

using test::Ended;
using test::Peer;
using test::RawRequest;
using test::ScriptedServer;
using test::TempFolder;
using testing::AllOf;
using testing::HasSubstr;

constexpr const char* kLogName = "LogFileGenerator.2026-01-05.log";
constexpr const char* kLog =
    "09:58:54.999 [main] INFO  Generation$ - before\n"
    "09:58:55.123 [main] ERROR Generation$ - boom\n\tat Main\n";

std::string rest_event(const std::string& method, const std::string& type, const std::string& body_members) {
    return R"({"httpMethod":"POST","path":"/logquery.v1.LogQueryService/)" + method +
           R"(","headers":{"Content-Type":")" + type + R"("},)" + body_members + "}";
}

/// Runs bootstrap through the events; what it posted for each, and how it ended when the Runtime API went away.
struct Served {
    std::vector<RawRequest> posts;
    Ended ended;
};

Served run_bootstrap(const std::vector<std::string>& events, std::vector<std::string> environment) {
    Served run;
    ScriptedServer server([&](ScriptedServer& me) {
        Peer peer = me.accept();
        for (const auto& event : events) {
            peer.read_request();
            peer.reply("200 OK", "Lambda-Runtime-Aws-Request-Id: id\r\nContent-Type: application/json\r\n", event);
            run.posts.push_back(peer.read_request());
            peer.reply("202 Accepted", "", "{}");
        }
        peer.read_request();
        me.stop_listening();
    });
    environment.push_back("AWS_LAMBDA_RUNTIME_API=" + server.authority());
    run.ended = test::run_program("bootstrap", {}, std::move(environment));
    server.wait();
    return run;
}

TEST(BootstrapProgram, AnswersTheGoldenEventsOfBothFormats) {
    TempFolder logs;
    logs.write(kLogName, kLog);
    const std::string data = std::string(UNDERSTUDY_SOURCE_DIR) + "/tests/handler/rpc/data/";
    const Served run = run_bootstrap({test::read_file(data + "rest.json"), test::read_file(data + "http.json")},
                                     {"LOGQUERY_LOGS=" + logs.path()});
    ASSERT_EQ(run.posts.size(), 2U);
    EXPECT_EQ(run.posts[0].first_line(), "POST /2018-06-01/runtime/invocation/id/response HTTP/1.1");
    EXPECT_EQ(
        run.posts[0].body,
        R"({"statusCode":200,"headers":{"Content-Type":"application/x-protobuf"},"body":"CAE=","isBase64Encoded":true})");
    EXPECT_EQ(
        run.posts[1].body,
        R"({"statusCode":200,"headers":{"Content-Type":"application/proto"},"body":"CAE=","isBase64Encoded":true})");
    EXPECT_EQ(run.ended.exit_code, 1);
    EXPECT_EQ(run.ended.out, "");
    EXPECT_THAT(run.ended.err, testing::ContainsRegex("logquery.v1.LogQueryService/CheckWindow ok [0-9.]+ ms\n"));
}

TEST(BootstrapProgram, FindsMessagesInJson) {
    TempFolder logs;
    logs.write(kLogName, kLog);
    const Served run = run_bootstrap(
        {rest_event("FindMessages", "application/json", R"("body":"{\"time\":\"2026-01-05T09:58:55.123Z\"}")")},
        {"LOGQUERY_LOGS=" + logs.path()});
    ASSERT_EQ(run.posts.size(), 1U);
    EXPECT_THAT(run.posts[0].body, AllOf(HasSubstr(R"(\"time\":\"2026-01-05T09:58:55.123Z\")"),
                                         HasSubstr(R"(boom\\n\\tat Main)"), HasSubstr(R"("isBase64Encoded":false)")));
    EXPECT_EQ(run.posts[0].body.find("before"), std::string::npos);
}

TEST(BootstrapProgram, CutsAnAnswerInJsonToWhatLambdaCarries) {
    TempFolder logs;
    std::string text;
    for (int i = 0; i < 400; ++i) text += R"({"k":"v"},)";
    std::string lines;
    for (int i = 0; i < 1000; ++i) lines += "09:58:55.123 [main] INFO  - " + text + "\n";
    logs.write(kLogName, lines);
    const Served run = run_bootstrap({rest_event("FindMessages", "application/json",
                                                 R"("body":"{\"time\":\"2026-01-05T09:58:55.123Z\",\"limit\":1000}")")},
                                     {"LOGQUERY_LOGS=" + logs.path()});
    ASSERT_EQ(run.posts.size(), 1U);
    EXPECT_THAT(run.posts[0].body.substr(0, 100), HasSubstr(R"({"statusCode":200,)"));
    EXPECT_NE(run.posts[0].body.find(R"(\"truncated\":true)"), std::string::npos);
    EXPECT_LE(run.posts[0].body.size(), 6'291'556U);
    EXPECT_GE(run.posts[0].body.size(), 6'000'000U);
}

TEST(BootstrapProgram, AnswersBadInputWithConnectsErrorsAndServesOn) {
    TempFolder logs;
    const std::vector<std::string> events{
        rest_event("CheckWindow", "application/proto", R"("body":null)"),
        rest_event("CheckWindow", "application/proto", R"("body":"//8=","isBase64Encoded":true)"),
        rest_event("CheckWindow", "text/plain", R"("body":null)"),
        rest_event("Nothing", "application/proto", R"("body":null)"),
    };
    const Served run = run_bootstrap(events, {"LOGQUERY_LOGS=" + logs.path()});
    const std::vector<const char*> expected{R"({"statusCode":400,)", R"({"statusCode":400,)", R"({"statusCode":415,)",
                                            R"({"statusCode":404,)"};
    ASSERT_EQ(run.posts.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i)
        EXPECT_THAT(run.posts[i].body, HasSubstr(expected[i])) << events[i];
    EXPECT_THAT(run.posts[0].body, HasSubstr("time"));
    EXPECT_EQ(run.ended.err.find("libprotobuf"), std::string::npos);
}

TEST(BootstrapProgram, WithoutLogsSaysSoToEachCaller) {
    const Served run = run_bootstrap(
        {rest_event("CheckWindow", "application/json", R"("body":"{\"time\":\"2026-01-05T09:58:55.123Z\"}")")}, {});
    ASSERT_EQ(run.posts.size(), 1U);
    EXPECT_THAT(run.posts[0].body, HasSubstr("failed_precondition"));
    EXPECT_THAT(run.ended.err, HasSubstr("LOGQUERY_LOGS"));
}

TEST(BootstrapProgram, PostsAnEventThatIsNoHttpRequestAsAnError) {
    const Served run = run_bootstrap({R"({"Records":[]})"}, {});
    ASSERT_EQ(run.posts.size(), 1U);
    EXPECT_EQ(run.posts[0].first_line(), "POST /2018-06-01/runtime/invocation/id/error HTTP/1.1");
    EXPECT_THAT(run.posts[0].body,
                AllOf(HasSubstr(R"("errorType":"understudy::rpc::UnknownEvent")"), HasSubstr("httpMethod")));
}

TEST(BootstrapProgram, ByItselfSaysHowToRunIt) {
    const Ended ended = test::run_program("bootstrap", {}, {});
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_THAT(ended.err, HasSubstr("understudy serve -- "));
}

}  // namespace
}  // namespace understudy
