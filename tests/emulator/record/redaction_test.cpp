#include "emulator/record/redaction.hpp"

#include "emulator/http/base64.hpp"
#include "tests/emulator/record/secret_search.hpp"

#include <gmock/gmock.h>

namespace understudy::record {
namespace {

using testing::Contains;
using testing::ElementsAre;

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

TEST(Redaction, TrailersOfConnectsUnaryRepliesGoByTheirBareNames) {
    const Redaction redaction{.headers = {"x-token", "trailer-x-pin"}};
    Exchange exchange{
        .front = "rest",
        .response =
            HttpMessage{"HTTP/1.1 200 OK",
                        {{"Trailer-X-Token", "s"}, {"trailer-x-pin", "s"}, {"trailer", "x-token"}, {"x-pin", "a"}}},
        .invocations = {
            {.reply =
                 R"({"headers":{"trailer-x-token":"s","trailer-acme":"a"},"multiValueHeaders":{"Trailer-X-Token":["s"]}})"}}};
    redact(exchange, redaction);
    EXPECT_EQ(
        exchange.response->headers,
        (http::Headers{
            {"Trailer-X-Token", kRedacted}, {"trailer-x-pin", kRedacted}, {"trailer", "x-token"}, {"x-pin", "a"}}));
    EXPECT_EQ(
        exchange.invocations[0].reply,
        R"({"headers":{"trailer-x-token":"[redacted]","trailer-acme":"a"},"multiValueHeaders":{"Trailer-X-Token":["[redacted]"]}})");
    EXPECT_THAT(exchange.redacted, Contains("response.headers.Trailer-X-Token"));
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

}  // namespace
}  // namespace understudy::record
