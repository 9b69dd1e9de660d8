// What a step may expect of its reply, and of what was seen of the function meanwhile.
#include "tools/scenario/judge.hpp"

#include "tests/tools/scenario/fake_world.hpp"
#include "tests/tools/scenario/scenario_text.hpp"
#include "tools/scenario/judge_observed.hpp"
#include "tools/scenario/report_line.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::scenario::judge_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using testing::StartsWith;
using testing::UnorderedElementsAre;

constexpr const char* kReport =
    "REPORT RequestId: 1\tDuration: 12.50 ms\tBilled Duration: 21 ms\tMemory Size: 128 MB\tMax Memory Used: 4 MB\t"
    "Init Duration: 8.11 ms\t";

http::Response reply(int status, std::vector<std::pair<std::string, std::string>> headers, const std::string& body) {
    http::Response response;
    response.status = status;
    for (const auto& [name, value] : headers) response.headers.add(name, value);
    response.body = body;
    return response;
}

// The only step's differences, as sentences. `step` is its first line, `expect` what it expects.
std::vector<std::string> judge(const std::string& step, const std::string& expect, http::Response response,
                               FakeWorld& world) {
    world.reply(std::move(response));
    const auto scenario = load_good(shop_scenario("  - " + step + "\n    expect: " + expect + '\n'));
    const auto result = run_scenario(scenario, Front::http, world.world());
    std::vector<std::string> sentences;
    for (const auto& difference : result.steps.at(0).differences) sentences.push_back(difference.where.message());
    return sentences;
}

std::vector<std::string> judge(const std::string& step, const std::string& expect, http::Response response) {
    FakeWorld world;
    return judge(step, expect, std::move(response), world);
}

// What is hinted at where a request in plain HTTP got that status.
std::vector<std::string> hints_of(const std::string& target, const std::string& type, const std::string& body,
                                  int status) {
    FakeWorld world;
    world.reply(reply(status, {}, "no"));
    const auto scenario = load_good(shop_scenario("  - http: { target: " + target + " }\n    content_type: " + type +
                                                  "\n    " + body + "\n    expect: { http_status: 200 }\n"));
    return run_scenario(scenario, Front::http, world.world()).steps.at(0).hints;
}

TEST(Judge, ARequestInPlainHttpThatIsFramedWronglyIsExplained) {
    const std::string order = "/stage/shop.Shop/Order", framed = "request_hex: 00000000030a0161";
    EXPECT_THAT(hints_of(order, "application/proto", framed, 415), ElementsAre(HasSubstr("takes the bare one")));
    EXPECT_THAT(hints_of(order, "application/grpc-web", "request_hex: 0a0161", 400),
                ElementsAre(HasSubstr("takes a framed one")));
    EXPECT_THAT(hints_of(order, "application/proto", "request_text: CgFh", 400),
                ElementsAre(HasSubstr("request_base64 sends what such text stands for")));
    EXPECT_THAT(hints_of("/orders", "application/x-protobuf", framed, 400),
                ElementsAre(HasSubstr("takes the bare one")))
        << "whatever the message is";
    EXPECT_THAT(hints_of(order, "application/proto", framed, 201), IsEmpty()) << "nobody minded";
    EXPECT_THAT(hints_of(order, "application/octet-stream", framed, 400), IsEmpty());
}

// The sentences about a reply to old.Old/Keep or old.Old/Wrap.
std::vector<std::string> judge_old(const std::string& method, const std::string& expect, http::Response response) {
    FakeWorld world;
    world.reply(std::move(response));
    const auto scenario = load_good(
        "schema: { proto_files: [old/old.proto] }\napplication: { command: [x] }\n"
        "steps:\n  - method: old.Old/" +
        method + "\n    protocol: plain\n    expect: " + expect + '\n');
    const auto result = run_scenario(scenario, Front::http, world.world());
    std::vector<std::string> sentences;
    for (const auto& difference : result.steps.at(0).differences) sentences.push_back(difference.where.message());
    return sentences;
}

TEST(Judge, AReplyWithoutARequiredFieldIsComparedByFieldAndTheFieldNamed) {
    const auto proto = reply(200, {{"Content-Type", "application/proto"}}, "\x10\x0a");
    const auto json = reply(200, {{"Content-Type", "application/json"}}, R"({"level":10})");
    const std::string missing = "id: expected a value: the field is required, got absent";
    const std::string keep = "Keep\n    request: { id: a }";
    EXPECT_THAT(judge_old(keep, "{ response: { level: 10 }, match: partial }", proto), ElementsAre(missing));
    EXPECT_THAT(judge_old(keep, "{ code: ok }", proto), ElementsAre(missing));
    EXPECT_THAT(judge_old(keep, "{ response: { id: x, level: 11 } }", proto),
                ElementsAre("id: expected \"x\", got absent", "level: expected 11, got 10"));
    EXPECT_THAT(judge_old(keep + "\n    content_type: application/json", "{ response: { id: x } }", json),
                ElementsAre("the body is no old.Legacy as JSON: missing field id"));
    EXPECT_THAT(judge_old("Wrap", "{ response: { items: [{ level: 10 }] } }",
                          reply(200, {{"Content-Type", "application/proto"}}, "\x0a\x02\x10\x0a")),
                ElementsAre("items[0]." + missing));
}

// What a step of old.Old/Keep in a protocol came to.
StepResult run_old(const std::string& type, const std::string& rest, const std::string& body) {
    FakeWorld world;
    world.reply(reply(200, {{"Content-Type", type}}, body));
    const auto scenario = load_good(
        "schema: { proto_files: [old/old.proto] }\napplication: { command: [x] }\nsteps:\n"
        "  - method: old.Old/Keep\n    content_type: " +
        type + "\n    request: { id: a, '[old.note]': n, line: [{ count: 1 }] }\n" + rest);
    return run_scenario(scenario, Front::http, world.world()).steps.at(0);
}

TEST(Judge, ExtensionsAndGroupsOfEitherCodecAreComparedShownAndCaptured) {
    const std::string json = R"({"id":"a","inner":{"id":"b","[old.note]":"m"},"line":[{"count":"2"}]})";
    const std::string proto("\x0a\x01\x61\x1a\x07\x0a\x01\x62\xa2\x06\x01\x6d\x2b\x10\x02\x2c", 16);
    const std::string rest =
        "    expect: { response: { id: a, inner: { id: b, '[old.note]': n }, line: [{ count: 1 }] } }\n"
        "    capture: { note: 'response.inner.[old.note]', count: 'response.line[0].count' }\n";
    for (const auto& [type, body] : {std::pair("application/json", json), std::pair("application/proto", proto)}) {
        const auto step = run_old(type, rest, body);
        std::vector<std::string> sentences;
        for (const auto& difference : step.differences) sentences.push_back(difference.where.message());
        EXPECT_THAT(sentences,
                    ElementsAre("inner.[old.note]: expected \"n\", got \"m\"", "line[0].count: expected 1, got 2"));
        EXPECT_THAT(step.request, HasSubstr(R"("line":[{"text":"","count":"1"}])"));
        EXPECT_THAT(step.request, HasSubstr(R"("[old.note]":"n")"));
        EXPECT_THAT(step.expected, HasSubstr(R"("[old.note]":"n")"));
        EXPECT_THAT(step.received->response, HasSubstr(R"("[old.note]":"m")"));
        EXPECT_THAT(step.received->response, HasSubstr(R"("line":[{"text":"","count":"2"}])"));
        EXPECT_THAT(step.captures, ElementsAre(Pair("note", "\"m\""), Pair("count", "2")));
    }
    EXPECT_THAT(run_old("application/proto",
                        "    expect: { response: { id: a, inner: { id: b }, line: $any }, "
                        "ignore: ['inner.[old.note]'] }\n",
                        proto)
                    .differences,
                IsEmpty());
}

TEST(Judge, PlainHttpIsComparedByStatusAndBody) {
    const auto good = reply(200, {{"Content-Type", "application/json"}}, R"({"a":1,"b":[2]})");
    const std::pair<const char*, const char*> table[] = {
        {"{}", ""},
        {"{ http_status: 200, response: { a: 1.0, b: [2] } }", ""},
        {"{ http_status: 201 }", "http_status: expected 201, got 200"},
        {"{ response: { a: 2, b: [2] } }", "a: expected 2, got 1"},
        {"{ match: partial, response: { a: 1 } }", ""},
        {"{ ignore: [b], response: { a: 1 } }", ""},
        {"{ body: '{\"a\":1,\"b\":[2]}' }", ""},
        {"{ body: { $regex: '^x' } }", "body: expected a text that matches /^x/, got \"{\\\"a\\\":1,\\\"b\\\":[2]}\""},
        {"{ body_size: 15 }", ""},
        {"{ body_size: { $between: [1, 2] } }", "body_size: expected 1 to 2, got 15"},
        {"{ body_base64: 'hex:7b' }",
         "body_base64.byte 1: expected 7b (1 bytes), got 7b2261223a312c2262223a5b325d7d (15 bytes)"},
        {"{ headers: { X-A: $absent, content-type: { $contains: json } } }", ""},
        {"{ headers: { Content-Type: $absent } }", "headers.Content-Type: expected absent, got \"application/json\""},
    };
    for (const auto& [expect, sentence] : table) {
        const auto got = judge("http: {}", expect, good);
        if (*sentence == '\0')
            EXPECT_THAT(got, IsEmpty()) << expect;
        else
            EXPECT_THAT(got, ElementsAre(sentence)) << expect;
    }
    EXPECT_THAT(judge("http: {}", "{}", reply(404, {}, "")), ElementsAre("http_status: expected no error, got 404"));
    EXPECT_THAT(judge("http: {}", "{ response: {} }", reply(200, {}, "x")),
                ElementsAre(HasSubstr("the body is not JSON")));
}

TEST(Judge, OfJsonNullIsExpectedAsItIsWritten) {
    EXPECT_THAT(judge("invoke: {}", "{ response: null }", reply(200, {}, "null")), IsEmpty());
    EXPECT_THAT(judge("http: {}", "{ response: null }", reply(200, {}, "{}")), ElementsAre("expected null, got {}"));
    EXPECT_THAT(judge("http: {}", "{ response: null }", reply(200, {}, "")),
                ElementsAre(HasSubstr("the body is not JSON")));
}

TEST(Judge, AnInvocationHasNoErrorUnlessOneIsExpected) {
    const auto failed = reply(200, {{"X-Amz-Function-Error", "Unhandled"}}, R"({"errorType":"x"})");
    EXPECT_THAT(judge("invoke: {}", "{}", reply(200, {}, "{}")), IsEmpty());
    EXPECT_THAT(judge("invoke: {}", "{}", failed), ElementsAre("function_error: expected absent, got \"Unhandled\""));
    EXPECT_THAT(judge("invoke: {}", "{ function_error: Unhandled, response: { errorType: x } }", failed), IsEmpty());
    EXPECT_THAT(judge("invoke: {}", "{}", reply(429, {}, "{}")),
                ElementsAre("http_status: expected no error, got 429"));
    EXPECT_THAT(judge("invoke: {}", "{ http_status: 429 }", reply(429, {}, "{}")), IsEmpty());
    EXPECT_THAT(judge("invoke: {}", "{ function_error: Unhandled }", reply(200, {}, "{}")),
                ElementsAre("function_error: expected \"Unhandled\", got absent"));
}

TEST(Judge, ErrorsAreComparedByMessageAndDetails) {
    // shop.Item { name: "a" }
    const auto error = reply(400, {}, R"({"code":"invalid_argument","message":"time is missing",
        "details":[{"type":"shop.Item","value":"CgFh"}]})");
    const auto judged = [&](const std::string& rest) {
        return judge("method: shop.Shop/Order", "{ code: invalid_argument, " + rest + " }", error);
    };
    EXPECT_THAT(judged("message: missing"), IsEmpty());
    EXPECT_THAT(judged("message: { $regex: ^time }"), IsEmpty());
    EXPECT_THAT(judged("message: { $regex: ^missing }"),
                ElementsAre("message: expected a text that matches /^missing/, got \"time is missing\""));
    EXPECT_THAT(judged("details: [{ '@type': type.googleapis.com/shop.Item, name: a }]"), IsEmpty());
    EXPECT_THAT(judged("details: [{ '@type': type.googleapis.com/shop.Item, name: b }]"),
                ElementsAre("details[0].name: expected \"b\", got \"a\""));
    EXPECT_THAT(judged("details: [$any, { '@type': type.googleapis.com/shop.Item }]"),
                ElementsAre(HasSubstr("details[1]: expected {\"@type\":\"shop.Item\"}, got absent")));
    EXPECT_THAT(judged("details: []"),
                ElementsAre(R"(details[0]: expected absent, got {"@type":"shop.Item","name":"a"})"));
    EXPECT_THAT(judged("details: { $len: [1, 2], $contains: [{ $type: shop.Item }] }"), IsEmpty());
    EXPECT_THAT(judged("details: $absent"), ElementsAre(HasSubstr("details: expected absent, got [{")));
    EXPECT_THAT(judged("details: { $partial: [{ '@type': type.googleapis.com/shop.Item }] }"), IsEmpty());
    EXPECT_THAT(judged("ignore: [name], details: [{ '@type': type.googleapis.com/shop.Item }]"), IsEmpty());
    EXPECT_THAT(judged("ignore: [name], details: { $unordered: [{ '@type': type.googleapis.com/shop.Item }] }"),
                IsEmpty());
}

// Where the differences of an error stand in the file, and what they say.
std::vector<std::string> places(const std::string& expect) {
    FakeWorld world;
    world.reply(reply(400, {}, R"({"code":"invalid_argument","message":"time is missing"})"));
    const auto scenario = load_good(
        shop_scenario("  - method: shop.Shop/Order\n    expect: { code: invalid_argument, " + expect + " }\n"));
    const auto result = run_scenario(scenario, Front::http, world.world());
    std::vector<std::string> texts;
    for (const auto& difference : result.steps.at(0).differences) {
        const auto [line, column] = difference.where.position();
        texts.push_back(std::to_string(line) + ':' + std::to_string(column) + '+' +
                        std::to_string(difference.where.extent()) + ' ' + difference.where.message());
    }
    return texts;
}

TEST(Judge, AMessageThatIsNotAsExpectedIsShownWhereItIsWritten) {
    EXPECT_THAT(places("message: late"),
                ElementsAre("6:48+4 message: expected text with \"late\", got \"time is missing\""));
    EXPECT_THAT(places("message: /^late/"),
                ElementsAre("6:48+7 message: expected a text that matches /^late/, got \"time is missing\""));
    EXPECT_THAT(places("message: { $regex: ^late }"),
                ElementsAre("6:58+5 message: expected a text that matches /^late/, got \"time is missing\""));
}

TEST(Judge, AMessageBetweenSlashesIsAPattern) {
    EXPECT_THAT(places("message: /^time.*missing$/"), IsEmpty());
    EXPECT_THAT(places("message: /"), ElementsAre(HasSubstr("expected text with \"/\"")));
    EXPECT_THAT(places("message: //"), ElementsAre(HasSubstr("expected text with \"//\"")));
    EXPECT_THAT(
        problems_of(shop_scenario("  - method: shop.Shop/Order\n    expect: { code: unknown, message: /a(/ }\n")),
        ElementsAre(HasSubstr("6:39 no regular expression: missing )")));
}

TEST(Judge, UnknownFieldsThatAreToBeErrorsAreSoInAPartialMatchToo) {
    const auto unknown = reply(200, {{"Content-Type", "application/proto"}}, "\xF8\x06\x05");
    const auto judged = [&](const std::string& expect) {
        return judge("method: shop.Shop/Order", "{ response: {}, match: partial" + expect + " }", unknown);
    };
    EXPECT_THAT(judged(""), IsEmpty());
    EXPECT_THAT(judged(", unknown_fields: ignored"), IsEmpty());
    EXPECT_THAT(judged(", unknown_fields: error"),
                ElementsAre("field 111 (not in the schema): expected absent, got 5 (varint)"));
}

TEST(Judge, WhatTheSchemaDoesNotKnowMeansTheSameInBothCodecs) {
    struct Reply {
        const char* type;
        const char* body;
        const char* unknown;
        const char* value;
    };
    // text: a, field 111: 5, item { field 111: 5 }, and a size that there is not.
    const Reply replies[] = {
        {"application/proto", "\x3A\x01\x61\xF8\x06\x05\x52\x03\xF8\x06\x05\x48\x63", "field 111", "99"},
        {"application/json", R"({"text":"a","zz":5,"item":{"zz":5},"size":"HUGE"})", "zz", "\"HUGE\""},
    };
    for (const auto& [type, body, unknown, value] : replies) {
        const auto judged = [&, type = type, body = body](const std::string& expect) {
            return judge(std::string("method: shop.Shop/Order\n    content_type: ") + type,
                         "{ response: " + expect + " }", reply(200, {{"Content-Type", type}}, body));
        };
        const std::string others = std::string(unknown) + " (not in the schema): expected absent, got 5";
        const std::string size = std::string("size: expected absent, got ") + value;
        EXPECT_THAT(judged("{ text: a, item: {} }"),
                    UnorderedElementsAre(size, StartsWith("item." + others), StartsWith(others)));
        EXPECT_THAT(judged("{ text: a, item: {} }, unknown_fields: ignored"), ElementsAre(size));
        EXPECT_THAT(judged("{ text: a, item: {} }, unknown_fields: warning, ignore: [size]"), IsEmpty());
        EXPECT_THAT(judged("{ text: a, item: $any }, ignore: [size]"), ElementsAre(StartsWith(others)));
        EXPECT_THAT(judged("{ text: a }, match: partial"), IsEmpty());
        EXPECT_THAT(judged("{ text: b }, match: partial"), ElementsAre("text: expected \"b\", got \"a\""));
        EXPECT_THAT(judged("{ text: a, size: LARGE }, match: partial"),
                    ElementsAre(std::string("size: expected \"LARGE\", got ") + value));
        EXPECT_THAT(judged("{ $partial: { item: {} } }"), IsEmpty());
        EXPECT_THAT(judged("$any"), IsEmpty());
        EXPECT_THAT(judged("{}, match: partial, unknown_fields: error"),
                    UnorderedElementsAre(StartsWith("item." + others), StartsWith(others)));
    }
}

TEST(Judge, TrailersAreHeaderLinesThatSaySo) {
    const auto trailed = reply(200, {{"Trailer-X-Cost", "5"}}, "");
    EXPECT_THAT(judge("method: shop.Shop/Order", "{ trailers: { x-cost: 5 } }", trailed), IsEmpty());
    EXPECT_THAT(judge("method: shop.Shop/Order", "{ trailers: { x-cost: 6 } }", trailed),
                ElementsAre("trailers.x-cost: expected \"6\", got \"5\""));
}

TEST(Judge, TheEventIsWhatTheFunctionReceived) {
    const auto judged = [](const std::string& expect, const std::vector<std::string>& events) {
        FakeWorld world;
        for (const auto& event : events) world.event(event);
        return judge("http: {}", "{ event: " + expect + " }", reply(200, {}, ""), world);
    };
    EXPECT_THAT(judged("{ a: 1 }", {R"({"a":1,"b":2})"}), IsEmpty());
    EXPECT_THAT(judged("{ a: 1 }", {R"({"a":2})", R"({"a":1})"}), IsEmpty());
    EXPECT_THAT(judged("{ a: 1, b: 2 }", {R"({"a":2})", R"({"a":1})"}), ElementsAre("event.b: expected 2, got absent"));
    EXPECT_THAT(judged("{ a: { $exact: { b: 1 } } }", {R"({"a":{"b":1,"c":2}})"}),
                ElementsAre("event.a.c: expected absent, got 2"));
    EXPECT_THAT(judged("{ a: 1 }", {}), ElementsAre("event: expected {\"a\":1,…}, got absent"));
    EXPECT_THAT(judged("$absent", {}), IsEmpty());
    EXPECT_THAT(judged("$absent", {"{}"}), ElementsAre("event: expected absent, got {}"));
}

TEST(Judge, LogLinesAreLookedFor) {
    const auto judged = [](const std::string& expect) {
        FakeWorld world;
        world.log({"START", "found 3 messages", kReport});
        return judge("http: {}", expect, reply(200, {}, ""), world);
    };
    EXPECT_THAT(judged("{ logs: [found 3, { $regex: ^START$ }], logs_without: [ERROR, { $len: 1 }] }"), IsEmpty());
    EXPECT_THAT(judged("{ logs: [found 4] }"),
                ElementsAre("logs: expected text with \"found 4\", got no such line among 3"));
    EXPECT_THAT(judged("{ logs_without: [found] }"),
                ElementsAre("logs_without: expected no line with text with \"found\", got \"found 3 messages\""));
}

TEST(Judge, AnEarlierEventsLogIsNotThisCalls) {
    FakeWorld world;
    auto accepted = reply(202, {{"x-amzn-RequestId", "e"}}, "");
    world.reply(std::move(accepted));
    world.reply(reply(200, {{"x-amzn-RequestId", "s"}}, "{}"));
    const auto scenario = load_good(
        shop_scenario("  - invoke: { type: event }\n    expect: { http_status: 202, logs: [begins] }\n"
                      "  - invoke: {}\n    expect: { logs: [Runtime.ExitError], invocation: { status: error } }\n"));
    world.log({"START RequestId: e Version: $LATEST", "begins"});
    world.log_next({"RequestId: e Error: killed", "Runtime.ExitError", "END RequestId: e",
                    "REPORT RequestId: e\tDuration: 1 ms\tStatus: error\tError Type: Runtime.ExitError",
                    "START RequestId: s Version: $LATEST", "END RequestId: s", "REPORT RequestId: s\tDuration: 1 ms"});
    const auto result = run_scenario(scenario, Front::http, world.world());
    EXPECT_THAT(result.steps.at(0).differences, IsEmpty());
    std::vector<std::string> sentences;
    for (const auto& difference : result.steps.at(1).differences) sentences.push_back(difference.where.message());
    EXPECT_THAT(sentences, ElementsAre("logs: expected text with \"Runtime.ExitError\", got no such line among 3",
                                       "invocation.status: expected \"error\", got \"success\""));
}

TEST(Judge, TheInvocationIsReadFromItsReport) {
    const auto judged = [](const std::string& expect) {
        FakeWorld world;
        world.log({kReport});
        return judge("http: {}", "{ invocation: " + expect + " }", reply(200, {}, ""), world);
    };
    EXPECT_THAT(judged("{ init_type: cold, duration_ms: 12.5, billed_ms: { $between: [1, 30] }, memory_mb: 128, "
                       "max_memory_mb: 4, init_ms: 8.11, status: success, error_type: $absent }"),
                IsEmpty());
    EXPECT_THAT(judged("{ init_type: warm }"), ElementsAre("invocation.init_type: expected \"warm\", got \"cold\""));
    EXPECT_THAT(judged("{ status: timeout }"), ElementsAre("invocation.status: expected \"timeout\", got \"success\""));
    FakeWorld none;
    EXPECT_THAT(judge("http: {}", "{ invocation: { init_type: cold } }", reply(200, {}, ""), none),
                ElementsAre("invocation.init_type: expected \"cold\", got absent"));
}

TEST(Judge, AReplyMayBeTooSlow) {
    EXPECT_THAT(judge("http: {}", "{ within_ms: 1 }", reply(200, {}, "")), IsEmpty());
    EXPECT_THAT(judge("http: {}", "{ within_ms: 0 }", reply(200, {}, "")),
                ElementsAre("within_ms: expected at most 0 ms, got 1 ms"));
}

TEST(Judge, APartOfAMillisecondTooMuchIsShownAsTooMuch) {
    const auto scenario = load_good(shop_scenario("  - http: {}\n    expect: { within_ms: 5 }\n"));
    StepResult result;
    result.duration = std::chrono::microseconds(5200);
    judge_observed(scenario.steps.at(0), result);
    EXPECT_EQ(result.differences.at(0).where.message(), "within_ms: expected at most 5 ms, got 6 ms");
}

TEST(Judge, WhatCannotBeExpectedIsAProblem) {
    const std::pair<const char*, const char*> table[] = {
        {"http: {}\n    expect: { code: ok }", "6:21 codes belong to methods"},
        {"http: {}\n    expect: { function_error: x }", "6:31 function_error belongs to invoke"},
        {"http: {}\n    expect: { message: x }", "6:24 messages belong to the errors of methods"},
        {"http: {}\n    expect: { details: [] }", "6:24 details belong to the errors of methods"},
        {"method: shop.Shop/Order\n    expect: { details: {} }", "6:24 details are a list of messages"},
        {"method: shop.Shop/Order\n    expect: { details: { $unordered: {} } }", "6:38 '$unordered' takes a list"},
        {"method: shop.Shop/Order\n    expect: { details: { $exact: x } }", "6:34 'x' is no list of messages"},
        {"http: {}\n    expect: { logs: x }", "6:21 'x' is not a sequence"},
        {"http: {}\n    expect: { headers: [a] }", "6:24 a sequence is not a mapping"},
        {"http: {}\n    expect: { headers: { 'a b': c } }", "6:26 'a b' is no header name"},
        {"http: {}\n    expect: { body_base64: '*' }",
         "6:28 '*' is not base64 (write bytes as base64, or as hex:0a1b)"},
        {"http: {}\n    expect: { event: { $x: 1 } }", "6:24 unknown matcher '$x'"},
        {"http: {}\n    expect: { ignore: ['a..b'] }", "6:24 'a..b' is no path"},
        {"method: shop.Shop/Order\n    expect: { ignore: [item.nme] }",
         "6:24 unknown field 'nme' in shop.Item (did you mean 'name'?)"},
        {"http: {}\n    expect: { invocation: { init: 1 } }", "6:29 unknown key 'init' in an invocation expectation"},
    };
    for (const auto& [step, problem] : table)
        EXPECT_THAT(problems_of(shop_scenario("  - " + std::string(step) + '\n')), ElementsAre(HasSubstr(problem)))
            << step;
}

TEST(ReportLine, OnlyAReportIsOne) {
    EXPECT_FALSE(parse_report_line("START RequestId: 1"));
    EXPECT_THAT(*parse_report_line("REPORT RequestId: 1\tDuration: 3000.00 ms\tStatus: timeout"),
                UnorderedElementsAre(Pair("duration_ms", "3000.00"), Pair("status", "\"timeout\""),
                                     Pair("init_type", "\"warm\"")));
}

}  // namespace
}  // namespace understudy::scenario::judge_test
