#include "emulator/event/rest_reply.hpp"

#include "tests/emulator/event/reply_samples.hpp"
#include "tests/emulator/event/samples.hpp"

#include <gtest/gtest.h>

namespace understudy::event::rest_reply_test {
namespace {

Reply render(std::string_view payload) {
    return render_rest_reply(payload, {});
}
std::string answer(std::string_view payload) {
    return in_short(render(payload));
}

TEST(RestReply, ValidationAsRecorded) {
    struct Row {
        std::string_view payload, answer;
    };
    const Row rows[] = {
        {R"({"statusCode":200})", "200 Content-Type: application/json | "},
        {R"({})", "200 Content-Type: application/json | "},
        {R"({"headers":{"test-header":"value"}})", "200 test-header: value Content-Type: application/json | "},
        {R"({"statusCode":"201"})", "201 Content-Type: application/json | "},
        {R"({"statusCode":"test"})", "malformed"},
        {R"({"statusCode":0})", "malformed"},
        {R"({"statusCode":200,"headers":null})", "200 Content-Type: application/json | "},
        {R"({"headers":{"header-bool":true}})", "200 header-bool: true Content-Type: application/json | "},
        {R"({"statusCode":200,"wrongValue":"value"})", "malformed"},
        {R"({"statusCode":200,"cookies":[]})", "malformed"},
        {R"({"statusCode":200,"statusDescription":"200 OK"})", "malformed"},
        {R"({"statusCode":200,"":1})", "malformed"},
        {R"("a string")", "malformed"},
        {R"(42)", "malformed"},
        {R"([])", "malformed"},
        {R"(null)", "malformed"},
        {R"()", "malformed"},
        {R"(no json)", "malformed"},
        {R"({"statusCode":200} trailing)", "malformed"},
        {R"({"multiValueHeaders":{"a":"no list"}})", "malformed"},
        {R"({"multiValueHeaders":{"a":["1","2"]}})", "200 a: 1 a: 2 Content-Type: application/json | "},
        {R"({"body":{}})", "malformed"},
        {R"({"body":["x"]})", "malformed"},
        {R"({"body":12.50})", "200 Content-Type: application/json | 12.50"},
        {R"({"body":null})", "200 Content-Type: application/json | "},
        {R"({"body":"x","isBase64Encoded":"yes"})", "malformed"},
        {R"({"body":"x","isBase64Encoded":1})", "malformed"},
        {R"({"body":"x","isBase64Encoded":"FALSE"})", "200 Content-Type: application/json | x"},
        {R"({"body":"x","isBase64Encoded":null})", "200 Content-Type: application/json | x"},
    };
    for (const Row& row : rows) EXPECT_EQ(answer(row.payload), row.answer) << row.payload;
}

TEST(RestReply, WhatIsNotVerifiedIsAtLeastSettled) {
    struct Row {
        std::string_view payload, answer;
    };
    const Row rows[] = {
        {R"({"statusCode":null})", "200 Content-Type: application/json | "},
        {R"({"statusCode":200.0})", "malformed"},
        {R"({"statusCode":2e2})", "malformed"},
        {R"({"statusCode":" 200"})", "malformed"},
        {R"({"statusCode":""})", "malformed"},
        {R"({"statusCode":true})", "malformed"},
        {R"({"statusCode":{}})", "malformed"},
        {R"({"statusCode":-200})", "malformed"},
        {R"({"statusCode":199})", "malformed"},
        {R"({"statusCode":600})", "malformed"},
        {R"({"statusCode":99999999999999999999})", "malformed"},
        {R"({"statusCode":599})", "599 Content-Type: application/json | "},
        {R"({"headers":[]})", "malformed"},
        {R"({"headers":"x"})", "malformed"},
        {R"({"multiValueHeaders":[]})", "malformed"},
        {R"({"multiValueHeaders":null})", "200 Content-Type: application/json | "},
        {R"({"multiValueHeaders":{"a":null,"b":[null,"1"]}})", "200 b: 1 Content-Type: application/json | "},
        {R"({"multiValueHeaders":{"a":[["x"]]}})", "malformed"},
        {R"({"headers":{"a":null,"b":1.50,"c":-0}})", "200 b: 1.50 c: -0 Content-Type: application/json | "},
        {R"({"headers":{"a":{}}})", "malformed"},
        {R"({"headers":{"a":["x"]}})", "malformed"},
        {R"({"body":true})", "200 Content-Type: application/json | true"},
    };
    for (const Row& row : rows) EXPECT_EQ(answer(row.payload), row.answer) << row.payload;
}

TEST(RestReply, MultiValueHeadersComeFirstAndNameTheHeader) {
    EXPECT_EQ(answer(R"({"headers":{"test-multi":"value-solo","z":"1"},)"
                     R"("multiValueHeaders":{"tesT-Multi":["value-multi"]}})"),
              "200 tesT-Multi: value-multi tesT-Multi: value-solo z: 1 Content-Type: application/json | ");
    EXPECT_EQ(answer(R"({"headers":{"Combined-Header":"single-value"},)"
                     R"("multiValueHeaders":{"Combined-Header":["multi-value1","multi-value2"]}})"),
              "200 Combined-Header: multi-value1 Combined-Header: multi-value2 Combined-Header: single-value "
              "Content-Type: application/json | ");
}

TEST(RestReply, AnIdenticalPairInBothMapsAppearsOnce) {
    EXPECT_EQ(answer(R"({"headers":{"a":"1"},"multiValueHeaders":{"a":["1","1","2"]}})"),
              "200 a: 1 a: 1 a: 2 Content-Type: application/json | ");
}

TEST(RestReply, HeaderNamesKeepTheFunctionsCase) {
    EXPECT_EQ(answer(R"({"headers":{"myheader":"a","X-CAPS":"b"},"body":"x"})"),
              "200 myheader: a X-CAPS: b Content-Type: application/json | x");
}

TEST(RestReply, TheFunctionsContentTypeCountsInAnyCaseAndEitherMap) {
    EXPECT_EQ(answer(R"({"headers":{"content-type":"text/html"}})"), "200 content-type: text/html | ");
    EXPECT_EQ(answer(R"({"multiValueHeaders":{"CONTENT-TYPE":["text/html"]}})"), "200 CONTENT-TYPE: text/html | ");
}

TEST(RestReply, HeadersThatTheGatewayOwnsAreRemapped) {
    EXPECT_EQ(answer(R"({"headers":{"connection":"close","Content-Length":"9","DATE":"d","Server":"s",)"
                     R"("www-authenticate":"Basic","Transfer-Encoding":"chunked","Via":"v"}})"),
              "200 x-amzn-Remapped-Connection: close x-amzn-Remapped-Content-Length: 9 x-amzn-Remapped-Date: d "
              "x-amzn-Remapped-Server: s x-amzn-Remapped-WWW-Authenticate: Basic Via: v "
              "Content-Type: application/json | ");
    EXPECT_EQ(answer(R"({"multiValueHeaders":{"transfer-encoding":["chunked"],"server":["a","b"]}})"),
              "200 x-amzn-Remapped-Server: a x-amzn-Remapped-Server: b Content-Type: application/json | ");
}

TEST(RestReply, AHeaderNeverSmugglesInAnother) {
    for (const std::string_view headers : {R"({"a":"1\r\nSet-Cookie: x=1"})", R"({"a":"1\nb"})", R"({"a":"1\rb"})",
                                           R"({"a":"\u0000"})", R"({"a\r\nb":"1"})", R"({"a b":"1"})", R"({"a:":"1"})",
                                           R"({"":"1"})", R"({"a\u0000":"1"})", R"({"é":"1"})"}) {
        EXPECT_EQ(answer(R"({"headers":)" + std::string(headers) + "}"), "malformed") << headers;
    }
    EXPECT_EQ(answer(R"({"multiValueHeaders":{"a":["ok","x\ny"]}})"), "malformed");
    EXPECT_EQ(answer(R"({"headers":{"a":"tab\tand é"}})"), "200 a: tab\tand é Content-Type: application/json | ");
}

TEST(RestReply, BinaryResponsesAsRecorded) {
    struct Row {
        std::vector<std::string> binary;
        std::optional<std::string_view> accept;
        bool bytes;
    };
    const std::vector<std::string> png = {"image/png", "*/test"};
    const std::vector<std::string> application = {"image/png", "application/*", "image/jpg"};
    const Row rows[] = {
        {{}, "image/png", false},
        {png, "image/png", true},
        {png, "image/jpg", false},
        {png, "image/*", false},
        {png, "*/test", false},
        {png, "random/test", false},
        {png, "*/*", false},
        {png, "image/webp,image/png,*/*;q=0.8", false},
        {png, "image/png,image/*,*/*;q=0.8", true},
        {png, "IMAGE/PNG;q=0.1", true},
        {application, "application/whatever", true},
        {application, "application/test", true},
        {application, "application/*", true},
        {application, "image/png", true},
        {application, "application", false},
        {application, std::nullopt, false},
        {{"*/*"}, "image/png", true},
        {{"*/*"}, "application", true},
        {{"*/*"}, std::nullopt, true},
    };
    for (const Row& row : rows) {
        http::Headers headers;
        if (row.accept) headers.add("accept", *row.accept);
        const BinaryMediaTypes binary(row.binary);
        const RestAccept accept = to_rest_accept(headers, binary);
        const Reply reply = render_rest_reply(
            R"({"headers":{"Content-Type":"application/test"},"body":"iVBORwD/","isBase64Encoded":true})", accept);
        const std::string body = row.bytes ? std::string("\x89PNG\0\xFF", 6) : std::string("iVBORwD/");
        EXPECT_EQ(in_short(reply), "200 Content-Type: application/test | " + body)
            << testing::PrintToString(row.binary) << row.accept.value_or("none");
        EXPECT_EQ(ids_of(reply.findings), row.bytes ? "" : "rest-base64-sent");
        EXPECT_EQ(in_short(render_rest_reply(R"({"body":"iVBORwD/","isBase64Encoded":false})", accept)),
                  "200 Content-Type: application/json | iVBORwD/");
    }
}

TEST(RestReply, Base64ThatLeavesAsTextSaysWhatToSend) {
    const auto findings = render_rest_reply(R"({"body":"AA==","isBase64Encoded":true})", {"*/*", false}).findings;
    ASSERT_EQ(ids_of(findings), "rest-base64-sent");
    EXPECT_EQ(findings[0].text,
              "The reply says isBase64Encoded, and left as base64 text: the first entry of Accept, */*, does not match "
              "binaryMediaTypes. Cure: send Accept with the reply's type in front, and list that type by "
              "--binary-media-type.");
}

TEST(RestReply, BadBase64IsAFailureOfItsOwn) {
    struct Row {
        std::string_view body, id, says;
    };
    const Row rows[] = {
        {"!", "reply-bad-base64", "offset 0 of 1. Encode the bytes"},
        {"AA*A", "reply-bad-base64", "offset 2 of 4. Encode the bytes"},
        {"AA-_", "reply-base64-variant",
         "offset 2 of 4. It looks like the URL-safe alphabet; AWS takes the standard one, padded."},
        {"AAA", "reply-base64-variant", "offset 3 of 3. The padding is missing or wrong."},
        {"AA=", "reply-base64-variant", "offset 2 of 3. The padding is missing or wrong."},
    };
    for (const Row& row : rows) {
        const Reply reply = render_rest_reply(R"({"body":")" + std::string(row.body) + R"(","isBase64Encoded":true})",
                                              {"image/png", true});
        EXPECT_EQ(in_short(reply), "bad base64") << row.body;
        ASSERT_EQ(ids_of(reply.findings), row.id);
        EXPECT_NE(reply.findings[0].text.find(row.says), std::string::npos) << reply.findings[0].text;
    }
}

TEST(RestReply, AnEmptyMessageIsAnEmptyBody) {
    for (const bool binary : {true, false}) {
        const Reply reply = render_rest_reply(R"({"body":"","isBase64Encoded":true})", {"application/proto", binary});
        EXPECT_EQ(in_short(reply), "200 Content-Type: application/json | ");
        EXPECT_EQ(ids_of(reply.findings), "");
    }
}

TEST(RestReply, AStatusWithoutABodyHasNone) {
    EXPECT_EQ(answer(R"({"statusCode":204,"body":"x"})"), "204 Content-Type: application/json | ");
    EXPECT_EQ(answer(R"({"statusCode":304,"body":"x"})"), "304 Content-Type: application/json | ");
    EXPECT_EQ(answer(R"({"statusCode":205,"body":"x"})"), "205 Content-Type: application/json | x");
}

TEST(RestReply, TheKeyAtFaultIsNamed) {
    struct Row {
        std::string_view payload, subject, text;
    };
    const Row rows[] = {
        {R"({"statusCode":200,"wrongValue":1})", "wrongValue", "the key \"wrongValue\""},
        {R"({"statusCode":200,"cookies":[]})", "cookies", "the key \"cookies\""},
        {R"({"statusCode":"test"})", "statusCode", "no HTTP status: test"},
        {R"({"body":{}})", "body", "body is an object"},
        {R"({"headers":{"x":"a\nb"}})", "headers", "\"x\" holds a line break"},
        {R"({"multiValueHeaders":{"x":"a"}})", "multiValueHeaders", "\"x\" is no list"},
        {R"({"isBase64Encoded":"maybe"})", "isBase64Encoded", "neither true nor false"},
        {R"("text")", "", "The reply is a string"},
        {R"({"statusCode":})", "", "at byte 14"},
    };
    for (const Row& row : rows) {
        const auto findings = render(row.payload).findings;
        ASSERT_EQ(ids_of(findings), "reply-malformed") << row.payload;
        EXPECT_EQ(findings[0].subject, row.subject);
        EXPECT_NE(findings[0].text.find(row.text), std::string::npos) << findings[0].text;
    }
}

TEST(RestReply, BinaryDataInATextBodyIsDamagedAndReported) {
    const Reply damaged = render("{\"body\":\"\\b\xFF\"}");
    EXPECT_EQ(in_short(damaged), "200 Content-Type: application/json | \x08\xEF\xBF\xBD");
    EXPECT_EQ(ids_of(damaged.findings), "reply-body-replaced");
    const Reply doubled =
        render(R"({"headers":{"Content-Type":"application/x-protobuf"},"body":"\u0008\u0096\u0001"})");
    EXPECT_EQ(in_short(doubled), "200 Content-Type: application/x-protobuf | \x08\xC2\x96\x01");
    EXPECT_EQ(ids_of(doubled.findings), "reply-protobuf-as-text");
}

TEST(RestReply, AReplyThatLooksLikeAnErrorIsAReply) {
    EXPECT_EQ(answer(R"({"statusCode":200,"body":"{\"errorType\":\"x\",\"errorMessage\":\"y\"}"})"),
              R"(200 Content-Type: application/json | {"errorType":"x","errorMessage":"y"})");
}

}  // namespace
}  // namespace understudy::event::rest_reply_test
