#include "tools/understudy/make_event.hpp"

#include "tools/understudy/event_options.hpp"
#include "tools/understudy/options.hpp"
#include "tools/understudy/recording.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::cli {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

/// The event of a command line, or what was said against it.
std::string event_of(std::vector<std::string> words) {
    words.insert(words.begin(), {"understudy", "event"});
    const Command command = parse_command_line(words);
    if (const auto* say = std::get_if<Say>(&command)) return say->err;
    const auto event = make_event(std::get<EventOptions>(command));
    return event ? *event : to_string(event.error());
}

TEST(MakeEvent, EachKindHasItsShape) {
    EXPECT_THAT(event_of({"rest"}), StartsWith(R"({"resource":"/","path":"/","httpMethod":"GET")"));
    EXPECT_THAT(event_of({"http"}), StartsWith(R"({"version":"2.0","routeKey":"$default")"));
    EXPECT_THAT(event_of({"http1"}), StartsWith(R"({"version":"1.0")"));
    EXPECT_THAT(event_of({"url"}), HasSubstr(".lambda-url.us-east-1.on.aws"));
    EXPECT_THAT(event_of({"alb"}), StartsWith(R"({"requestContext":{"elb")"));
    EXPECT_THAT(event_of({"sqs", "--queue", "q", "--body", "a", "--body", "b"}), HasSubstr(R"("body":"b")"));
    EXPECT_THAT(event_of({"sns", "--message", "m", "--topic", "t"}), HasSubstr(R"("Message":"m")"));
    EXPECT_THAT(event_of({"s3", "--bucket", "b", "--key", "a b"}), HasSubstr(R"("key":"a+b")"));
    EXPECT_THAT(event_of({"kinesis", "--data", "hello"}), HasSubstr(R"("data":"aGVsbG8=")"));
    EXPECT_THAT(event_of({"dynamodb", "--operation", "REMOVE"}), HasSubstr(R"("OldImage":{"id":{"S":"1"}})"));
    EXPECT_THAT(event_of({"eventbridge", "--detail", R"({"a":1.0})"}), HasSubstr(R"("detail":{"a":1.0})"));
    EXPECT_THAT(event_of({"schedule", "--rule", "r"}), HasSubstr(":rule/r\"]"));
}

TEST(MakeEvent, ARequestIsTheFrontsAsItWasAsked) {
    const std::string event = event_of({"http", "--method", "PUT", "--path", "/a", "--query", "x=1 2", "-H", "X-A: b",
                                        "--body", "hi", "--region", "eu-west-1"});
    for (const char* part : {R"("rawPath":"/a")", R"("rawQueryString":"x=1%202")", R"("x-a":"b")", R"("method":"PUT")",
                             R"("body":"aGk=")", ".execute-api.eu-west-1.amazonaws.com"})
        EXPECT_THAT(event, HasSubstr(part));
    EXPECT_THAT(event_of({"http", "--body", "hi"}), HasSubstr(R"("method":"POST")"));
}

TEST(MakeEvent, IdsAndTimesAreFixedUnlessTheyAreAskedFor) {
    for (const char* kind : {"rest", "url", "sqs"}) {
        EXPECT_EQ(event_of({kind}), event_of({kind}));
        EXPECT_NE(event_of({kind}), event_of({kind, "--seed", "5"}));
        EXPECT_EQ(event_of({kind, "--seed", "5"}), event_of({kind, "--seed", "5"}));
        EXPECT_THAT(event_of({kind, "--time", "2024-05-06T07:08:09.5Z"}), HasSubstr("1714979289500"));
        EXPECT_EQ(event_of({kind, "--time", "1714979289500"}), event_of({kind, "--time", "2024-05-06T07:08:09.500Z"}));
    }
}

TEST(MakeEvent, WhatMakesNoEventIsToldApart) {
    EXPECT_THAT(event_of({"sqs", "--subject", "x"}), HasSubstr("an event of sqs has no use for --subject"));
    EXPECT_THAT(event_of({"sqs2"}), HasSubstr("sqs"));
    EXPECT_THAT(event_of({"dynamodb", "--keys", "{"}), HasSubstr("--keys is no JSON: {"));
    EXPECT_THAT(event_of({"rest", "--body", "@/no/such"}), HasSubstr("there is no file '/no/such'"));
    EXPECT_THAT(event_of({"rest", "--time", "2024-13-01T00:00:00Z"}), HasSubstr("--time"));
    EXPECT_THAT(event_of({"rest", "--method", ""}), HasSubstr("--method: wants METHOD, not an empty word"));
    EXPECT_THAT(event_of({"sqs", "--queue", ""}), HasSubstr("--queue: wants NAME, not an empty word"));
    EXPECT_THAT(event_of({"sqs", "--queue", "q", "--group", "a"}), HasSubstr("--group is for a queue whose name ends"));
    EXPECT_THAT(event_of({"sqs", "--queue", "q.fifo", "--group", "a"}), HasSubstr("\"MessageGroupId\""));
    EXPECT_THAT(event_of({"s3", "--event-name", "Foo"}), HasSubstr("not 'Foo'"));
    EXPECT_THAT(event_of({"s3", "--event-name", "ObjectCreated:*"}), HasSubstr("not 'ObjectCreated:*'"));
    EXPECT_THAT(event_of({"s3", "--event-name", "TestEvent"}), HasSubstr("not 'TestEvent'"));
    EXPECT_THAT(event_of({"dynamodb", "--keys", R"({"id":1})"}), HasSubstr("--keys: 'id' does not name its type"));
    EXPECT_THAT(event_of({"dynamodb", "--keys", R"({"id":{"N":"1"}})"}), HasSubstr(R"("Keys":{"id":{"N":"1"}})"));
    EXPECT_THAT(event_of({"eventbridge", "--detail", "[1]"}), HasSubstr("--detail is no object of JSON: [1]"));
    EXPECT_THAT(event_of({"s3", "--operation", "ObjectTagging:Put"}), HasSubstr("ObjectTagging:Put"));
    EXPECT_THAT(event_of({"dynamodb", "--operation", "Foo"}), HasSubstr("INSERT, MODIFY or REMOVE, not 'Foo'"));
    for (const char* seed : {"-1", "x", "18446744073709551616"})
        EXPECT_THAT(event_of({"sqs", "--seed", seed}),
                    HasSubstr("write a whole number from 0 to 18446744073709551615, not '" + std::string(seed) + '\''));
    EXPECT_EQ(event_of({"sqs", "--time", "2024-05-06"}), event_of({"sqs", "--time", "2024-05-06T00:00:00Z"}));
    EXPECT_THAT(event_of({"http", "--header", "X: " + std::string(11'000, 'x')}),
                HasSubstr("answers this request by itself"));
}

TEST(RecordingOptions, SizesAreReadInTheirUnits) {
    EXPECT_EQ(parse_size("512"), 512u);
    EXPECT_EQ(parse_size("64K"), 65536u);
    EXPECT_EQ(parse_size("10MB"), 10u << 20);
    EXPECT_EQ(parse_size("1GiB"), 1u << 30);
    for (const char* word : {"", "0", "-1", "K", "1X", "1KX", "1.5M", "99999999999999999999", "99999999999T"})
        EXPECT_EQ(parse_size(word), std::nullopt) << word;
}

TEST(RecordingOptions, GoTogether) {
    const auto parsed =
        std::get<ServeOptions>(parse_command_line({"understudy", "serve", "--record", "t.jsonl", "--record-max-size",
                                                   "1M", "--record-redact", "r.yaml", "--", "x"}));
    EXPECT_EQ(parsed.recording.file, "t.jsonl");
    EXPECT_EQ(parsed.recording.most_bytes, 1u << 20);
    EXPECT_EQ(parsed.recording.redaction_file, "r.yaml");
    const auto say = [](std::vector<std::string> words) {
        words.insert(words.begin(), {"understudy", "serve"});
        words.insert(words.end(), {"--", "x"});
        return std::get<Say>(parse_command_line(words)).err;
    };
    EXPECT_THAT(say({"--record-max-size", "1M"}), HasSubstr("--record-max-size goes with --record"));
    EXPECT_THAT(say({"--record-redact", "r"}), HasSubstr("--record-redact goes with --record"));
    EXPECT_THAT(say({"--record", "f", "--record-max-size", "much"}), HasSubstr("wants a size such as 64K"));
}

}  // namespace
}  // namespace understudy::cli
