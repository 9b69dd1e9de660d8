// Replies through HTTP API payload format 1.0, function URLs, load balancers and WebSocket APIs, and streamed ones.
#include "emulator/event/alb_reply.hpp"
#include "emulator/event/http1_reply.hpp"
#include "emulator/event/rest_reply.hpp"
#include "emulator/event/stream_reply.hpp"
#include "emulator/event/url_reply.hpp"
#include "emulator/event/websocket_reply.hpp"
#include "tests/emulator/event/reply_samples.hpp"

#include <gtest/gtest.h>

namespace understudy::event::front_replies_test {
namespace {

using app::TransferMode;

struct Row {
    std::string_view payload;
    std::string_view answer;
    std::string_view findings = "";
};

TEST(Http1Reply, Replies) {
    const Row rows[] = {
        {R"({"statusCode":200})", "200 Content-Type: text/plain; charset=utf-8 | "},
        {R"({"statusCode":"201","body":"x"})", "201 Content-Type: text/plain; charset=utf-8 | x"},
        {R"({"statusCode":200,"headers":{"Combined-Header":"single-value"},)"
         R"("multiValueHeaders":{"Combined-Header":["multi-value1","multi-value2"]}})",
         "200 Combined-Header: single-value Combined-Header: multi-value1 Combined-Header: multi-value2 "
         "Content-Type: text/plain; charset=utf-8 | "},
        {R"({"statusCode":200,"headers":{"myheader":"test,other","content-type":"application/json"}})",
         "200 Myheader: test,other Content-Type: application/json | "},
        {R"({"statusCode":200,"headers":{"connection":"x","date":"x","a":"1"},"multiValueHeaders":{"UPGRADE":["x"]}})",
         "200 A: 1 Content-Type: text/plain; charset=utf-8 | "},
        {R"({"statusCode":200,"cookies":["a=1"],"wrongValue":1})", "200 Content-Type: text/plain; charset=utf-8 | "},
        {R"({"statusCode":200,"body":"YQ==","isBase64Encoded":true,"headers":{"Content-Type":"a/b"}})",
         "200 Content-Type: a/b | a"},
        {R"({"statusCode":200,"body":"YQ==","isBase64Encoded":true})",
         "200 Content-Type: text/plain; charset=utf-8 | a", "http-default-type"},
        {R"({"statusCode":200,"body":"!","isBase64Encoded":true,"headers":{"Content-Type":"a/b"}})", "bad base64",
         "reply-bad-base64"},
        {R"({"statusCode":204,"body":"x"})", "204 Content-Type: text/plain; charset=utf-8 | "},
        {R"({"body":"x"})", "malformed", "reply-malformed"},
        {R"({"statusCode":0})", "malformed", "reply-malformed"},
        {R"({"statusCode":200,"multiValueHeaders":{"a":"b"}})", "malformed", "reply-malformed"},
        {R"({"statusCode":200,"multiValueHeaders":{"a":["x\ny"]}})", "malformed", "reply-malformed"},
        {R"("text")", "malformed", "reply-malformed"},
        {"null", "malformed", "reply-malformed"},
        {"{", "malformed", "reply-malformed"},
    };
    for (const Row& row : rows) {
        const Reply reply = render_http1_reply(row.payload);
        EXPECT_EQ(in_short(reply), row.answer) << row.payload;
        EXPECT_EQ(ids_of(reply.findings), row.findings) << row.payload;
    }
}

TEST(UrlReply, Replies) {
    const Row rows[] = {
        {R"({"hello": "world"})", R"(200 Content-Type: application/json | {"hello":"world"})"},
        {"[\"hello\", 3,\r\n\ttrue]", R"(200 Content-Type: application/json | ["hello",3,true])"},
        {R"({"a b": "c \" d", "e": 1.0})", R"(200 Content-Type: application/json | {"a b":"c \" d","e":1.0})"},
        {R"("hello")", "200 Content-Type: application/json | hello"},
        {"3", "200 Content-Type: application/json | 3"},
        {"3.1", "200 Content-Type: application/json | 3.1"},
        {"true", "200 Content-Type: application/json | true"},
        {"no json ", "200 Content-Type: application/json | no json "},
        {R"({"statusCode":200,"body":"body123"})", "200 Content-Type: application/json | body123"},
        {R"({"statusCode":200,"body":"{\"hello\": \"world\"}"})",
         R"(200 Content-Type: application/json | {"hello": "world"})"},
        {R"({"statusCode":200,"body":{"hello": "world"}})",
         R"(200 Content-Type: application/json | {"hello": "world"})", "http-body-not-text"},
        {R"({"statusCode":"418","body":"I'm a teapot"})", "418 Content-Type: application/json | I'm a teapot"},
        {R"({"statusCode":200,"cookies":["a=1","b=2"],"headers":{"x-my":"1","Date":"x"}})",
         "200 Set-Cookie: a=1 Set-Cookie: b=2 x-my: 1 Content-Type: application/json | "},
        {R"({"statusCode":200,"body":"YQ==","isBase64Encoded":true})", "200 Content-Type: application/json | a",
         "http-default-type"},
        {R"({"statusCode":200,"multiValueHeaders":{"a":["1"]}})", "200 Content-Type: application/json | ",
         "http-ignored-key"},
        {R"({"statusCode":"x"})", "malformed", "reply-malformed"},
        {R"({"body": "x"})", R"(200 Content-Type: application/json | {"body":"x"})", "http-inferred"},
    };
    for (const Row& row : rows) {
        const Reply reply = render_url_reply(std::string(row.payload), TransferMode::buffered);
        EXPECT_EQ(in_short(reply), row.answer) << row.payload;
        EXPECT_EQ(ids_of(reply.findings), row.findings) << row.payload;
    }
}

TEST(UrlReply, InStreamModeAReplyIsTheBody) {
    for (const std::string payload : {R"({"statusCode": 404, "body": "AA==", "isBase64Encoded": true})", R"("text")"}) {
        EXPECT_EQ(in_short(render_url_reply(payload, TransferMode::stream)),
                  "200 Content-Type: application/json | " + payload);
    }
}

TEST(AlbReply, Replies) {
    const Row rows[] = {
        {R"({"statusCode":200})", "200 | "},
        {R"({"statusCode":200,"statusDescription":"200 OK","headers":{"Content-Type":"text/html","x-a":"1"},)"
         R"("isBase64Encoded":false,"body":"<h1>"})",
         "200 Content-Type: text/html x-a: 1 | <h1>"},
        {R"({"statusCode":200,"headers":{"connection":"x","Transfer-Encoding":"x","content-length":"7","date":"d"}})",
         "200 date: d | "},
        {R"({"statusCode":200,"body":"YQ==","isBase64Encoded":true})", "200 | a"},
        {R"({"statusCode":200,"body":"Y","isBase64Encoded":true})", "bad base64", "reply-base64-variant"},
        {R"({"statusCode":200,"multiValueHeaders":{"a":["1"]},"cookies":[],"unknown":1})", "200 | ",
         "http-ignored-key"},
        {R"({"body":"x"})", "malformed", "reply-malformed"},
        {R"([])", "malformed", "reply-malformed"},
        {R"({"statusCode":200)", "malformed", "reply-malformed"},
    };
    for (const Row& row : rows) {
        const Reply reply = render_alb_reply(row.payload, AlbHeaders::single_value);
        EXPECT_EQ(in_short(reply), row.answer) << row.payload;
        EXPECT_EQ(ids_of(reply.findings), row.findings) << row.payload;
    }
}

TEST(AlbReply, InMultiValueModeOnlyTheListsAreRead) {
    const Row rows[] = {
        {R"({"statusCode":200,"multiValueHeaders":{"a":["1","2"],"Connection":["x"]}})", "200 a: 1 a: 2 | "},
        {R"({"statusCode":200,"headers":{"a":"1"},"multiValueHeaders":{"b":["2"]}})", "200 b: 2 | ",
         "http-ignored-key"},
        {R"({"statusCode":200,"headers":{"a":"1"}})", "200 | ", "http-ignored-key"},
        {R"({"statusCode":200,"multiValueHeaders":{"a":"1"}})", "malformed", "reply-malformed"},
    };
    for (const Row& row : rows) {
        const Reply reply = render_alb_reply(row.payload, AlbHeaders::multi_value);
        EXPECT_EQ(in_short(reply), row.answer) << row.payload;
        EXPECT_EQ(ids_of(reply.findings), row.findings) << row.payload;
    }
}

TEST(WebSocketReply, Replies) {
    struct Case {
        std::string_view payload, answer;
        bool lets_in;
    };
    const Case cases[] = {
        {R"({"statusCode":200})", "200 | ", true},
        {R"({"statusCode":299,"body":"x"})", "299 | x", true},
        {R"({"statusCode":200,"headers":{"Sec-WebSocket-Protocol":"v1","Upgrade":"x"}})",
         "200 Sec-WebSocket-Protocol: v1 | ", true},
        {R"({"statusCode":401})", "401 | ", false},
        {R"({"statusCode":302})", "302 | ", false},
        {R"({"body":"x"})", "malformed", false},
        {R"("ok")", "malformed", false},
        {"", "malformed", false},
    };
    for (const Case& row : cases) {
        const Reply reply = render_websocket_reply(row.payload);
        EXPECT_EQ(in_short(reply), row.answer) << row.payload;
        EXPECT_EQ(lets_in(reply), row.lets_in) << row.payload;
    }
}

const std::string kNul(8, '\0');

/// Feeds `stream` in pieces of `size` bytes: the head in short, then the body.
std::string through(StreamReply reply, std::string_view stream, std::size_t size) {
    std::optional<Reply> head;
    std::string body;
    const auto take = [&](StreamStep step) {
        if (step.head) {
            EXPECT_FALSE(head) << "a second head";
            EXPECT_TRUE(body.empty()) << "body in front of the head";
            head = std::move(step.head);
        }
        body += step.body;
    };
    while (!stream.empty() && !(head && std::holds_alternative<ReplyFailure>(head->result))) {
        take(reply.feed(stream.substr(0, size)));
        stream.remove_prefix(std::min(size, stream.size()));
    }
    take(reply.finish());
    return (head ? in_short(*head) : "no head") + body;
}

TEST(StreamReply, IsTheSameWhereverItIsCut) {
    const std::string prelude =
        R"({"statusCode":201,"headers":{"Content-Type":"application/x-protobuf"},"cookies":["a=1"]})";
    const std::string body = all_bytes() + kNul + kNul + "end";
    for (const StreamFront front : {StreamFront::rest, StreamFront::url}) {
        const bool rest = front == StreamFront::rest;
        const std::string expected = (rest ? "201 Content-Type: application/x-protobuf Set-Cookie: a=1 | "
                                           : "201 Set-Cookie: a=1 Content-Type: application/x-protobuf | ") +
                                     body;
        const std::string stream = prelude + kNul + body;
        for (std::size_t size = 1; size <= stream.size(); ++size) {
            ASSERT_EQ(through({front, kHttpStreamType}, stream, size), expected) << size;
        }
    }
}

TEST(StreamReply, MoreNulBytesThanEightAreBody) {
    const std::string expected = "200 Content-Type: application/json | " + std::string("\0\0x", 3);
    for (const std::size_t size : {1u, 3u, 100u}) {
        EXPECT_EQ(through({StreamFront::rest, kHttpStreamType}, "{}" + kNul + std::string("\0\0x", 3), size), expected);
    }
}

TEST(StreamReply, PreludesOfRest) {
    const Row rows[] = {
        {"{}", "200 Content-Type: application/json | "},
        {R"({"multiValueHeaders":{"A":["1","2"]},"headers":{"a":"3","connection":"x"}})",
         "200 A: 1 A: 2 A: 3 x-amzn-Remapped-Connection: x Content-Type: application/json | "},
        {R"({"statusCode":"204","cookies":["a=1","b=2"]})",
         "204 Set-Cookie: a=1 Set-Cookie: b=2 Content-Type: application/json | "},
        {R"({"headers":{"content-length":"07"}})", "200 Content-Length: 07 Content-Type: application/json | "},
        {R"({"multiValueHeaders":{"Content-Length":[5]},"headers":{"content-length":"5"}})",
         "200 Content-Length: 5 Content-Type: application/json | "},
        {R"({"headers":{"Content-Length":"5","Transfer-Encoding":"chunked"}})",
         "200 Content-Type: application/json | "},
        {R"({"headers":{"Content-Length":"-5"}})", "200 Content-Type: application/json | "},
        {R"({"headers":{"Content-Length":""}})", "200 Content-Type: application/json | "},
        {R"({"headers":{"Content-Length":"1234567890123456789"}})", "200 Content-Type: application/json | "},
        {R"({"multiValueHeaders":{"Content-Length":["5","6"]}})", "200 Content-Type: application/json | "},
        {R"({"multiValueHeaders":{"Content-Length":["5","6","5"]}})", "200 Content-Type: application/json | "},
        {R"({"statusCode":200,"unknown":1})", "no stream"},
        {R"({"statusCode":200,"body":"x"})", "no stream"},
        {R"({"statusCode":200,"isBase64Encoded":false})", "no stream"},
        {R"({"cookies":"a=1"})", "no stream"},
        {R"({"cookies":["a\nb"]})", "no stream"},
        {R"({"statusCode":42})", "no stream"},
        {R"([])", "no stream"},
        {"", "no stream"},
        {"{", "no stream"},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(through({StreamFront::rest, "text/plain"}, std::string(row.payload) + kNul, 5), row.answer)
            << row.payload;
    }
}

TEST(StreamReply, AWrongKeyIsToldWithThoseOfAPrelude) {
    for (const std::string_view key : {"status", "body", "isBase64Encoded"}) {
        const auto reply = render_rest_stream_head("{\"" + std::string(key) + "\":false}");
        ASSERT_EQ(reply.findings.size(), 1U) << key;
        EXPECT_EQ(reply.findings[0].subject, key);
        EXPECT_EQ(reply.findings[0].text, "The stream's prelude holds the key \"" + std::string(key) +
                                              "\". A REST API refuses all but statusCode, headers, multiValueHeaders "
                                              "and cookies there; a function URL would not mind.");
    }
    const std::string whole = render_rest_reply(R"({"status":1})", {}).findings.at(0).text;
    EXPECT_NE(whole.find("headers, multiValueHeaders, body and isBase64Encoded"), std::string::npos) << whole;
    EXPECT_TRUE(render_rest_stream_head(R"({"statusCode":201,"cookies":[]})").findings.empty());
}

TEST(StreamReply, PreludesOfUrls) {
    const Row rows[] = {
        {"{}", "200 Content-Type: application/octet-stream | "},
        {R"({"statusCode":404,"headers":{"x":"1"},"body":"ignored","isBase64Encoded":"what"})",
         "404 x: 1 Content-Type: application/octet-stream | "},
        {R"({"unknown":1})", "200 Content-Type: application/octet-stream | "},
        {R"({"statusCode":42})", "malformed"},
        {R"("text")", "malformed"},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(through({StreamFront::url, kHttpStreamType}, std::string(row.payload) + kNul, 5), row.answer)
            << row.payload;
    }
}

TEST(StreamReply, AUrlsStreamOfAnotherTypeIsAllBody) {
    const std::string stream = "{}" + kNul + "x";
    EXPECT_EQ(through({StreamFront::url, "text/html"}, stream, 2), "200 Content-Type: text/html | " + stream);
    EXPECT_EQ(through({StreamFront::url, ""}, stream, 2), "200 Content-Type: application/octet-stream | " + stream);
    EXPECT_EQ(through({StreamFront::url, "text/html"}, "", 1), "200 Content-Type: text/html | ");
}

TEST(StreamReply, WithoutItsEightNulBytesItIsMalformed) {
    struct Case {
        std::string stream;
        std::string_view says;
    };
    const Case cases[] = {
        {R"({"statusCode":200,"body":"x"})", "The stream ended after 29 bytes without eight NUL bytes"},
        {"{}" + std::string(7, '\0'), "The stream ended after 9 bytes"},
        {"{}" + std::string(7, '\0') + "x" + kNul.substr(1), "The stream ended after 17 bytes"},
        {"", "The stream ended after 0 bytes"},
        {std::string(20000, ' '), "no eight NUL bytes in its first 16384 bytes"},
        {"{}" + std::string(16375, ' ') + kNul, "no eight NUL bytes in its first 16384 bytes"},
    };
    for (const Case& row : cases) {
        for (const std::size_t size : {std::size_t{1}, std::size_t{7}, row.stream.size() + 1}) {
            StreamReply reply(StreamFront::rest, kHttpStreamType);
            std::optional<Reply> head;
            for (std::size_t i = 0; i < row.stream.size() && !head; i += size) {
                head = reply.feed(std::string_view(row.stream).substr(i, size)).head;
            }
            if (!head) head = reply.finish().head;
            ASSERT_TRUE(head);
            ASSERT_EQ(in_short(*head), "no stream");
            EXPECT_EQ(head->findings[0].subject, "prelude");
            EXPECT_NE(head->findings[0].text.find(row.says), std::string::npos) << head->findings[0].text;
        }
    }
    EXPECT_EQ(through({StreamFront::rest, ""}, "{}" + std::string(16374, ' ') + kNul + "x", 9),
              "200 Content-Type: application/json | x");
}

}  // namespace
}  // namespace understudy::event::front_replies_test
