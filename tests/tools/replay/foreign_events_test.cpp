#include "tools/replay/foreign_events.hpp"

#include "tests/support/program.hpp"
#include "tools/replay/exchange_feed.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

namespace understudy::replay {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

std::vector<record::Exchange> events_of(std::string_view text) {
    auto read = read_events(text, "e.json");
    if (!read) ADD_FAILURE() << read.error();
    return read ? *read : std::vector<record::Exchange>{};
}

std::string problem_of(std::string_view text) {
    const auto read = read_events(text, "e.json");
    return read ? "none" : to_string(read.error());
}

TEST(ForeignEvents, AnEventAloneKeepsItsBytes) {
    const auto exchanges = events_of("\n { \"n\" : 1.0 }\n");
    ASSERT_THAT(exchanges, SizeIs(1));
    EXPECT_EQ(exchanges[0].id, "e.json");
    EXPECT_EQ(exchanges[0].front, "invoke");
    ASSERT_THAT(exchanges[0].invocations, SizeIs(1));
    EXPECT_EQ(exchanges[0].invocations[0].event, "{ \"n\" : 1.0 }");
    EXPECT_EQ(exchanges[0].invocations[0].outcome, record::Outcome::unknown);
}

TEST(ForeignEvents, TheFrontIsToldByTheEventsShape) {
    EXPECT_EQ(tell_front(R"({"httpMethod":"GET","requestContext":{"stage":"prod"}})"), "rest");
    EXPECT_EQ(tell_front(R"({"version":"2.0","requestContext":{"http":{},"domainName":"a.execute-api.x"}})"), "http");
    EXPECT_EQ(tell_front(R"({"version":"1.0","httpMethod":"GET","requestContext":{}})"), "http1");
    EXPECT_EQ(tell_front(R"({"version":"2.0","requestContext":{"http":{},"domainName":"a.lambda-url.x"}})"), "url");
    EXPECT_EQ(tell_front(R"({"httpMethod":"GET","requestContext":{"elb":{"targetGroupArn":"a"}}})"), "alb");
    EXPECT_EQ(tell_front(R"({"requestContext":{"connectionId":"a","routeKey":"$connect"}})"), "websocket");
    for (const char* other : {R"({"Records":[]})", R"({"requestContext":"text"})", R"({"detail":{}})", "[]",
                              R"({"httpMethod":"GET","requestContext":{},"methodArn":"arn","type":"REQUEST"})"})
        EXPECT_EQ(tell_front(other), "invoke") << other;
}

TEST(ForeignEvents, ApiStageAndTimeAreThoseOfTheContext) {
    const auto exchanges = events_of(
        R"({"version":"2.0","requestContext":{"http":{},"apiId":"a1","stage":"prod","timeEpoch":1700000000123}})");
    ASSERT_THAT(exchanges, SizeIs(1));
    EXPECT_EQ(exchanges[0].api + ' ' + exchanges[0].stage, "a1 prod");
    EXPECT_EQ(exchanges[0].started, std::chrono::milliseconds(1'700'000'000'123));
}

TEST(ForeignEvents, ALogLineIsReadFromItsEvent) {
    EXPECT_EQ(events_of("2024-05-06T07:08:09.123Z\tid\tINFO\t{\"a\":1}\n")[0].invocations[0].event, R"({"a":1})");
    EXPECT_EQ(events_of("[INFO] 2024 {x} {\"a\":1}")[0].invocations[0].event, R"({"a":1})");
    EXPECT_EQ(events_of(R"({"timestamp":"t","level":"INFO","message":{"a":1}})")[0].invocations[0].event, R"({"a":1})");
    EXPECT_EQ(events_of(R"({"message":{"a":1}})")[0].invocations[0].event, R"({"message":{"a":1}})");
}

TEST(ForeignEvents, AListHoldsOneEach) {
    const auto exchanges = events_of(R"([{"a":1}, {"b":[]}, 3])");
    ASSERT_THAT(exchanges, SizeIs(2));
    EXPECT_EQ(exchanges[0].id, "e.json#1");
    EXPECT_EQ(exchanges[1].invocations[0].event, R"({"b":[]})");
}

TEST(ForeignEvents, TheConsolesShareableTestEventsAreExamples) {
    const auto exchanges = events_of(
        R"({"openapi":"3.0.0","components":{"schemas":{},"examples":{"first":{"value":{"a":1}},"second":{"value":{"b":2}}}}})");
    ASSERT_THAT(exchanges, SizeIs(2));
    EXPECT_EQ(exchanges[0].id, "e.json#first");
    EXPECT_EQ(exchanges[1].invocations[0].event, R"({"b":2})");
}

TEST(ForeignEvents, AnArchivesRequestsAndResponsesAreExchanges) {
    const auto exchanges = events_of(R"({"log":{"version":"1.2","entries":[
        {"startedDateTime":"2024-05-06T07:08:09.500Z","time":12.5,
         "request":{"method":"POST","url":"https://abc.lambda-url.eu-west-1.on.aws/a?b=c#d","httpVersion":"h2",
                    "headers":[{"name":":authority","value":"x"},{"name":"X-One","value":"1"},{"name":"X-One","value":"2"}],
                    "postData":{"mimeType":"text/plain","text":"gr\u00fc\u00dfe"}},
         "response":{"status":200,"statusText":"OK","httpVersion":"h2",
                     "headers":[{"name":"Content-Encoding","value":"gzip"},{"name":"A","value":"b"}],
                     "content":{"encoding":"base64","text":"AP8="}}},
        {"request":{"method":"GET","url":"http://localhost:3000","httpVersion":"HTTP/1.1","headers":[{"name":"Host","value":"h"}]},
         "response":{"status":0,"headers":[]}}]}})");
    ASSERT_THAT(exchanges, SizeIs(2));
    const record::Exchange& first = exchanges[0];
    EXPECT_EQ(first.front, "url");
    EXPECT_EQ(first.total_us, 12500u);
    EXPECT_EQ(first.started, std::chrono::milliseconds(1'714'979'289'500));
    EXPECT_EQ(first.request->start_line, "POST /a?b=c HTTP/1.1");
    EXPECT_EQ(first.request->headers,
              (http::Headers{{"Host", "abc.lambda-url.eu-west-1.on.aws"}, {"X-One", "1"}, {"X-One", "2"}}));
    EXPECT_EQ(first.request->body, "grüße");
    EXPECT_EQ(first.response->start_line, "HTTP/1.1 200 OK");
    EXPECT_EQ(first.response->headers, (http::Headers{{"A", "b"}}));
    EXPECT_EQ(first.response->body, std::string("\0\xff", 2));
    EXPECT_EQ(exchanges[1].id, "e.json#2");
    EXPECT_EQ(exchanges[1].request->start_line, "GET / HTTP/1.1");
    EXPECT_EQ(exchanges[1].request->headers, (http::Headers{{"Host", "h"}}));
    EXPECT_FALSE(exchanges[1].response);
}

/// The one exchange of an archive: a POST with what is said of its body, and its response.
record::Exchange exchange_of(const std::string& post, const std::string& response,
                             const std::string& url = "http://localhost:3000/a", const std::string& method = "POST") {
    const auto exchanges =
        events_of(R"({"log":{"entries":[{"request":{"method":")" + method + R"(","url":")" + url + R"(","headers":[])" +
                  post + R"(},"response":{"headers":[],)" + response + "}}]}}");
    return exchanges.empty() ? record::Exchange{} : exchanges[0];
}

TEST(ForeignEvents, WhatAnArchiveDidNotKeepIsMissing) {
    const std::string ok = R"("status":200,"content":{"size":1,"text":"x"})";
    const std::string post = R"(,"bodySize":1,"postData":{"text":"y"})";
    const auto missing = [&](const std::string& before, const std::string& after) {
        const auto exchange = exchange_of(before, after);
        EXPECT_NE(exchange.response.has_value(), !exchange.missing.empty()) << "a part is compared with nothing";
        return exchange.missing;
    };
    EXPECT_EQ(missing(post, ok), "");
    EXPECT_EQ(missing(post, R"("status":200,"content":{"size":8})"), "the response's body");
    EXPECT_EQ(missing(post, R"("status":200,"content":{"size":8,"text":""})"), "the response's body");
    EXPECT_EQ(missing(post, R"("status":200,"bodySize":8,"content":{"mimeType":"a/b"})"), "the response's body");
    EXPECT_EQ(missing(post, R"("status":200,"content":{"mimeType":"a/b"})"), "the response's body");
    EXPECT_EQ(missing(post, R"("status":200,"content":{"size":0})"), "");
    EXPECT_EQ(missing(post, R"("status":200,"content":{"size":-1,"text":""})"), "");
    EXPECT_EQ(missing(post, R"("status":304,"content":{"size":8})"), "");
    EXPECT_EQ(missing(R"(,"bodySize":8,"postData":{"mimeType":"a/b"})", ok), "the request's body");
    EXPECT_EQ(missing(R"(,"bodySize":8)", ok), "the request's body");
    EXPECT_EQ(missing(R"(,"bodySize":0)", ok), "");
    EXPECT_EQ(missing("", ok), "");
    EXPECT_EQ(missing("", R"("status":0)"), "the response");
    for (const char* none : {"-1", "99", "600", "4294967496", "\"\"", "\"20x\"", "null"})
        EXPECT_EQ(missing("", std::string(R"("status":)") + none), "the response") << none;
    for (const char* one : {"100", "599"})
        EXPECT_EQ(missing("", std::string(R"("status":)") + one + R"(,"content":{"size":0})"), "") << one;
    EXPECT_EQ(missing("", R"("status":101,"content":{"size":0})"), "what was said in another protocol");
    EXPECT_EQ(missing(R"(,"bodySize":8)", R"("status":0)"), "the request's body; the response");
    EXPECT_EQ(exchange_of("", R"("status":200,"content":{"size":8})", "http://a/b", "HEAD").missing, "");
}

TEST(ForeignEvents, UrlsOfAnArchiveThatAreNoneOfHttpStayAsTheyAre) {
    const auto line = [](const std::string& url) {
        return exchange_of("", R"("status":200,"content":{"size":0})", url).request->start_line;
    };
    EXPECT_EQ(line("wss://a.example/b?c"), "POST wss://a.example/b?c HTTP/1.1");
    EXPECT_EQ(line("data:image/png;base64,AAAA"), "POST data:image/png;base64 HTTP/1.1");
    EXPECT_EQ(line("blob:https://a.example/7"), "POST blob:https://a.example/7 HTTP/1.1");
    EXPECT_EQ(line("HTTPS://a.example/b"), "POST /b HTTP/1.1");
    EXPECT_EQ(line("localhost:3000/b"), "POST /b HTTP/1.1");
}

TEST(ForeignEvents, WhatIsWrongIsToldWithItsPlace) {
    EXPECT_THAT(problem_of("{\"a\":1,\n \"b\": }"), HasSubstr("e.json:2:7: "));
    EXPECT_EQ(problem_of("nothing"), "e.json:1:1: there is no JSON object in it");
    EXPECT_EQ(problem_of(""), "e.json:1:1: there is no JSON object in it");
    EXPECT_EQ(problem_of("[]"), "e.json:1:1: there are no events in it");
    EXPECT_EQ(problem_of(R"({"log":{"entries":[]}})"), "e.json:1:1: there are no events in it");
    EXPECT_EQ(problem_of(R"({"openapi":"3.0.0"})"), "e.json:1:1: there are no events in it");
}

TEST(ForeignEvents, AFolderIsReadInTheOrderOfItsNames) {
    const test::TempFolder folder;
    std::filesystem::create_directory(folder.path() + "/sub");
    const auto write = [&](const std::string& name, const std::string& text) {
        std::ofstream(folder.path() + '/' + name) << text;
    };
    write("b.json", R"({"b":1})");
    write("a.json", R"({"a":1})");
    write("sub/c.json", R"({"c":1})");
    write("broken.json", "{");
    write("notes.txt", R"({"no":1})");
    ExchangeFeed feed({folder.path()}, {}, 100);
    std::vector<std::string> events;
    while (true) {
        const auto next = feed.next();
        ASSERT_TRUE(next);
        if (*next == nullptr) break;
        events.push_back((*next)->exchange().invocations[0].event);
    }
    EXPECT_THAT(events, ElementsAre(R"({"a":1})", R"({"b":1})", R"({"c":1})"));
    EXPECT_THAT(feed.warnings(), SizeIs(1));
    EXPECT_FALSE(feed.is_whole());
    std::filesystem::remove_all(folder.path() + "/sub");
    for (const char* name : {"a.json", "b.json", "broken.json", "notes.txt"})
        std::filesystem::remove(folder.path() + '/' + name);
}

TEST(ForeignEvents, AFolderWithoutFilesOfEventsIsAnError) {
    ExchangeFeed nowhere({"/no/such"}, {}, 100);
    EXPECT_THAT(to_string(nowhere.next().error()), HasSubstr("there is no file '/no/such'"));
    const test::TempFolder folder;
    ExchangeFeed empty({folder.path()}, {}, 100);
    EXPECT_EQ(empty.next().error().code(), source::ProblemCode::invalid);
}

}  // namespace
}  // namespace understudy::replay
