#include "recorder/conversation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::recorder {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// A conversation, and the exchanges that were written of it.
struct Overheard {
    void ask(std::string_view bytes) { conversation.on_request_bytes(bytes, {}); }
    void answer(std::string_view bytes) { conversation.on_reply_bytes(bytes, {}); }

    std::vector<std::string> exchanges;
    Journal journal{{},
                    [this](std::string_view name, std::string_view line) {
                        if (!name.starts_with("session")) exchanges.emplace_back(line);
                    },
                    [] { return 1; }};
    Conversation conversation{journal};
};

const std::string kNext = "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: a\r\n\r\n";
const std::string kAccepted = "HTTP/1.1 202 Accepted\r\nContent-Length: 16\r\n\r\n{\"status\":\"OK\"}\n";

std::string event(const std::string& id, const std::string& body) {
    return "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: " + id +
           "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string post(const std::string& id, const std::string& verb, const std::string& rest) {
    return "POST /2018-06-01/runtime/invocation/" + id + "/" + verb + " HTTP/1.1\r\nHost: a\r\n" + rest;
}

TEST(RecorderConversation, EveryShapeOfAReplyIsUnderstood) {
    struct Row {
        std::string verb;
        std::string rest;
        std::string words;
    };
    const std::string chunks = "3\r\none\r\n5;x=y\r\n,two,\r\n0\r\n";
    const Row rows[] = {
        {"response", "Content-Length: 2\r\n\r\n{}", R"("reply":{"text":"{}"}}])"},
        {"response", "content-length: 0\r\ncontent-type: a/b\r\n\r\n", R"("event":{"text":"event"},"replyType":"a/b")"},
        {"error", "Content-Length: 2\r\nLambda-Runtime-Function-Error-Type: T\r\n\r\n{}", R"("errorType":"T")"},
        {"response", "Transfer-Encoding: chunked\r\nTrailer: X\r\n\r\n" + chunks + "\r\n",
         R"("reply":{"text":"one,two,"})"},
        {"response",
         "Lambda-Runtime-Function-Response-Mode: streaming\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks +
             "Lambda-Runtime-Function-Error-Type: Oops\r\nLambda-Runtime-Function-Error-Body: e30=\r\n\r\n",
         R"("reply":{"text":"one,two,"},"streamed":true,"outcome":"function_error","errorType":"Oops",)"
         R"("streamError":{"text":"{}"})"},
        {"response",
         "Lambda-Runtime-Function-Response-Mode: streaming\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks +
             "Lambda-Runtime-Function-Error-Body: eyJlcnJvclR5cGUiOiJUIn0=\r\n\r\n",
         R"("streamed":true,"outcome":"function_error","errorType":"T","streamError":{"text":)"},
        {"response",
         "Transfer-Encoding: chunked\r\n\r\n" + chunks +
             "Lambda-Runtime-Function-Error-Type: Oops\r\nLambda-Runtime-Function-Error-Body: e30=\r\n\r\n",
         R"("reply":{"text":"{}"},"outcome":"function_error","errorType":"Oops")"},
        {"response", "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}", R"("reply":{"text":"{}"})"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.rest);
        for (const std::size_t step : {1U, 7U, 100'000U}) {
            Overheard overheard;
            const auto in_steps = [&](const std::string& bytes, auto take) {
                for (std::size_t at = 0; at < bytes.size(); at += step) take(std::string_view(bytes).substr(at, step));
            };
            const auto ask = [&](std::string_view bytes) { overheard.ask(bytes); };
            const auto answer = [&](std::string_view bytes) { overheard.answer(bytes); };
            in_steps(kNext, ask);
            in_steps(event("id", "event"), answer);
            in_steps(post("id", row.verb, row.rest), ask);
            EXPECT_TRUE(overheard.conversation.is_waiting());
            EXPECT_THAT(overheard.exchanges, IsEmpty());
            in_steps("HTTP/1.1 100 Continue\r\n\r\n" + kAccepted, answer);
            EXPECT_FALSE(overheard.conversation.is_waiting());
            EXPECT_THAT(overheard.exchanges, ElementsAre(HasSubstr(row.words)));
        }
    }
}

TEST(RecorderConversation, PipelinedCallsAreToldApart) {
    Overheard overheard;
    overheard.ask(kNext);
    overheard.answer(event("a", "1"));
    overheard.ask(post("a", "response", "Content-Length: 1\r\n\r\nA") + kNext);
    overheard.answer(kAccepted + event("b", "2"));
    overheard.ask(post("b", "response", "Content-Length: 1\r\n\r\nB"));
    overheard.answer(kAccepted);
    EXPECT_THAT(overheard.exchanges, ElementsAre(HasSubstr(R"({"text":"1"},"reply":{"text":"A"})"),
                                                 HasSubstr(R"({"text":"2"},"reply":{"text":"B"})")));
}

TEST(RecorderConversation, AReplyOverAnotherConnectionCounts) {
    Overheard overheard;
    overheard.ask(kNext);
    overheard.answer(event("a", "1"));
    Conversation other(overheard.journal);
    other.on_request_bytes(post("a", "response", "Content-Length: 1\r\n\r\nA"), {});
    other.on_reply_bytes(kAccepted, {});
    EXPECT_THAT(overheard.exchanges, ElementsAre(HasSubstr(R"("reply":{"text":"A"})")));
}

TEST(RecorderConversation, ARefusalBeforeAllHasComeIsUnderstood) {
    Overheard overheard;
    overheard.ask(kNext);
    overheard.answer(event("a", "1"));
    overheard.ask(post("a", "response", "Content-Length: 9\r\n\r\nmuch"));
    overheard.answer("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n");
    EXPECT_THAT(overheard.exchanges, ElementsAre(HasSubstr("Function.ResponseSizeTooLarge")));
    overheard.ask("more!");
    overheard.ask(kNext);
    overheard.answer(event("b", "2"));
    EXPECT_TRUE(overheard.journal.keeps("b"));
}

TEST(RecorderConversation, AReplyThatIsBrokenOffIsATruncatedResponse) {
    const std::string document =
        R"({\"errorType\":\"Runtime.TruncatedResponse\",\"errorMessage\":\"RequestId: a Error: HTTP request )"
        R"(detected as truncated\"}"})";
    const std::string ended = R"("outcome":"function_error","errorType":"Runtime.TruncatedResponse")";
    const std::pair<std::string, std::string> rows[] = {
        {"Transfer-Encoding: chunked\r\n\r\n5\r\nab", R"("reply":{"text":")" + document + "," + ended},
        {"Content-Length: 9\r\n\r\nab", R"("reply":{"text":")" + document + "," + ended},
        {"Lambda-Runtime-Function-Response-Mode: streaming\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n5\r\nc",
         R"("reply":{"text":"abc"},"streamed":true,)" + ended + R"(,"streamError":{"text":")" + document},
    };
    for (const auto& [rest, words] : rows) {
        Overheard overheard;
        overheard.ask(kNext);
        overheard.answer(event("a", "1"));
        overheard.ask(post("a", "response", rest));
        EXPECT_THAT(overheard.exchanges, IsEmpty());
        overheard.conversation.on_request_end({});
        EXPECT_THAT(overheard.exchanges, ElementsAre(HasSubstr(words)));
        overheard.answer("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        EXPECT_EQ(overheard.exchanges.size(), 1U);
    }
}

TEST(RecorderConversation, AConnectionThatEndsBetweenCallsEndsNoInvocation) {
    Overheard overheard;
    overheard.ask(kNext);
    overheard.answer(event("a", "1"));
    overheard.ask("POST /2018-06-01/runtime/invocation/a/resp");
    overheard.conversation.on_request_end({});
    EXPECT_TRUE(overheard.journal.keeps("a"));
    EXPECT_THAT(overheard.exchanges, IsEmpty());
}

TEST(RecorderConversation, WhatIsNoHttpEndsTheOverhearing) {
    for (const std::string bytes :
         {"\x16\x03\x01", "GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"}) {
        Overheard overheard;
        overheard.ask(bytes);
        overheard.ask(kNext);
        overheard.answer(event("a", "1"));
        EXPECT_FALSE(overheard.journal.keeps("a"));
        EXPECT_FALSE(overheard.conversation.is_waiting());
    }
}

TEST(RecorderConversation, OtherCallsAreNotRecorded) {
    Overheard overheard;
    overheard.ask("GET /2020-01-01/extension/event/next HTTP/1.1\r\nHost: a\r\n\r\n");
    overheard.answer(event("a", "1"));
    overheard.ask(kNext);
    overheard.answer("HTTP/1.1 403 Forbidden\r\nLambda-Runtime-Aws-Request-Id: a\r\nContent-Length: 0\r\n\r\n");
    EXPECT_FALSE(overheard.journal.keeps("a"));
}

}  // namespace
}  // namespace understudy::recorder
