#include "tools/replay/compare.hpp"

#include "emulator/http/base64.hpp"
#include "tests/tools/replay/compared_replies.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::replay {
namespace {

using record::Outcome;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(CompareReplies, EqualBytesAreEqualWhateverTheyAre) {
    EXPECT_THAT(compare("no json", "no json"), IsEmpty());
}

TEST(CompareReplies, ProxyRepliesAreComparedInParts) {
    EXPECT_THAT(compare(R"({"statusCode":200,"headers":{"A":"1","ETag":"x"},"cookies":["a=1"],"body":"{\"n\":[1,2]}"})",
                        R"({"body":"{\"n\":[1,3]}","cookies":["a=2"],"headers":{"a":"2","B":"3"},"statusCode":"201"})"),
                ElementsAre("status: expected 200, got 201", "headers.a: expected \"1\", got \"2\"",
                            "headers.etag: expected \"x\", got absent", "headers.b: expected absent, got \"3\"",
                            "cookies[0]: expected \"a=1\", got \"a=2\"", "body.n[1]: expected 2, got 3"));
}

TEST(CompareReplies, LayoutAndSpellingAreNoDifference) {
    EXPECT_THAT(compare(R"({"statusCode":200,"headers":{"Content-Type":"a/b"},"body":"{\"a\":1.0,\"b\":2}"})",
                        R"({ "body": "{\"b\":2,\"a\":1}", "isBase64Encoded": false, "statusCode": 200,
                            "multiValueHeaders": {"content-type": ["a/b"]} })"),
                IsEmpty());
}

TEST(CompareReplies, AStreamThatEndsInAnErrorIsComparedByItsPiecesItsTypeAndItsDocument) {
    auto before = recorded("{\"statusCode\":200}" + std::string(8, '\0') + "one,");
    before.outcome = Outcome::function_error;
    before.streamed = true;
    before.error_type = "Oops";
    before.stream_error = R"({"errorType":"Told","errorMessage":"words","stackTrace":["a"]})";
    FunctionReply after = to_function_reply(before);
    const auto compare = [&] { return sentences(compare_replies(before, after, {})); };
    EXPECT_THAT(compare(), IsEmpty());
    after.payload += "two,";
    after.error_type = "Other";
    after.stream_error = R"({"errorType":"Told","errorMessage":"other words"})";
    EXPECT_THAT(compare(),
                ElementsAre(R"(body: expected "one,", got "one,two,")", R"(errorType: expected "Oops", got "Other")",
                            R"(error.errorMessage: expected "words", got "other words")"));
    after = {R"({"errorMessage":"words","errorType":"Told"})", Outcome::function_error};
    EXPECT_THAT(compare(), IsEmpty()) << "that is what a caller gets who takes no stream";
    after = {"{}", Outcome::succeeded};
    EXPECT_THAT(compare(), ElementsAre("outcome: expected the error Told: words, in mid-stream, got a reply"));
}

TEST(CompareReplies, EncodedBodiesAreDecoded) {
    EXPECT_THAT(compare(R"({"statusCode":200,"body":"aGVsbG8=","isBase64Encoded":true})",
                        R"({"statusCode":200,"body":"hello","isBase64Encoded":false})"),
                IsEmpty());
    EXPECT_THAT(compare(R"({"statusCode":200,"body":"/w==","isBase64Encoded":true})",
                        R"({"statusCode":200,"body":"/g==","isBase64Encoded":true})"),
                ElementsAre(R"(body: expected "hex:ff", got "hex:fe")"));
}

TEST(CompareResponses, TheLogThatAnInvocationAskedForIsLeftOut) {
    record::Exchange recorded;
    recorded.request = record::HttpMessage{"POST /2015-03-31/functions/f/invocations HTTP/1.1", {}, ""};
    recorded.response = record::HttpMessage{"HTTP/1.1 200 OK", {{"X-Amz-Log-Result", "U1RBUlQ="}}, "{}"};
    EXPECT_THAT(sentences(compare_responses(recorded, {{200, {{"X-Amz-Log-Result", "RU5E"}}, "{}"}}, {})), IsEmpty());
}

TEST(CompareReplies, WhatDiffersFromRunToRunIsLeftOut) {
    const std::string before = R"({"statusCode":200,"headers":{"Date":"a","X-Amzn-RequestId":"1"}})";
    const std::string after = R"({"statusCode":200,"headers":{"Date":"b","Content-Length":"0"}})";
    EXPECT_THAT(compare(before, after), IsEmpty());
    ReplayRules strict;
    strict.volatile_values = Volatile::compared;
    EXPECT_EQ(compare(before, after, strict).size(), 3U);
}

TEST(CompareReplies, IgnoredPathsAreNotCompared) {
    ReplayRules rules;
    rules.ignore = {"body.items[*].time", "headers.etag"};
    EXPECT_THAT(
        compare(R"({"statusCode":200,"headers":{"ETag":"1"},"body":"{\"items\":[{\"time\":1,\"a\":1}]}"})",
                R"({"statusCode":200,"headers":{"ETag":"2"},"body":"{\"items\":[{\"time\":2,\"a\":2}]}"})", rules),
        ElementsAre("body.items[0].a: expected 1, got 2"));
}

TEST(CompareReplies, RedactedValuesCountAsEqualAndAreCounted) {
    const auto compared = compare_replies(
        recorded(
            R"({"statusCode":200,"headers":{"set-cookie":"[redacted]"},"body":"{\"card\":\"[redacted]\",\"n\":1}"})"),
        {R"({"statusCode":200,"headers":{"set-cookie":"s=1"},"body":"{\"card\":{\"no\":1},\"n\":2}"})",
         Outcome::succeeded},
        {});
    EXPECT_THAT(sentences(compared), ElementsAre("body.n: expected 1, got 2"));
    EXPECT_EQ(compared.redacted, 2U);
}

TEST(CompareReplies, WhatOnlyOneSideHasIsADifferenceHoweverRedacted) {
    const std::tuple<const char*, const char*, const char*> table[] = {
        {R"({"a":"[redacted]","b":1})", R"({"b":1})", R"(reply.a: expected "[redacted]", got absent)"},
        {R"({"b":1})", R"({"a":"[redacted]","b":1})", R"(reply.a: expected absent, got "[redacted]")"},
        {R"({"a":["[redacted]","[redacted]"]})", R"({"a":["x"]})", R"(reply.a[1]: expected "[redacted]", got absent)"},
        {R"({"statusCode":200,"headers":{"Set-Cookie":"[redacted]"}})", R"({"statusCode":200})",
         R"(headers.set-cookie: expected "[redacted]", got absent)"},
    };
    for (const auto& [before, after, sentence] : table) EXPECT_THAT(compare(before, after), ElementsAre(sentence));
    EXPECT_THAT(compare(R"({"a":"[redacted]"})", R"({"a":""})"), IsEmpty()) << "an empty text is one";
}

TEST(CompareReplies, OfAKeyThatStandsTwiceTheLastCounts) {
    const std::string before = R"({"statusCode":200,"headers":{"A":"1"},"body":"{\"a\":1,\"a\":2}"})";
    EXPECT_THAT(compare(before, R"({"statusCode":200,"headers":{"A":"2"},"body":"{\"a\":1,\"a\":2}"})"),
                ElementsAre(R"(headers.a: expected "1", got "2")"));
}

TEST(CompareReplies, ARedactedPartOfATextIsNoDifference) {
    const auto compared =
        compare_replies(recorded("data: {\"card\":\"[redacted]\",\"n\":1}\n\ntoken=[redacted]&x=[redacted]"),
                        {"data: {\"card\":17,\"n\":1}\n\ntoken=abc&x=", Outcome::succeeded}, {});
    EXPECT_THAT(sentences(compared), IsEmpty());
    EXPECT_EQ(compared.redacted, 1U);
    EXPECT_EQ(compare("token=[redacted]&x=1", "token=abc&x=2").size(), 1U);
    EXPECT_EQ(compare("a=1&token=[redacted]", "a=2&token=x").size(), 1U);
    EXPECT_EQ(compare("token=[redacted]&y=[redacted]&x=1", "token=abc&x=1").size(), 1U);
}

TEST(CompareReplies, AnOutcomeThatIsAnotherIsOneKindWhateverItSays) {
    const auto compared = compare_replies(recorded("1"), {R"({"errorType":"E"})", Outcome::function_error}, {});
    ASSERT_EQ(compared.differences.size(), 1U);
    EXPECT_EQ(compared.differences.front().change, Change::failed);
}

record::Exchange make_exchange(const std::vector<record::Invocation>& invocations) {
    record::Exchange exchange;
    exchange.invocations = invocations;
    return exchange;
}

TEST(CompareInvocations, RepliesBehindAFrontAreDifferencesOfTheReply) {
    auto authorizer = recorded("1");
    authorizer.authorizer = true;
    const auto before = make_exchange({authorizer, recorded(R"({"statusCode":200,"headers":{"a":"1"}})")});
    const auto after = make_exchange({recorded(R"({"statusCode":201,"headers":{"a":"1"}})")});
    const auto compared = compare_invocations(before, after, {});
    EXPECT_THAT(sentences(compared), ElementsAre("reply.status: expected 200, got 201"));
    EXPECT_THAT(sentences(compare_invocations(before, make_exchange({}), {})),
                ElementsAre("reply: expected a reply, got no call of a function"));
    const auto plain = compare_invocations(make_exchange({recorded("1")}), make_exchange({recorded("2")}), {});
    EXPECT_THAT(sentences(plain), ElementsAre("reply: expected 1, got 2"));
}

TEST(CompareInvocations, WhatTheResponseShowsIsToldOnce) {
    const auto before = make_exchange({recorded(R"({"statusCode":200,"extra":1})")});
    const auto after = make_exchange({recorded(R"({"statusCode":201,"extra":2})")});
    Compared response;
    response.differences.push_back(to_deviation(match::make_difference("status", "200", "201", {})));
    add_behind(response, compare_invocations(before, after, {}));
    EXPECT_THAT(sentences(response), ElementsAre("status: expected 200, got 201", "reply.extra: expected 1, got 2"));
}

TEST(CompareInvocations, AReplyThatIsTheBodyIsToldOnce) {
    Compared response;
    response.differences.push_back(to_deviation(match::make_difference("body.v", "1", "2", {})));
    add_behind(response, compare_invocations(make_exchange({recorded(R"({"v":1})")}),
                                             make_exchange({recorded(R"({"v":2})")}), {}));
    EXPECT_THAT(sentences(response), ElementsAre("body.v: expected 1, got 2"));
}

TEST(CompareInvocations, APlaceOfTheReplyAloneCanBeIgnored) {
    const auto before = make_exchange({recorded(R"({"statusCode":200,"headers":{"x":"1","y":"1"}})")});
    const auto after = make_exchange({recorded(R"({"statusCode":200,"headers":{"x":"2","y":"2"}})")});
    ReplayRules rules;
    rules.ignore = {"reply.headers.x"};
    const auto compared = compare_invocations(before, after, rules);
    EXPECT_THAT(sentences(compared), ElementsAre("reply.headers.y: expected \"1\", got \"2\""));
    EXPECT_THAT(compared.ignores_met, ElementsAre(0U));
}

TEST(CompareReplies, PathsNameHeadersWhateverTheirCase) {
    const std::string before = R"({"statusCode":200,"headers":{"ETag":"1","Content-Type":"a/b"}})";
    const std::string after = R"({"statusCode":200,"headers":{"ETag":"2","Content-Type":"a/b"}})";
    ReplayRules rules;
    for (const char* path : {"headers.ETag", "reply.headers.eTag"}) {
        rules.ignore = {path};
        const auto compared = compare_replies(recorded(before), {after, Outcome::succeeded}, rules);
        EXPECT_THAT(sentences(compared), IsEmpty()) << path;
        EXPECT_THAT(compared.ignores_met, ElementsAre(0U)) << path;
    }
    const auto behind = compare_invocations(make_exchange({recorded(before)}), make_exchange({recorded(after)}), rules);
    EXPECT_THAT(sentences(behind), IsEmpty());
    const auto document = source::parse_document("headers.Content-Type: text/xml\n", "e.yaml");
    ASSERT_THAT(read_expectations(*document, rules), IsEmpty());
    EXPECT_THAT(compare(before, after, rules), ElementsAre(R"(headers.content-type: expected "text/xml", got "a/b")"));
}

TEST(CompareReplies, NamesOfAReplyThatIsNoProxyReplyHaveTheirCase) {
    ReplayRules rules;
    rules.ignore = {"reply.headers.A"};
    EXPECT_THAT(compare(R"({"headers":{"A":1,"a":1}})", R"({"headers":{"A":2,"a":1}})", rules), IsEmpty());
    const auto document = source::parse_document("reply.headers.A: 2\n", "e.yaml");
    ASSERT_THAT(read_expectations(*document, rules), IsEmpty());
    EXPECT_THAT(compare(R"({"headers":{"A":1,"a":1}})", R"({"headers":{"A":3,"a":1}})", rules),
                ElementsAre("reply.headers.A: expected 2, got 3"));
}

TEST(FindSuggestion, IsForAWordOfAPathThatNoMessageHas) {
    ReplayRules rules = shop_rules();
    EXPECT_EQ(find_suggestion("body.itms[*].name", rules), "did you mean 'items'?");
    EXPECT_EQ(find_suggestion("reply.body.items[*].nam", rules), "did you mean 'name'?");
    EXPECT_EQ(find_suggestion("body.items[*].name", rules), "");
    EXPECT_EQ(find_suggestion("headers.itms", rules), "");
    EXPECT_EQ(find_suggestion("body.itms", {}), "");
}

TEST(CompareReplies, RulesThatNameNothingAreKnown) {
    ReplayRules rules;
    rules.ignore = {"body.times", "body.time", "headers.etag"};
    const auto compared = compare_replies(recorded(R"({"statusCode":200,"body":"{\"time\":1}"})"),
                                          {R"({"statusCode":200,"body":"{\"time\":2}"})", Outcome::succeeded}, rules);
    EXPECT_TRUE(compared.by_value);
    EXPECT_THAT(compared.ignores_met, ElementsAre(1U));
}

TEST(CompareReplies, PlainRepliesAreJsonByValue) {
    EXPECT_THAT(compare(R"({"a":1e2,"b":null})", R"({"b":null,"a":100})"), IsEmpty());
    EXPECT_THAT(compare("[1]", "[1,2]"), ElementsAre("reply[1]: expected absent, got 2"));
    EXPECT_THAT(compare("text", "test"), ElementsAre(R"(reply: expected "text", got "test")"));
}

TEST(CompareReplies, StreamsAreComparedWithTheirPrelude) {
    const auto stream = [](const std::string& prelude, const std::string& body) {
        return prelude + std::string(8, '\0') + body;
    };
    EXPECT_THAT(compare(stream(R"({"statusCode":200})", "one"), stream(R"({ "statusCode": 200 })", "two")),
                ElementsAre(R"(body: expected "one", got "two")"));
}

TEST(CompareReplies, AnErrorInPlaceOfAReplyIsOneDifference) {
    const auto compared = compare_replies(
        recorded(R"({"statusCode":200})"),
        {R"({"errorType":"Runtime.ExitError","errorMessage":"exit status 1"})", Outcome::function_error}, {});
    EXPECT_THAT(sentences(compared),
                ElementsAre("outcome: expected a reply, got the error Runtime.ExitError: exit status 1"));
}

TEST(CompareReplies, ErrorsAreComparedWithoutIdsTimesAndStacks) {
    const auto error = [](const std::string& id, const std::string& message) {
        return R"({"errorType":"E","stackTrace":[")" + id + R"("],"errorMessage":"RequestId: )" + id +
               " Error: " + message + "\"}";
    };
    const auto before = recorded(error("6f0a2b9c-1111-4222-8333-444455556666", "no"), Outcome::function_error);
    const std::string other = "00000000-0000-4000-8000-000000000000";
    EXPECT_TRUE(compare_replies(before, {error(other, "no"), Outcome::function_error}, {}).equal());
    EXPECT_THAT(
        sentences(compare_replies(before, {error(other, "yes"), Outcome::function_error}, {})),
        ElementsAre(R"(error.errorMessage: expected "RequestId: <id> Error: no", got "RequestId: <id> Error: yes")"));
}

TEST(CompareReplies, ExpectationsStandInPlaceOfWhatWasRecorded) {
    ReplayRules rules;
    const auto document =
        source::parse_document("body.items[*].id: { $regex: '^[0-9]+$' }\nstatus: 201\nbody.gone: $absent\n", "e.yaml");
    ASSERT_TRUE(document);
    ASSERT_THAT(read_expectations(*document, rules), IsEmpty());
    EXPECT_THAT(compare(R"({"statusCode":200,"body":"{\"items\":[{\"id\":\"x\"}],\"gone\":1}"})",
                        R"({"statusCode":201,"body":"{\"items\":[{\"id\":\"7\"}]}"})", rules),
                IsEmpty());
    EXPECT_THAT(compare(R"({"statusCode":201,"body":"{\"items\":[{\"id\":\"x\"}]}"})",
                        R"({"statusCode":201,"body":"{\"items\":[{\"id\":\"x\"}]}"})", rules),
                ElementsAre(R"(body.items[0].id: expected a text that matches /^[0-9]+$/, got "x")"));
}

TEST(CompareReplies, WhatIsExpectedOfOtherExchangesIsLeftAlone) {
    ReplayRules rules;
    const auto document = source::parse_document("body.id: { $regex: '^[0-9]+$' }\nbody.no: $absent\n", "e.yaml");
    ASSERT_THAT(read_expectations(*document, rules), IsEmpty());
    const auto other = compare_replies(recorded(R"({"statusCode":200,"body":"{}"})"),
                                       {R"({"statusCode":200,"body":"{ }"})", Outcome::succeeded}, rules);
    EXPECT_THAT(sentences(other), IsEmpty());
    EXPECT_THAT(other.expectations_met, ElementsAre(1U));
    EXPECT_THAT(compare(R"({"statusCode":200,"body":"{\"id\":\"1\"}"})", R"({"statusCode":200,"body":"{}"})", rules),
                ElementsAre("body.id: expected a text that matches /^[0-9]+$/, got absent"));
}

TEST(CompareReplies, WrongExpectationsAreToldWithTheirPlace) {
    ReplayRules rules;
    const auto document = source::parse_document("'a b]': 1\nb: { $regex: '(' }\n", "e.yaml");
    ASSERT_TRUE(document);
    const auto problems = read_expectations(*document, rules);
    ASSERT_FALSE(problems.empty());
    for (const auto& problem : problems) EXPECT_EQ(problem.file(), "e.yaml");
}

record::Exchange exchange_with(const std::string& status, const http::Headers& headers, const std::string& body) {
    record::Exchange exchange;
    exchange.request = record::HttpMessage{"POST /shop.Shop/Order HTTP/1.1", {}, ""};
    exchange.response = record::HttpMessage{"HTTP/1.1 " + status, headers, body};
    return exchange;
}

TEST(CompareResponses, StatusHeadersAndBodyAreCompared) {
    const auto recorded = exchange_with("200 OK", {{"Date", "1"}, {"A", "x"}}, R"({"a":1})");
    EXPECT_TRUE(compare_responses(recorded, {{200, {{"A", "x"}, {"Date", "2"}}, R"({"a":1})"}}, {}).equal());
    EXPECT_THAT(sentences(compare_responses(recorded, {{502, {{"A", "x"}}, R"({"message":"no"})"}}, {})),
                ElementsAre("status: expected 200, got 502", "body.a: expected 1, got absent",
                            R"(body.message: expected absent, got "no")"));
}

TEST(CompareResponses, TheServersAddressOfTodayIsTheRecordedOne) {
    record::Exchange recorded;
    recorded.request = record::HttpMessage{"GET /a HTTP/1.1", {{"Host", "localhost:3000"}}, ""};
    recorded.response = record::HttpMessage{
        "HTTP/1.1 200 OK", {{"Location", "http://localhost:3000/b"}}, R"({"next":"localhost:3000/c","n":1})"};
    Answer answer{{200, {{"Location", "http://127.0.0.1:7/b"}}, R"({"next":"127.0.0.1:7/c","n":2})"}};
    EXPECT_THAT(sentences(compare_responses(recorded, answer, {})), testing::SizeIs(3));
    answer.host = "127.0.0.1:7";
    EXPECT_THAT(sentences(compare_responses(recorded, answer, {})), ElementsAre("body.n: expected 1, got 2"));
    answer.response.headers = {{"Location", "http://localhost:3000/b"}};
    EXPECT_THAT(sentences(compare_responses(recorded, answer, {})), ElementsAre("body.n: expected 1, got 2"))
        << "it is told the name that it had";
    answer.response.headers = {{"Location", "http://127.0.0.1:8/b"}};
    EXPECT_THAT(sentences(compare_responses(recorded, answer, {})),
                testing::Contains(R"(headers.location: expected "http://127.0.0.1:7/b", got "http://127.0.0.1:8/b")"));
}

TEST(CompareInvocations, ARepliesServerOfTodayIsTheRecordedOne) {
    const auto make = [](const std::string& host) {
        auto exchange =
            make_exchange({recorded(R"({"statusCode":200,"headers":{"location":"http://)" + host + R"(/b"},"body":")" +
                                    http::to_base64("at " + host) + R"(","isBase64Encoded":true})")});
        exchange.request = record::HttpMessage{"GET /a HTTP/1.1", {{"Host", host}}, ""};
        return exchange;
    };
    EXPECT_THAT(sentences(compare_invocations(make("localhost:3000"), make("127.0.0.1:7"), {})), IsEmpty());
}

TEST(CompareResponses, OneThatWasCutOffIsComparedByItsHeadAndIsNoWholeOne) {
    auto recorded = exchange_with("200 OK", {{"A", "x"}}, "first,");
    recorded.response->cut_off = true;
    const auto compare = [&](const Answer& answer) { return sentences(compare_responses(recorded, answer, {})); };
    EXPECT_THAT(compare({{200, {{"A", "x"}}, "fir"}, true}), IsEmpty()) << "how much arrives is chance";
    EXPECT_THAT(compare({{200, {{"A", "y"}}, "first,"}, true}), ElementsAre(R"(headers.a: expected "x", got "y")"));
    EXPECT_THAT(compare({{200, {{"A", "x"}}, "first,"}, false}),
                ElementsAre(R"(response: expected one that was cut off, got a whole response)"));
    recorded.response->cut_off = false;
    EXPECT_THAT(compare({{200, {{"A", "x"}}, "first,"}, true}),
                ElementsAre(R"(response: expected a whole response, got one that was cut off)"));
}

TEST(CompareResponses, AFieldThatIsNoLongerSentIsNoOtherValueThanTheRedactedOne) {
    const http::Headers headers{{"Content-Type", "application/x-protobuf"}};
    const auto compare = [&](const std::string& before, const std::string& after) {
        return compare_responses(exchange_with("200 OK", headers, to_bytes(before)), {{200, headers, to_bytes(after)}},
                                 shop_rules());
    };
    const auto gone = compare("text: '[redacted]'", "int32: 0");
    EXPECT_THAT(sentences(gone), ElementsAre("body.text: expected \"[redacted]\", got absent"));
    EXPECT_EQ(gone.differences.at(0).change, Change::missing);
    EXPECT_THAT(sentences(compare("int32: 0", "text: '[redacted]'")),
                ElementsAre("body.text: expected absent, got \"[redacted]\""));
    EXPECT_TRUE(compare("text: '[redacted]'", "text: 'x'").equal());
}

TEST(CompareResponses, MessagesAreComparedByField) {
    const auto recorded =
        exchange_with("200 OK", {{"Content-Type", "application/x-protobuf"}}, to_bytes("text: 'a' int32: 1"));
    const Answer response{{200, {{"Content-Type", "application/x-protobuf"}}, to_bytes("text: 'b' int32: 1")}};
    EXPECT_THAT(sentences(compare_responses(recorded, response, shop_rules())),
                ElementsAre(R"(body.text: expected "a", got "b")"));
}

}  // namespace
}  // namespace understudy::replay
