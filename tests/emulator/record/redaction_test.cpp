#include "emulator/record/redaction.hpp"

#include "emulator/http/base64.hpp"
#include "emulator/http/percent.hpp"
#include "emulator/record/json_text.hpp"
#include "emulator/record/write_line.hpp"

#include <gmock/gmock.h>

namespace understudy::record {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view kSecret = "hunter2-hunter2-hunter2";

std::string event_of(std::string event, const Redaction& redaction = {}) {
    Exchange exchange{.front = "rest", .invocations = {{.event = std::move(event)}}};
    redact(exchange, redaction);
    return exchange.invocations[0].event;
}

std::string reply_of(std::string reply, const Redaction& redaction = {}, std::string type = "application/json") {
    Exchange exchange{.front = "rest", .invocations = {{.reply = std::move(reply), .reply_type = std::move(type)}}};
    redact(exchange, redaction);
    return exchange.invocations[0].reply;
}

std::string body_of(std::string body, const Redaction& redaction, std::string_view type = "application/json") {
    Exchange exchange{.request = HttpMessage{"POST / HTTP/1.1", {{"content-type", type}}, std::move(body)}};
    redact(exchange, redaction);
    return exchange.request->body;
}

Redaction fields(std::vector<std::string> fields) {
    return {.fields = std::move(fields)};
}

/// Whether the secret stands in a text as it is, or in the base64 of a text around it, wherever in it.
bool holds_secret(std::string_view text, std::string_view secret) {
    if (text.find(secret) != std::string_view::npos) return true;
    for (std::size_t shift = 0; shift < 3; ++shift) {
        const std::string coded = http::to_base64(std::string(shift, 'x') + std::string(secret));
        // The first and the last group hold neighbours' bits.
        const std::size_t end = (shift + secret.size()) / 3 * 4;
        if (text.find(coded.substr(shift == 0 ? 0 : 4, end - (shift == 0 ? 0 : 4))) != std::string_view::npos)
            return true;
    }
    return false;
}

/// The secret would be written, and is not once the exchange is redacted.
void expect_redacted(Exchange& exchange, std::string_view secret, const Redaction& redaction = {}) {
    std::string before, after;
    append_line(before, exchange);
    ASSERT_TRUE(holds_secret(before, secret));
    redact(exchange, redaction);
    append_line(after, exchange);
    EXPECT_FALSE(holds_secret(after, secret)) << after;
}

TEST(Redaction, HeadersAreTakenInMessagesWhateverTheirCase) {
    Exchange exchange{
        .request = HttpMessage{"GET / HTTP/1.1", {{"AuthoriZation", "x"}, {"Host", "h"}, {"cookie", "y"}}, ""},
        .response = HttpMessage{"HTTP/1.1 200 OK", {{"Set-Cookie", "z"}, {"A", "b"}}, "", {{"x-api-key", "t"}}}};
    redact(exchange, {});
    EXPECT_EQ(exchange.request->headers,
              (http::Headers{{"AuthoriZation", kRedacted}, {"Host", "h"}, {"cookie", kRedacted}}));
    EXPECT_EQ(exchange.response->headers, (http::Headers{{"Set-Cookie", kRedacted}, {"A", "b"}}));
    EXPECT_EQ(exchange.response->trailers, (http::Headers{{"x-api-key", kRedacted}}));
    EXPECT_THAT(exchange.redacted, ElementsAre("request.headers.AuthoriZation", "request.headers.cookie",
                                               "response.headers.Set-Cookie", "response.trailers.x-api-key"));
}

TEST(Redaction, AnEventIsLookedIntoUnlessItsRequestHasNothingToTake) {
    const std::string event = R"({"headers":{"cookie":"s"}})", clean = R"({"headers":{"cookie":"[redacted]"}})";
    const auto event_behind = [&](std::string front, http::Headers headers, std::vector<Invocation> invocations) {
        Exchange exchange{.front = std::move(front), .request = HttpMessage{"GET / HTTP/1.1", std::move(headers)}};
        exchange.invocations = std::move(invocations);
        redact(exchange, {});
        return exchange.invocations.back().event;
    };
    EXPECT_EQ(event_behind("rest", {{"Cookie", "s"}}, {{.event = event}}), clean);
    EXPECT_EQ(event_behind("websocket", {}, {{.event = event}}), clean);
    EXPECT_EQ(event_behind("invoke", {}, {{.event = event}}), clean);
    EXPECT_EQ(event_behind("rest", {}, {{.authorizer = true, .event = event}}), clean);
    EXPECT_EQ(event_behind("rest", {}, {{.authorizer = true}, {.event = event}}), clean);
    // Only a gateway that makes events up could do this.
    EXPECT_EQ(event_behind("rest", {{"Host", "h"}}, {{.event = event}}), event);
}

TEST(Redaction, NothingIsSaidWhereNothingIsTaken) {
    Exchange exchange{.request = HttpMessage{"GET / HTTP/1.1", {{"Host", "h"}}, "{\"password\":1}"},
                      .invocations = {{.event = "{\"headers\":{\"host\":\"h\"}}", .reply = "{\"statusCode\":200}"}}};
    const Exchange before = exchange;
    redact(exchange, {});
    EXPECT_EQ(exchange, before);
}

TEST(Redaction, HeadersAreTakenInEventsAndTheTextAroundStays) {
    EXPECT_EQ(
        event_of(R"({ "headers" : {"Authorization": "a\"b" , "n":1.0E0},"multiValueHeaders":{"Cookie":["a", "b"]} })"),
        R"({ "headers" : {"Authorization": "[redacted]" , "n":1.0E0},"multiValueHeaders":{"Cookie":["[redacted]", "[redacted]"]} })");
    EXPECT_EQ(event_of(R"({"Records":[{"cf":{"request":{"headers":{"cookie":[{"key":"Cookie","value":"s"}]}}}}]})"),
              R"({"Records":[{"cf":{"request":{"headers":{"cookie":[{"key":"[redacted]","value":"[redacted]"}]}}}}]})");
    EXPECT_EQ(event_of(R"({"headers":{"\u0063ookie":"s"}})"), R"({"headers":{"\u0063ookie":"[redacted]"}})");
    EXPECT_EQ(event_of(R"({"headers":null,"body":"{\"headers\":{\"cookie\":1}}"})"),
              R"({"headers":null,"body":"{\"headers\":{\"cookie\":1}}"})");
}

TEST(Redaction, CopiesOfHeadersInEventsAndRepliesAreTaken) {
    EXPECT_EQ(event_of(R"({"cookies":["a=1","b=2"],"x":{"cookies":["c"]}})"),
              R"({"cookies":["[redacted]","[redacted]"],"x":{"cookies":["c"]}})");
    EXPECT_EQ(event_of(R"({"requestContext":{"identity":{"apiKey":"k","apiKeyId":"i"}},"apiKey":"mine"})"),
              R"({"requestContext":{"identity":{"apiKey":"[redacted]","apiKeyId":"i"}},"apiKey":"mine"})");
    EXPECT_EQ(event_of(R"({"authorizationToken":"t","identitySource":["t","u"]})"),
              R"({"authorizationToken":"[redacted]","identitySource":["[redacted]","[redacted]"]})");
    EXPECT_EQ(reply_of(R"({"cookies":["a"],"headers":{"set-cookie":"b"},"usageIdentifierKey":"k"})"),
              R"({"cookies":["[redacted]"],"headers":{"set-cookie":"[redacted]"},"usageIdentifierKey":"[redacted]"})");
    EXPECT_EQ(event_of(R"({"cookies":["a"],"identitySource":"t"})", {.headers = {}, .query = {}}),
              R"({"cookies":["a"],"identitySource":"t"})");
}

TEST(Redaction, QueryParametersAreTakenWhereverTheyStand) {
    const Redaction redaction{.query = {"to ken"}};
    Exchange exchange{.request = HttpMessage{"GET /a?x=1&to%20ken=s&to+ken=t&to+ken HTTP/1.1", {}, ""}};
    redact(exchange, redaction);
    EXPECT_EQ(exchange.request->start_line, "GET /a?x=1&to%20ken=[redacted]&to+ken=[redacted]&to+ken HTTP/1.1");
    EXPECT_THAT(exchange.redacted, ElementsAre("request.query.to%20ken", "request.query.to+ken"));
    EXPECT_EQ(
        event_of(R"({"rawQueryString":"x=1&to%20ken=s","queryStringParameters":{"to ken":"s","x":"1"}})", redaction),
        R"({"rawQueryString":"x=1&to%20ken=[redacted]","queryStringParameters":{"to ken":"[redacted]","x":"1"}})");
    EXPECT_EQ(event_of(R"({"multiValueQueryStringParameters":{"to+ken":["s","t"]}})", redaction),
              R"({"multiValueQueryStringParameters":{"to+ken":["[redacted]","[redacted]"]}})");
}

TEST(Redaction, PresignedUrlsLoseTheirSignatures) {
    Exchange exchange{.front = "http",
                      .request = HttpMessage{
                          "GET /a?x=1&X-Amz-Security-Token=s&x-amz-credential=s&X-Amz-Signature=s HTTP/1.1", {}, ""}};
    exchange.invocations.push_back(
        {.event = R"({"rawQueryString":"X-Amz-Signature=s","queryStringParameters":{"X-Amz-Security-Token":"s"}})"});
    redact(exchange, {});
    EXPECT_EQ(exchange.request->start_line,
              "GET /a?x=1&X-Amz-Security-Token=[redacted]&x-amz-credential=[redacted]&X-Amz-Signature=[redacted] "
              "HTTP/1.1");
    EXPECT_EQ(exchange.invocations.front().event, R"({"rawQueryString":"X-Amz-Signature=[redacted]",)"
                                                  R"("queryStringParameters":{"X-Amz-Security-Token":"[redacted]"}})");
}

/// A body of this type behind redaction of `password` and `user.pin`.
std::string body_of_type(const std::string& type, const std::string& body) {
    Exchange exchange{.front = "http", .request = HttpMessage{"POST / HTTP/1.1", {{"Content-Type", type}}, body}};
    redact(exchange, {.fields = {"password", "user.pin"}});
    return exchange.request->body;
}

TEST(Redaction, FormsOfBothKindsAreLookedInto) {
    EXPECT_EQ(body_of_type("application/x-www-form-urlencoded", "a=1&pass%77ord=s&b=2"),
              "a=1&pass%77ord=[redacted]&b=2");
    const auto form = [](const std::string& password, const std::string& json) {
        return "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\npassword\r\n"
               "--b\r\ncontent-disposition: form-data; filename=\"x\"; name=\"password\"\r\n\r\n" +
               password + "\r\n--b\r\nContent-Disposition: form-data; name=json\r\n\r\n" + json + "\r\n--b--\r\n";
    };
    EXPECT_EQ(body_of_type("multipart/form-data; boundary=b", form("se\r\ncret", R"({"user":{"pin":1}})")),
              form("[redacted]", R"({"user":{"pin":"[redacted]"}})"));
    EXPECT_EQ(body_of_type("Multipart/Form-Data; charset=x; boundary=\"b\"", form("s", "{}")),
              form("[redacted]", "{}"));
    // What is torn off is read as far as it goes.
    EXPECT_EQ(body_of_type("multipart/form-data; boundary=b",
                           "--b\nContent-Disposition: form-data; name=\"password\"\n\nsecr"),
              "--b\nContent-Disposition: form-data; name=\"password\"\n\n[redacted]");
    EXPECT_EQ(body_of_type("multipart/form-data", form("s", "{}")), form("s", "{}"));
}

TEST(Redaction, AFormThatBeginsAsJsonDoesIsLookedIntoAsBoth) {
    EXPECT_EQ(body_of_type("application/x-www-form-urlencoded", "[0]=a&password=s"), "[0]=a&password=[redacted]");
    EXPECT_EQ(body_of_type("application/x-www-form-urlencoded", R"({"password":"s"})"), R"({"password":"[redacted]"})");
    EXPECT_EQ(body_of_type("application/x-www-form-urlencoded", R"({"password":"a&password=s"})"),
              R"({"password":"[redacted]")")
        << "what overlaps goes as one";
    const std::string part = "\r\n--b\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\n";
    EXPECT_EQ(body_of_type("multipart/form-data; boundary=b", "{preamble" + part + "s\r\n--b--\r\n"),
              "{preamble" + part + "[redacted]\r\n--b--\r\n");
    const std::string head = R"({"headers":{"content-type":"application/x-www-form-urlencoded"},"body":")";
    EXPECT_EQ(event_of(head + R"([0]=a&password=s"})", fields({"password"})), head + R"([0]=a&password=[redacted]"})");
}

TEST(Redaction, EventsOfAStreamAreLookedInto) {
    EXPECT_EQ(
        body_of_type("text/event-stream", "event: \"x\ndata: {\"password\":\"s\"}\n\ndata:{\"user\":{\"pin\":1}}"),
        "event: \"x\ndata: {\"password\":\"[redacted]\"}\n\ndata:{\"user\":{\"pin\":\"[redacted]\"}}");
    EXPECT_EQ(body_of_type("application/x-ndjson", "{\"password\":1}\n{\"a\":1,\"password\":2}\n"),
              "{\"password\":\"[redacted]\"}\n{\"a\":1,\"password\":\"[redacted]\"}\n");
}

TEST(Redaction, JsonBehindAByteOrderMarkIsJson) {
    const std::string mark = "\xEF\xBB\xBF";
    EXPECT_EQ(body_of_type("application/json", mark + R"({"password":"s"})"), mark + R"({"password":"[redacted]"})");
    EXPECT_EQ(body_of_type("application/json", R"({"in":"\ufeff{\"password\":1}"})"),
              R"({"in":"\ufeff{\"password\":\"[redacted]\"}"})");
    EXPECT_EQ(body_of_type("application/json", R"({"in":"77u/eyJwYXNzd29yZCI6MX0="})"),
              R"({"in":"77u/eyJwYXNzd29yZCI6IltyZWRhY3RlZF0ifQ=="})");
}

TEST(Redaction, FieldsAreTakenByNameOrByPath) {
    EXPECT_EQ(body_of(R"({"a":{"b":1}})", fields({"$.a.b"})), R"({"a":{"b":"[redacted]"}})");
    EXPECT_EQ(body_of(R"( {"a":{"password" : {"deep":[1,"}"]}, "b":2}} )", fields({"password"})),
              R"( {"a":{"password" : "[redacted]", "b":2}} )");
    EXPECT_EQ(body_of(R"({"items":[{"card":1,"n":2},{"card":"3"}],"card":4})", fields({"items[*].card"})),
              R"({"items":[{"card":"[redacted]","n":2},{"card":"[redacted]"}],"card":4})");
    EXPECT_EQ(body_of(R"({"items":[{"card":1},{"card":2}]})", fields({"items[1].card"})),
              R"({"items":[{"card":1},{"card":"[redacted]"}]})");
    EXPECT_EQ(body_of(R"({"user":{"password":1,"x":{"password":2}}})", fields({"user.password"})),
              R"({"user":{"password":"[redacted]","x":{"password":2}}})");
    EXPECT_EQ(body_of(R"([1,{"a":true}])", fields({"[1].a"})), R"([1,{"a":"[redacted]"}])");
}

TEST(Redaction, AnExtensionsNameIsOneStepOfAPath) {
    const std::string body = R"({"[a.b]":1,"c":{"[a.b]":2,"d":[{"[a.b]":{"e":3}}]}})";
    EXPECT_EQ(body_of(body, fields({"[a.b]"})),
              R"({"[a.b]":"[redacted]","c":{"[a.b]":"[redacted]","d":[{"[a.b]":"[redacted]"}]}})");
    EXPECT_EQ(body_of(body, fields({"c.[a.b]", "$.c.d[*].[a.b].e"})),
              R"({"[a.b]":1,"c":{"[a.b]":"[redacted]","d":[{"[a.b]":{"e":"[redacted]"}}]}})");
}

TEST(Redaction, FieldsAreTakenInBodiesOfEventsAndReplies) {
    const Redaction redaction = fields({"password"});
    EXPECT_EQ(
        event_of(R"({"body":"{\"password\":\"s\\n\",\"\u00e4\":\"\ud83d\ude00\",\"b\":1}","isBase64Encoded":false})",
                 redaction),
        R"({"body":"{\"password\":\"[redacted]\",\"\u00e4\":\"\ud83d\ude00\",\"b\":1}","isBase64Encoded":false})");
    EXPECT_EQ(
        event_of(R"({"body":")" + http::to_base64(R"({"password":1})") + R"(","isBase64Encoded":true})", redaction),
        R"({"body":")" + http::to_base64(R"({"password":"[redacted]"})") + R"(","isBase64Encoded":true})");
    EXPECT_EQ(event_of(R"({"Records":[{"body":"[{\"password\":1}]"},{"data":")" + http::to_base64(R"({"password":1})") +
                           R"("}]})",
                       redaction),
              R"({"Records":[{"body":"[{\"password\":\"[redacted]\"}]"},{"data":")" +
                  http::to_base64(R"({"password":"[redacted]"})") + R"("}]})");
    EXPECT_EQ(event_of(R"({"body":"{\"password\":1}","body":"{\"password\":2}"})", redaction),
              R"({"body":"{\"password\":\"[redacted]\"}","body":"{\"password\":\"[redacted]\"}"})");
    EXPECT_EQ(event_of(R"({"headers":{"content-type":"application/x-www-form-urlencoded"},"body":"a=1&password=2"})",
                       redaction),
              R"({"headers":{"content-type":"application/x-www-form-urlencoded"},"body":"a=1&password=[redacted]"})");
}

TEST(Redaction, TheBodyBehindThePreludeOfAStreamIsLookedInto) {
    const std::string zeros(8, '\0');
    EXPECT_EQ(
        reply_of(R"({"headers":{"set-cookie":"s"},"cookies":["t"]})" + zeros + R"({"password":"u"})",
                 fields({"password"}), "application/vnd.awslambda.http-integration-response"),
        R"({"headers":{"set-cookie":"[redacted]"},"cookies":["[redacted]"]})" + zeros + R"({"password":"[redacted]"})");
}

TEST(Redaction, WhatIsTornOffOrIsNoJsonIsReadAsFarAsItLooksLikeSome) {
    const Redaction redaction = fields({"password"});
    EXPECT_EQ(body_of(R"({"password":"tor)", redaction), R"({"password":"[redacted]")");
    EXPECT_EQ(body_of(R"({"password":{"a":1)", redaction), R"({"password":"[redacted]")");
    EXPECT_EQ(body_of(R"({,"password":1]}}"password":2)", redaction),
              R"({,"password":"[redacted]"]}}"password":"[redacted]")");
    EXPECT_EQ(body_of("plain password: 1", redaction), "plain password: 1");
    EXPECT_EQ(event_of(R"({"headers":{"cookie":"tor)"), R"({"headers":{"cookie":"[redacted]")");
    EXPECT_EQ(event_of(R"({"body":"%%%","isBase64Encoded":true})", redaction),
              R"({"body":"W3JlZGFjdGVkXQ==","isBase64Encoded":true})");
}

TEST(Redaction, ACompressedBodyGoesInWholeWhereFieldsAreTaken) {
    Exchange exchange{.request = HttpMessage{"POST / HTTP/1.1", {{"content-encoding", "br"}}, "..."},
                      .response = HttpMessage{"HTTP/1.1 200 OK", {}, "\x1f\x8b..."}};
    Exchange untouched = exchange;
    redact(untouched, {});
    EXPECT_EQ(untouched, exchange);
    redact(exchange, fields({"password"}));
    EXPECT_EQ(exchange.request->body, kRedacted);
    EXPECT_EQ(exchange.response->body, kRedacted);
    EXPECT_THAT(exchange.redacted, ElementsAre("request.body", "response.body"));
}

TEST(Redaction, AnInvokesBodiesAreEventAndReply) {
    Exchange exchange{.front = "invoke",
                      .request = HttpMessage{"POST / HTTP/1.1", {}, R"({"headers":{"cookie":"s"}})"},
                      .response = HttpMessage{"HTTP/1.1 200 OK", {}, R"({"cookies":["s"]})"}};
    redact(exchange, {});
    EXPECT_EQ(exchange.request->body, R"({"headers":{"cookie":"[redacted]"}})");
    EXPECT_EQ(exchange.response->body, R"({"cookies":["[redacted]"]})");
}

TEST(Redaction, AStreamOfFramesGoesInWholeWhereTheReplyInItWasTaken) {
    Exchange exchange{
        .front = "invoke",
        .response = HttpMessage{"HTTP/1.1 200 OK", {{"content-type", "application/vnd.amazon.eventstream"}}, "frames"},
        .invocations = {{.reply = R"({"headers":{"set-cookie":"s"}})", .streamed = true}}};
    redact(exchange, {});
    EXPECT_EQ(exchange.response->body, kRedacted);
    EXPECT_THAT(exchange.redacted, Contains("response.body"));
}

std::string frame_of(char flags, std::string_view content) {
    std::string frame(1, flags);
    for (const int shift : {24, 16, 8, 0}) frame.push_back(static_cast<char>(content.size() >> shift & 0xFF));
    return frame.append(content);
}

constexpr char kMessage = 0, kTrailers = '\x80', kCompressedTrailers = '\x81';
const std::string kGrpcWeb = "application/grpc-web+proto", kGrpcWebText = "application/grpc-web-text";

std::string response_of(std::string body, const std::string& type, const Redaction& redaction) {
    Exchange exchange{.response = HttpMessage{"HTTP/1.1 200 OK", {{"content-type", type}}, std::move(body)}};
    redact(exchange, redaction);
    return exchange.response->body;
}

TEST(Redaction, TrailersOfGrpcWebLoseWhatHeadersDo) {
    const Redaction redaction{.headers = {"x-token"}};
    const auto with = [](const std::string& token) {
        return frame_of(kMessage, "x-token: 1\r\n") +
               frame_of(kTrailers, "grpc-status: 0\r\nX-Token: " + token + "\r\ngrpc-message: x-token: a\r\n");
    };
    EXPECT_EQ(response_of(with("hunter2"), kGrpcWeb, redaction), with("[redacted]"));
    EXPECT_EQ(response_of(with("hunter2"), "Application/GRPC-Web", redaction), with("[redacted]"));
    EXPECT_EQ(response_of(with("hunter2"), "application/grpc-webs", {.headers = {"x-other"}}), with("hunter2"));
    const std::string halves = http::to_base64(frame_of(kMessage, "x-token: 1\r\n")) +
                               http::to_base64(with("hunter2").substr(frame_of(kMessage, "x-token: 1\r\n").size()));
    ASSERT_LT(halves.find('='), halves.size() - 4) << "base64 that ends and begins anew";
    EXPECT_EQ(response_of(halves, kGrpcWebText, redaction), http::to_base64(with("[redacted]")));

    const std::string folded = frame_of(kTrailers, "x-token : a\r\n b\r\nx-other: c");
    EXPECT_EQ(response_of(folded, kGrpcWeb, redaction), frame_of(kTrailers, "x-token: [redacted]\r\n\r\nx-other: c"));
    EXPECT_EQ(response_of(frame_of(kCompressedTrailers, "\x1f\x8b..."), kGrpcWeb, redaction),
              frame_of(kTrailers, "[redacted]"));
    const std::string torn = frame_of(kTrailers, "x-token: hunter2-and-more");
    EXPECT_EQ(response_of(torn.substr(0, torn.size() - 9), kGrpcWeb, redaction),
              torn.substr(0, 5) + "x-token: [redacted]");
    EXPECT_EQ(response_of(torn.substr(0, 4), kGrpcWeb, redaction), torn.substr(0, 4));
}

// Wherever a response of gRPC-Web stands in an exchange, with fields to take and without.
TEST(Redaction, NoSecretInATrailerReachesTheFile) {
    const std::string line = "x-token: " + std::string(kSecret) + "\r\n";
    const std::string frames = frame_of(kMessage, "abc") + frame_of(kTrailers, "grpc-status: 0\r\n" + line);
    const std::string texts = http::to_base64(frames);
    const auto reply = [](const std::string& type, const std::string& body, bool coded) {
        return R"({"statusCode":200,"headers":{"content-type":")" + type + R"("},"isBase64Encoded":)" +
               (coded ? "true" : "false") + R"(,"body":")" + body + "\"}";
    };
    const auto streamed = [](const std::string& type, const std::string& body) {
        return Invocation{.reply = R"({"headers":{"Content-Type":")" + type + "\"}}" + std::string(8, '\0') + body,
                          .reply_type = "application/vnd.awslambda.http-integration-response",
                          .streamed = true};
    };
    for (const auto& [type, body] : {std::pair(kGrpcWeb, frames), std::pair(kGrpcWebText, texts)}) {
        for (const Redaction& redaction :
             {Redaction{.headers = {"x-token"}}, Redaction{.headers = {"x-token"}, .fields = {"password"}}}) {
            Exchange exchange{.front = "rest"};
            exchange.request = HttpMessage{"POST /a.B/C HTTP/1.1", {{"content-type", type}}, "abc"};
            exchange.response = HttpMessage{"HTTP/1.1 200 OK", {{"Content-Type", type}}, body};
            exchange.invocations = {{.reply = reply(type, http::to_base64(body), true)}, streamed(type, body)};
            if (type == kGrpcWebText) exchange.invocations.push_back({.reply = reply(type, body, false)});
            expect_redacted(exchange, kSecret, redaction);
            EXPECT_THAT(exchange.redacted, Contains("response.body.trailers.x-token"));
            EXPECT_THAT(exchange.redacted, Contains("invocations[0].reply.body.trailers.x-token"));
            EXPECT_THAT(exchange.redacted, Contains("invocations[1].reply.body.trailers.x-token"));
        }
    }
}

TEST(Redaction, OthersRewriteTheBodiesThatTheyKnow) {
    std::vector<std::string> seen;
    Redaction redaction;
    redaction.rewrite = [&](const BodyPlace& place, std::string_view body, std::vector<std::string>& taken) {
        seen.push_back(std::string(place.side == Side::request ? "> " : "< ") + std::string(place.path) + ' ' +
                       std::string(place.content_type) + ' ' + std::string(body));
        taken.push_back("pin");
        return std::optional<std::string>("new");
    };
    Exchange exchange{
        .request = HttpMessage{"POST /p/M?q HTTP/1.1", {{"content-type", "application/proto"}}, "a"},
        .response = HttpMessage{"HTTP/1.1 200 OK", {{"content-type", "t/r"}}, "d"},
        .invocations = {{.event = R"({"body":"Yg==","isBase64Encoded":true})",
                         .reply = R"({"headers":{"content-type":"t/e"},"body":"Yw==","isBase64Encoded":true})"}}};
    redact(exchange, redaction);
    EXPECT_THAT(
        seen, ElementsAre("> /p/M application/proto a", "> /p/M application/proto b", "< /p/M t/e c", "< /p/M t/r d"));
    EXPECT_EQ(exchange.request->body, "new");
    EXPECT_EQ(exchange.invocations[0].event, R"({"body":"bmV3","isBase64Encoded":true})");
    EXPECT_THAT(exchange.redacted, Contains("invocations[0].event.body.pin"));
}

TEST(Redaction, VariablesWhoseNamesSpeakOfSecretsAreTaken) {
    Session session{
        .functions = {{.environment = {{"API_KEY", "a"}, {"db_password", "b"}, {"MODE", "c"}, {"Token", ""}}}}};
    redact(session, {});
    EXPECT_EQ(session.functions[0].environment,
              (std::map<std::string, std::string>{
                  {"API_KEY", kRedacted}, {"db_password", kRedacted}, {"MODE", "c"}, {"Token", ""}}));
}

TEST(Redaction, WordsOfAVariablesNameSpeakOfSecrets) {
    for (const char* name : {"PASSPHRASE", "SMTP_PASS", "MY_PWD", "dbPwd", "CREDS", "JWT", "GITHUB_PAT", "AUTH_HDR",
                             "PASS2", "db-pw", "SESSION_COOKIE"}) {
        Session session{.functions = {{.environment = {{name, "a"}}}}};
        redact(session, {});
        EXPECT_EQ(session.functions[0].environment.at(name), kRedacted) << name;
    }
    for (const char* name : {"PWD", "BYPASS", "PATH", "AUTHOR", "PATTERN", "COMPASS_URL", "passive"}) {
        Session session{.functions = {{.environment = {{name, "a"}}}}};
        redact(session, {});
        EXPECT_EQ(session.functions[0].environment.at(name), "a") << name;
    }
}

TEST(Redaction, APasswordInAVariablesUrlOrParametersIsTaken) {
    for (const auto& [written, kept] : std::map<std::string, std::string>{
             {"postgres://u:PW@h/db?a=b", "postgres://u:[redacted]@h/db?a=b"},
             {"redis://:PW@h:6379", "redis://:[redacted]@h:6379"},
             {"https://ghp_x@github.com/a@b", "https://[redacted]@github.com/a@b"},
             {"amqp://u:p@@h http://a:b@c", "amqp://u:[redacted]@h http://a:[redacted]@c"},
             {"https://h:80/@x?y=u:p@h", "https://h:80/@x?y=u:p@h"},
             {"Server=db;User Id=u;Password=PW;Pooling=true", "Server=db;User Id=u;Password=[redacted];Pooling=true"},
             {"host=db password=PW port=1", "host=db password=[redacted] port=1"},
             {"https://h/?token=PW&x=1", "https://h/?token=[redacted]&x=1"},
             {"mode=1", "mode=1"},
         }) {
        Session session{.functions = {{.environment = {{"DB_URL", written}}}}};
        redact(session, {});
        EXPECT_EQ(session.functions[0].environment.at("DB_URL"), kept);
    }
}

TEST(Redaction, ABodyThatTravelsInBase64IsLookedInto) {
    const auto coded = [](std::string_view body) { return http::to_base64(body); };
    const std::string json = R"({"password":"s"})", taken = R"({"password":"[redacted]"})";
    EXPECT_EQ(body_of(coded(json), fields({"password"})), coded(taken));
    EXPECT_EQ(body_of(coded("[1]"), fields({"password"})), coded("[1]"));
    EXPECT_EQ(body_of("abcd", fields({"password"}), "text/plain"), "abcd");
    Exchange exchange{.front = "rest",
                      .response = HttpMessage{"HTTP/1.1 200 OK", {{"content-type", "application/json"}}, coded(json)}};
    redact(exchange, fields({"password"}));
    EXPECT_EQ(exchange.response->body, coded(taken));
    EXPECT_THAT(exchange.redacted, Contains("response.body.password"));
    const auto rewrite = [](const BodyPlace&, std::string_view body, std::vector<std::string>& what) {
        if (body != "old") return std::optional<std::string>();
        what.emplace_back("pin");
        return std::optional<std::string>("new");
    };
    EXPECT_EQ(body_of(coded("old"), Redaction{.rewrite = rewrite}), coded("new"));
}

/// An exchange with the secret in every place that redaction knows of.
Exchange full_of_secrets(std::string_view secret) {
    const std::string s(secret);
    const std::string json = R"({"a":"b","password":")" + s + R"(","list":[{"pin":")" + s + R"("}]})";
    std::string quoted;
    for (const char c : json) quoted += c == '"' ? std::string("\\\"") : std::string(1, c);
    Exchange exchange{.id = "1", .front = "rest"};
    exchange.request = HttpMessage{"POST /x?token=" + s + " HTTP/1.1",
                                   {{"Authorization", "Bearer " + s},
                                    {"X-Api-Key", s},
                                    {"Content-Type", "application/json"},
                                    {"X-Amz-Client-Context", http::to_base64(json)}},
                                   json};
    exchange.response = HttpMessage{"HTTP/1.1 200 OK", {{"Set-Cookie", "a=" + s}}, ' ' + json, {{"cookie", s}}};
    for (std::size_t shift = 0; shift < 3; ++shift) {
        const std::string body = std::string(shift, ' ') + json;
        Invocation plain{.client_context = json, .identity = json};
        plain.event = R"({"headers":{"authorization":"Bearer )" + s + R"("},"multiValueHeaders":{"x-api-key":[")" + s +
                      R"("]},"queryStringParameters":{"token":")" + s + R"("},"rawQueryString":"token=)" + s +
                      R"(","cookies":["a=)" + s + R"("],"requestContext":{"identity":{"apiKey":")" + s +
                      R"("}},"authorizationToken":")" + s + R"(","identitySource":[")" + s + R"("],"body":")" + quoted +
                      R"(","Records":[{"body":")" + quoted + R"(","kinesis":{"data":")" + http::to_base64(json) +
                      R"("}}]})";
        plain.reply =
            R"({"isBase64Encoded":true,"body":")" + http::to_base64(body) + R"(","cookies":[")" + s + R"("]})";
        exchange.invocations.push_back(plain);
    }
    return exchange;
}

TEST(Redaction, NoSecretReachesTheFileInAnyCoding) {
    for (const std::string_view secret : {kSecret, std::string_view("0123456789abcdefghij")}) {
        Exchange exchange = full_of_secrets(secret);
        expect_redacted(exchange, secret, {.fields = {"password", "list[*].pin"}, .query = {"token"}});
    }
}

/// A presigned URL with the secret in all three of its parameters, the one named here last.
std::string presign(std::string_view secret, const std::string& last = "X-Amz-Signature") {
    const std::string value(secret);
    return "https://b.s3.amazonaws.com/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=" + value +
           "%2F20260105%2Fs3%2Faws4_request&X-Amz-Expires=900&X-Amz-Security-Token=" + value + "%2F%2Bx%3D%3D&" + last +
           '=' + value;
}

std::string replace_all(std::string text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

/// One exchange with presigned URLs wherever one may stand.
Exchange full_of_presigned(std::string_view secret) {
    const std::string url = presign(secret);
    const std::string gson = replace_all(replace_all(url, "&", "\\u0026"), "=", "\\u003d");
    const std::string encoded = http::encode_percent(url);
    const std::string json = R"({"url":")" + url + R"(","list":[")" + gson + R"("],"q":"{\"u\":\")" + url + R"(\"}"})";
    Exchange exchange{.front = "rest"};
    exchange.request = HttpMessage{"POST /a?next=" + encoded + " HTTP/1.1",
                                   {{"Referer", url}},
                                   "next=" + http::encode_percent(encoded) + "&a=" + encoded};
    exchange.response = HttpMessage{"HTTP/1.1 302 Found",
                                    {{"Location", url}, {"Link", '<' + url + ">; rel=next"}},
                                    "See " + url + " and <a href='" + url + "'>, " + json};
    exchange.invocations = {
        {.event = R"({"headers":{"Referer":")" + url + R"("},"isBase64Encoded":true,"body":")" +
                  http::to_base64("x" + json) + R"("})",
         .reply = R"({"statusCode":200,"body":")" + http::to_base64(url) + R"(","isBase64Encoded":true})"},
        {.event = json, .reply = std::string("\x0a\x01", 2) + url + '\0'},
        {.reply = R"({"headers":{"location":")" + url + R"("}})" + std::string(8, '\0') + "data: " + url + "\n\n",
         .reply_type = "application/vnd.awslambda.http-integration-response",
         .streamed = true}};
    return exchange;
}

TEST(Redaction, NoPresignedUrlReachesTheFile) {
    Exchange exchange = full_of_presigned(kSecret);
    expect_redacted(exchange, kSecret);
    EXPECT_THAT(exchange.redacted, Contains("response.headers.Location.X-Amz-Signature"));
    EXPECT_THAT(exchange.redacted, Contains("invocations[0].reply.body.X-Amz-Credential"));
}

using Fields = std::vector<std::pair<std::string, std::string>>;

/// The fields of a presigned POST as one of the SDKs spells them, with the secret in the four that sign it.
Fields post_fields(bool upper, const std::string& secret) {
    const std::string prefix = upper ? "X-Amz-" : "x-amz-";
    return {{"key", "a.txt"},
            {upper ? "Policy" : "policy", secret + "=="},
            {prefix + (upper ? "Credential" : "credential"), secret + "/20260105/eu-west-1/s3/aws4_request"},
            {prefix + (upper ? "Date" : "date"), "20260105T100000Z"},
            {prefix + (upper ? "Security-Token" : "security-token"), secret + "//+x="},
            {prefix + (upper ? "Signature" : "signature"), secret}};
}

/// The same as clients send them, and as functions hand them out.
struct PostForms {
    explicit PostForms(const Fields& fields) {
        json = R"({"url":"https://b","fields":{)";
        for (const auto& [name, value] : fields) {
            urlencoded += (urlencoded.empty() ? "" : "&") + name + '=' + http::encode_percent(value);
            multipart += "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
            typed +=
                "--b\nContent-Disposition: form-data; name=" + name + "\nContent-Type: text/plain\n\n" + value + '\n';
            json += (json.ends_with('{') ? "\"" : ", \"") + name + "\": \"" + value + '"';
            page += "<input type='hidden' name='" + name + "' value='" + value + "'>";
        }
        multipart += "--b--\r\n";
        json += "}}";
    }
    std::string urlencoded, multipart, typed, json, page;
};

Exchange full_of_posts(const Fields& fields) {
    const PostForms forms(fields);
    const auto quoted = [](const std::string& text) {
        return replace_all(replace_all(replace_all(text, "\"", "\\\""), "\r", "\\r"), "\n", "\\n");
    };
    Exchange exchange{.front = "http"};
    exchange.request =
        HttpMessage{"POST /a HTTP/1.1", {{"Content-Type", "multipart/form-data; boundary=b"}}, forms.multipart};
    exchange.response = HttpMessage{"HTTP/1.1 200 OK", {}, forms.page + forms.typed};
    for (const std::string& body : {forms.urlencoded, forms.multipart, forms.typed, forms.json}) {
        exchange.invocations.push_back({.event = R"({"body":")" + quoted(body) + "\"}", .reply = body});
        exchange.invocations.push_back({.event = R"({"isBase64Encoded":true,"body":")" + http::to_base64(body) + "\"}",
                                        .reply = R"({"statusCode":200,"body":")" + quoted(quoted(body)) + "\"}"});
    }
    exchange.invocations.push_back({.reply = forms.multipart + std::string("\0\xff", 2)});
    return exchange;
}

TEST(Redaction, NoPresignedPostReachesTheFile) {
    for (const bool upper : {true, false}) {
        Exchange exchange = full_of_posts(post_fields(upper, std::string(kSecret)));
        expect_redacted(exchange, kSecret);
        EXPECT_THAT(exchange.redacted, Contains(upper ? "request.body.Policy" : "request.body.policy"));
    }
}

TEST(Redaction, AroundAPresignedPostEverythingStays) {
    const std::string taken(kRedacted);
    const auto after = [](const std::string& body) {
        Exchange exchange{.response = HttpMessage{"HTTP/1.1 200 OK", {}, body}};
        redact(exchange, {});
        return exchange.response->body;
    };
    Fields redacted = post_fields(false, "a1");
    for (auto& [name, value] : redacted) {
        if (name != "key" && name != "x-amz-date") value = taken;
    }
    const PostForms forms(post_fields(false, "a1")), expected(redacted);
    EXPECT_EQ(after(forms.multipart), expected.multipart);
    EXPECT_EQ(after(forms.typed), expected.typed);
    EXPECT_EQ(after(forms.json), expected.json);
    EXPECT_EQ(after(forms.page), expected.page);
    EXPECT_EQ(after(forms.urlencoded), replace_all(expected.urlencoded, http::encode_percent(taken), taken));
    for (const std::string kept : {R"({"policy":"a1"})", "policy=a1&x-amz-date=2", R"(the "x-amz-signature" is a1)",
                                   R"({"x-amz-signature":7})", "my-policy=a1&x-amz-signature="})
        EXPECT_EQ(after(kept), kept) << "no signature stands beside it";
}

TEST(Redaction, APresignedPostInAPageIsTakenHoweverItsInputsAreWritten) {
    for (const std::string page :
         {R"(<input value="a1" type="hidden" name="X-Amz-Signature"><input value='a1' name='Policy'>)",
          R"(<input name=X-Amz-Signature value=a1><input value=a1 name=policy type=hidden>)",
          R"(<input name="X-Amz-Signature" id="X-Amz-Signature" type=hidden
              value="a1" /><input NAME="policy" data-value="b2" VALUE="a1&#43;a1">)",
          R"({"page":"\u003cinput value=\"a1\" name=\"x-amz-signature\"\u003e<input value=a1\nname=policy>"})"}) {
        Exchange exchange{.response = HttpMessage{"HTTP/1.1 200 OK", {}, page}};
        redact(exchange, {});
        EXPECT_EQ(exchange.response->body, replace_all(replace_all(page, "a1&#43;a1", "a1"), "a1", kRedacted));
    }
    const std::string kept = R"(<p value="a1">X-Amz-Signature</p><input value="a1" title="X-Amz-Signature">)";
    Exchange exchange{.response = HttpMessage{"HTTP/1.1 200 OK", {}, kept}};
    redact(exchange, {});
    EXPECT_EQ(exchange.response->body, kept);
}

TEST(Redaction, APresignedUrlInAVariableIsTaken) {
    Session session{.functions = {{.name = "f", .environment = {{"SOURCE", presign("a1")}, {"MODE", "X-Amz-a"}}}}};
    redact(session, {});
    EXPECT_EQ(session.functions[0].environment.at("SOURCE").find("a1"), std::string::npos);
    EXPECT_EQ(session.functions[0].environment.at("MODE"), "X-Amz-a");
}

TEST(Redaction, AroundAPresignedUrlEverythingStays) {
    const std::string url = presign("a1");
    Exchange exchange{.response =
                          HttpMessage{"HTTP/1.1 200 OK", {{"Location", url}}, R"({"u":")" + url + R"(","n":1})"}};
    redact(exchange, {});
    const std::string taken =
        "https://b.s3.amazonaws.com/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=[redacted]&X-Amz-Expires=900&"
        "X-Amz-Security-Token=[redacted]&X-Amz-Signature=[redacted]";
    EXPECT_EQ(exchange.response->headers.first("location"), taken);
    EXPECT_EQ(exchange.response->body, R"({"u":")" + taken + R"(","n":1})");
    Exchange kept{.response = HttpMessage{"HTTP/1.1 200 OK", {{"Location", url}}, url}};
    redact(kept, {.headers = {}, .query = {}});
    EXPECT_EQ(kept.response->headers.first("location"), url);
    EXPECT_EQ(kept.response->body, url);
}

TEST(Redaction, BytesAroundAPresignedUrlKeepTheirLength) {
    std::string body("\x0a\x80", 2);
    body += presign(kSecret);
    const auto size = body.size();
    Exchange exchange{.response = HttpMessage{"HTTP/1.1 200 OK", {}, body}};
    redact(exchange, {});
    EXPECT_EQ(exchange.response->body.size(), size);
    EXPECT_EQ(exchange.response->body.find(kSecret), std::string::npos);
}

TEST(JsonText, EscapesMeanWhatTheyStandFor) {
    EXPECT_EQ(unescape(R"(a\"\\\/\b\f\n\r\t\u00e4\u20AC\ud83d\ude00)"), "a\"\\/\b\f\n\r\tä€😀");
    EXPECT_EQ(unescape(R"(\ud83d \ude00 \ud83d\u0041)"), "\uFFFD \uFFFD \uFFFDA");
    EXPECT_EQ(unescape(R"(\u12 \x \)"), R"(\u12 \x \)");
}

TEST(JsonText, EditsOfWhatIsMeantAreEditsOfWhatStandsThere) {
    std::string inside = R"(\u00e4"\"q\"\ud83d\ude00z)";
    const std::string meant = unescape(inside);
    const std::size_t at = meant.find('q');
    apply_edits(inside, edits_of_escaped(inside, {{at, at + 1, "\"\n"}, {meant.size() - 1, meant.size(), "Z"}}));
    EXPECT_EQ(inside, R"(\u00e4"\"\"\n\"\ud83d\ude00Z)");
}

}  // namespace
}  // namespace understudy::record
