#include "recorder/journal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::recorder {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr const char* kSession =
    R"({"session":{"format":1,"program":"understudy-recorder 0.1.0","started":"1970-01-01T00:00:01.000500Z",)"
    R"("functions":[{"name":"greeter"}]}})";

/// A journal, and what it wrote.
struct Written {
    explicit Written(Settings settings = {}) : journal(named(std::move(settings)), sink(), [this] { return random; }) {}

    static Settings named(Settings settings) {
        settings.function = "greeter";
        return settings;
    }
    Journal::Sink sink() {
        return [this](std::string_view name, std::string_view line) {
            names.emplace_back(name);
            lines.emplace_back(line);
        };
    }
    /// An event at 1 s, whose function has until 4 s.
    void begin(const std::string& id, const std::string& event, http::Headers headers = {}) {
        headers.add("Lambda-Runtime-Deadline-Ms", "4000");
        Delivered delivered{std::move(headers), {}};
        delivered.body.append(event, journal.most_body_bytes());
        if (journal.wants(id)) journal.on_event(id, std::move(delivered), {milliseconds(1000), milliseconds(7)});
    }
    void end(const std::string& id, const std::string& reply, Posted posted = {}, int status = 202) {
        posted.body.append(reply, journal.most_body_bytes());
        posted.at = {microseconds(1'000'500), microseconds(7'500)};
        journal.on_posted(id, std::move(posted), status);
    }

    std::vector<std::string> names, lines;
    std::uint64_t random = 0x1'2345'6789;
    Journal journal;
};

TEST(RecorderJournal, AnInvocationIsOneLineBehindTheSessions) {
    Written written;
    written.begin("id-1", R"({"a":1.0})",
                  {{"Lambda-Runtime-Trace-Id", "Root=1"},
                   {"Lambda-Runtime-Invoked-Function-Arn", "arn:x"},
                   {"lambda-runtime-client-context", "{}"},
                   {"Lambda-Runtime-Cognito-Identity", "who"},
                   {"Lambda-Runtime-Aws-Tenant-Id", "t"}});
    written.end("id-1", "\x01\xFF", {.content_type = "application/octet-stream"});
    EXPECT_THAT(written.names, ElementsAre("session-23456789", "id-1-23456789"));
    EXPECT_THAT(
        written.lines,
        ElementsAre(
            kSession,
            R"({"exchange":{"id":"id-1","started":"1970-01-01T00:00:01.000000Z","front":"runtime","invocations":[{)"
            R"("function":"greeter","requestId":"id-1","trace":"Root=1","functionArn":"arn:x","clientContext":"{}",)"
            R"("identity":"who","tenant":"t","event":{"text":"{\"a\":1.0}"},"reply":{"base64":"Af8="},)"
            R"("replyType":"application/octet-stream","handlerUs":500}],"totalUs":500}})"));
    written.begin("id-2", "{}");
    written.end("id-2", "{}");
    EXPECT_EQ(written.lines.size(), 3U) << "the session is written once";
}

TEST(RecorderJournal, EachWayToEndIsAnOutcome) {
    struct Row {
        std::string reply;
        Posted posted;
        int status;
        std::string words;
    };
    const Row rows[] = {
        {R"({"errorType":"E"})", {.is_error = true}, 202, R"("outcome":"function_error","errorType":"E")"},
        {"{}", {.is_error = true, .error_type = "Header"}, 202, R"("outcome":"function_error","errorType":"Header")"},
        {"a,b", {.is_streamed = true}, 202, R"("reply":{"text":"a,b"},"streamed":true,"handlerUs")"},
        {"a,",
         {.is_error = true, .is_streamed = true, .error_type = "Oops"},
         202,
         R"("streamed":true,"outcome":"function_error","errorType":"Oops")"},
        {"much", {}, 413, R"("outcome":"function_error","errorType":"Function.ResponseSizeTooLarge")"},
    };
    for (const Row& row : rows) {
        Written written;
        written.begin("id", "{}");
        written.end("id", row.reply, row.posted, row.status);
        ASSERT_EQ(written.lines.size(), 2U) << row.words;
        EXPECT_THAT(written.lines[1], HasSubstr(row.words));
    }
}

// Callers get no cause, and an emulator's recording has what callers get.
TEST(RecorderJournal, AnErrorWithItsCauseIsWrittenAsCallersGetIt) {
    const std::pair<std::string, std::string> rows[] = {
        {R"({"errorMessage":"m \u0041\"","errorType":"T","stackTrace":["a",null],"errorCause":{"message":"x"}})",
         R"({"errorMessage":"m \u0041\"","errorType":"T","stackTrace":["a",""]})"},
        {R"({"errorType":"T","errorCause":[[[]]],"other":1})", R"({"errorMessage":"","errorType":"T"})"},
        {R"({"errorType":null,"stackTrace":[]})", R"({"errorMessage":"","errorType":""})"},
        {"null", R"({"errorMessage":"","errorType":""})"},
    };
    const auto quoted = [](std::string text) {
        for (std::size_t at = 0; (at = text.find_first_of("\\\"", at)) != std::string::npos; at += 2)
            text.insert(at, "\\");
        return '"' + text + '"';
    };
    for (const auto& [posted, document] : rows) {
        Written written;
        written.begin("id", "{}");
        written.end("id", posted, {.is_error = true, .content_type = "application/vnd.aws.lambda.error.cause+json"});
        EXPECT_THAT(written.lines.back(),
                    HasSubstr(R"("reply":{"text":)" + quoted(document) + R"(},"replyType":"application/json")"));
        EXPECT_THAT(written.lines.back(), Not(HasSubstr("missing")));
    }
    for (const auto* posted : {"oops", "", "[1]", R"({"errorMessage":1})", R"({"stackTrace":[1]})", "{} x"}) {
        Written written;
        written.begin("id", "{}");
        written.end("id", posted, {.is_error = true, .content_type = "application/vnd.aws.lambda.error.cause+json"});
        EXPECT_THAT(written.lines.back(),
                    HasSubstr(R"("reply":{"text":"\"Invalid error body\""},"replyType":"application/octet-stream")"))
            << posted;
    }
    // Only an error's cause is split off.
    Written written;
    written.begin("id", "{}");
    written.end("id", R"({"errorCause":1})", {.content_type = "application/vnd.aws.lambda.error.cause+json"});
    EXPECT_THAT(written.lines.back(), HasSubstr("errorCause"));
}

TEST(RecorderJournal, ARefusedReplyLeavesTheInvocationOpen) {
    Written written;
    written.begin("id", "{}");
    written.end("id", "{}", {}, 400);
    written.end("id", "{}", {}, 403);
    written.end("other", "{}");
    EXPECT_TRUE(written.lines.empty());
    EXPECT_TRUE(written.journal.keeps("id"));
    written.end("id", "{}");
    written.end("id", "again");
    EXPECT_EQ(written.lines.size(), 2U);
}

TEST(RecorderJournal, ACrashIsAnExitError) {
    Written written;
    written.begin("id", "{}");
    written.journal.on_exit("Runtime exited with error: exit status 3", {});
    EXPECT_THAT(
        written.lines.back(),
        HasSubstr(R"("reply":{"text":"{\"errorType\":\"Runtime.ExitError\",\"errorMessage\":\"RequestId: id Error: )"
                  R"(Runtime exited with error: exit status 3\"}"},"outcome":"function_error",)"
                  R"("errorType":"Runtime.ExitError")"));
    EXPECT_FALSE(written.journal.keeps("id"));
}

TEST(RecorderJournal, WhatIsOpenShortlyBeforeItsDeadlineIsWrittenAsUnknown) {
    Written written;
    written.begin("id", R"({"slow":true})");
    EXPECT_EQ(written.journal.next_time(), milliseconds(3950));
    written.journal.on_time({milliseconds(3949), {}});
    EXPECT_TRUE(written.lines.empty());
    written.journal.on_time({milliseconds(3950), milliseconds(100)});
    EXPECT_THAT(written.lines.back(), HasSubstr(R"("outcome":"unknown")"));
    EXPECT_THAT(written.lines.back(), HasSubstr(R"("missing":"there was no reply shortly before)"));
    EXPECT_EQ(written.journal.next_time(), std::nullopt);
    written.end("id", "late");
    EXPECT_EQ(written.lines.size(), 2U);
}

TEST(RecorderJournal, WhatIsToldToStopHasNoEnd) {
    Written written;
    written.begin("id", "{}");
    written.journal.on_stop("the function was told to stop", {});
    EXPECT_THAT(written.lines.back(), HasSubstr(R"("outcome":"unknown")"));
}

TEST(RecorderJournal, AnEventThatIsHandedOutAgainBehindABreakOffIsNoInvocation) {
    Written written;
    written.begin("id", "{}");
    written.journal.on_truncated("id", {.at = {milliseconds(1001), milliseconds(8)}});
    EXPECT_THAT(written.lines.back(), HasSubstr("Runtime.TruncatedResponse"));
    written.begin("id", "{}");
    EXPECT_FALSE(written.journal.keeps("id"));
    written.journal.on_event("id", {}, {std::chrono::seconds(61), std::chrono::seconds(60)});
    EXPECT_TRUE(written.journal.keeps("id")) << "Lambda tries asynchronous events again";
}

TEST(RecorderJournal, SamplingDecidesForEachInvocation) {
    Settings settings;
    settings.sample = 0.5;
    Written written(settings);
    written.random = 0x7FFF'FFFF;
    EXPECT_TRUE(written.journal.wants("a"));
    written.random = 0x8000'0000;
    EXPECT_FALSE(written.journal.wants("a"));
    written.begin("id", "{}");
    written.end("id", "{}");
    written.journal.on_exit("end", {});
    EXPECT_TRUE(written.lines.empty()) << "not even the session";
}

TEST(RecorderJournal, BodiesOverTheLimitAreLeftOutWhole) {
    Settings settings;
    settings.most_body_bytes = 10;
    Written written(settings);
    written.begin("id", "[1,2,3,4,5]");
    written.end("id", "\"1234567890\"");
    EXPECT_THAT(
        written.lines.back(),
        HasSubstr(
            R"("missing":"the event of 11 bytes is longer than UNDERSTUDY_RECORD_MAX_BODY, 10; the reply of 12 bytes is)"));
    EXPECT_THAT(written.lines.back(), Not(HasSubstr("[1,2")));
    EXPECT_THAT(written.lines.back(), Not(HasSubstr("123456")));
}

TEST(RecorderJournal, NoSecretIsWritten) {
    Settings settings;
    settings.redaction.fields = {"password"};
    Written written(settings);
    written.begin(
        "id",
        R"({"headers":{"authorization":"TOPSECRET"},"cookies":["TOPSECRET"],"body":"{\"password\":\"TOPSECRET\"}"})");
    written.end("id", R"({"multiValueHeaders":{"Set-Cookie":["TOPSECRET"]},"body":"{\"password\":\"TOPSECRET\"}"})");
    EXPECT_THAT(written.lines.back(), Not(HasSubstr("TOPSECRET")));
    EXPECT_THAT(written.lines.back(), HasSubstr(R"("redacted":["invocations[0].event.headers.authorization")"));
    written.begin("streamed", "{}");
    written.end("streamed", "one,",
                {.is_error = true, .is_streamed = true, .stream_error = R"({"errorType":"T","password":"TOPSECRET"})"});
    EXPECT_THAT(written.lines.back(), HasSubstr(R"("streamError":{"text":"{\"errorType\":\"T\",\"password\":)"));
    EXPECT_THAT(written.lines.back(), Not(HasSubstr("TOPSECRET")));
}

TEST(RecorderJournal, NoPresignedUrlIsWritten) {
    Written written{Settings{}};
    written.begin("id", R"({"headers":{"referer":"https://b/k?X-Amz-Signature=TOPSECRET&a=b"},"body":"x"})");
    written.end("id", R"({"statusCode":302,"headers":{"location":"https://b/k?X-Amz-Credential=TOPSECRET"},)"
                      R"("body":"{\"url\":\"https://b/k?X-Amz-Security-Token=TOPSECRET\"}"})");
    EXPECT_THAT(written.lines.back(), Not(HasSubstr("TOPSECRET")));
    EXPECT_THAT(written.lines.back(), HasSubstr("X-Amz-Signature=[redacted]&a=b"));
}

}  // namespace
}  // namespace understudy::recorder
