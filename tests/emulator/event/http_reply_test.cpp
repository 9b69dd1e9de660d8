#include "emulator/event/http_reply.hpp"

#include "tests/emulator/event/reply_samples.hpp"
#include "tests/emulator/event/samples.hpp"

#include <gtest/gtest.h>

namespace understudy::event::http_reply_test {
namespace {

std::string answer(std::string_view payload) {
    return in_short(render_http_reply(std::string(payload)));
}

TEST(HttpReply, InferredReplies) {
    const std::string json = "200 Content-Type: application/json | ";
    struct Row {
        std::string_view payload, body;
    };
    const Row rows[] = {
        {R"("Hello")", "Hello"},
        {R"("")", ""},
        {R"("a\n\"b\" \u2615")", "a\n\"b\" \xE2\x98\x95"},
        {R"({"hello":"world"})", R"({"hello":"world"})"},
        {R"({ "n" : 1.0, "e": 1E5 } )", R"({ "n" : 1.0, "e": 1E5 } )"},
        {R"(["hello",3,true])", R"(["hello",3,true])"},
        {"3", "3"},
        {"3.10", "3.10"},
        {"true", "true"},
        {"null", "null"},
        {"{}", "{}"},
        {"", ""},
        {"not json", "not json"},
        {"{\"statusCode\":200", "{\"statusCode\":200"},
        {"{\"statusCode\":200} x", "{\"statusCode\":200} x"},
        {"\"open", "\"open"},
        {R"([{"statusCode":404}])", R"([{"statusCode":404}])"},
        {R"({"errorType":"x","errorMessage":"y"})", R"({"errorType":"x","errorMessage":"y"})"},
        {R"({"nested":{"statusCode":404}})", R"({"nested":{"statusCode":404}})"},
        {"{\"x\":\"\xFF\"}", "{\"x\":\"\xFF\"}"},
    };
    for (const Row& row : rows) EXPECT_EQ(answer(row.payload), json + std::string(row.body)) << row.payload;
}

TEST(HttpReply, AnInferredReplyIsTheHandlersOwnBuffer) {
    std::string payload = R"({"text":")" + std::string(1000, 'x') + R"("})";
    const char* const bytes = payload.data();
    const Reply reply = render_http_reply(std::move(payload));
    EXPECT_EQ(std::get<http::Response>(reply.result).body.view().data(), bytes);
}

TEST(HttpReply, NestingOfAThousandIsNoError) {
    const std::string deep = std::string(1000, '[') + std::string(1000, ']');
    EXPECT_EQ(answer(deep), "200 Content-Type: application/json | " + deep);
    EXPECT_EQ(answer(R"({"statusCode":201,"body":"x","more":)" + deep + "}"),
              "201 Content-Type: text/plain; charset=utf-8 | x");
}

TEST(HttpReply, AnObjectWithABodyAndNoStatusIsReported) {
    for (const std::string_view payload :
         {R"({"body":"x"})", R"({"headers":{},"x":1})", R"({"isBase64Encoded":true})"}) {
        const Reply reply = render_http_reply(std::string(payload));
        EXPECT_EQ(in_short(reply), "200 Content-Type: application/json | " + std::string(payload));
        EXPECT_EQ(ids_of(reply.findings), "http-inferred") << payload;
    }
    EXPECT_EQ(ids_of(render_http_reply(R"({"x":1})").findings), "");
}

TEST(HttpReply, ExplicitReplies) {
    const std::string_view text = "Content-Type: text/plain; charset=utf-8";
    struct Row {
        std::string_view payload;
        std::string answer;
    };
    const Row rows[] = {
        {R"({"statusCode":200})", "200 " + std::string(text) + " | "},
        {R"({"statusCode":201,"body":"x"})", "201 " + std::string(text) + " | x"},
        {R"({"statusCode":"201"})", "201 " + std::string(text) + " | "},
        {R"({"statusCode":0})", "malformed"},
        {R"({"statusCode":200.5})", "malformed"},
        {R"({"statusCode":200.0})", "malformed"},
        {R"({"statusCode":"abc"})", "malformed"},
        {R"({"statusCode":true})", "malformed"},
        {R"({"statusCode":600})", "malformed"},
        {R"({"statusCode":100})", "malformed"},
        {R"({"statusCode":200,"headers":null,"cookies":null,"body":null,"isBase64Encoded":null})",
         "200 " + std::string(text) + " | "},
        {R"({"statusCode":200,"headers":[]})", "malformed"},
        {R"({"statusCode":200,"headers":{"a":["x"]}})", "malformed"},
        {R"({"statusCode":200,"cookies":"a=b"})", "malformed"},
        {R"({"statusCode":200,"cookies":[{}]})", "malformed"},
        {R"({"statusCode":200,"isBase64Encoded":"perhaps"})", "malformed"},
        {R"({"statusCode":200,"unknown":1,"statusDescription":"x"})", "200 " + std::string(text) + " | "},
        {R"({"statusCode":200,"headers":{"content-type":"application/json"},"body":"{}"})",
         "200 Content-Type: application/json | {}"},
        {R"({"statusCode":200,"headers":{"n":1.50,"b":false,"x":null}})",
         "200 N: 1.50 B: false " + std::string(text) + " | "},
        {R"({"statusCode":200,"body":7.0})", "200 " + std::string(text) + " | 7.0"},
    };
    for (const Row& row : rows) EXPECT_EQ(answer(row.payload), row.answer) << row.payload;
}

TEST(HttpReply, AStatusOfNullCountsAsNone) {
    EXPECT_EQ(answer(R"({"statusCode":null})"), R"(200 Content-Type: application/json | {"statusCode":null})");
}

TEST(HttpReply, HeaderNamesAreCanonicalAndValuesAsTheyAre) {
    EXPECT_EQ(answer(R"({"statusCode":200,"headers":{"myheader":"test,shouldhavesecondvalue","x-my-HEADER":"b",)"
                     R"("ETag":"c","x_y-1z":"d"}})"),
              "200 Myheader: test,shouldhavesecondvalue X-My-Header: b Etag: c X_y-1z: d "
              "Content-Type: text/plain; charset=utf-8 | ");
}

TEST(HttpReply, CookiesBecomeSetCookieLinesInFront) {
    EXPECT_EQ(answer(R"({"statusCode":200,"headers":{"Set-Cookie":"c=3"},"cookies":["a=1; Path=/","b=2"]})"),
              "200 Set-Cookie: a=1; Path=/ Set-Cookie: b=2 Set-Cookie: c=3 Content-Type: text/plain; charset=utf-8 | ");
}

TEST(HttpReply, ConnectionHeadersAreDropped) {
    EXPECT_EQ(answer(R"({"statusCode":200,"headers":{"connection":"close","Content-Length":"9","DATE":"d",)"
                     R"("Upgrade":"h2c","transfer-encoding":"chunked","Server":"s"}})"),
              "200 Server: s Content-Type: text/plain; charset=utf-8 | ");
}

TEST(HttpReply, MultiValueHeadersAreIgnoredAndReported) {
    const Reply reply = render_http_reply(R"({"statusCode":200,"multiValueHeaders":{"a":["1"]}})");
    EXPECT_EQ(in_short(reply), "200 Content-Type: text/plain; charset=utf-8 | ");
    EXPECT_EQ(ids_of(reply.findings), "http-ignored-key");
}

TEST(HttpReply, Base64IsAlwaysDecoded) {
    const std::string bytes("\x89PNG\0\xFF", 6);
    for (const std::string_view flag : {"true", "\"true\"", "\"TRUE\""}) {
        EXPECT_EQ(answer(R"({"statusCode":200,"headers":{"Content-Type":"image/png"},"body":"iVBORwD/",)"
                         R"("isBase64Encoded":)" +
                         std::string(flag) + "}"),
                  "200 Content-Type: image/png | " + bytes);
    }
    EXPECT_EQ(answer(R"({"statusCode":200,"body":"iVBORwD/","isBase64Encoded":false})"),
              "200 Content-Type: text/plain; charset=utf-8 | iVBORwD/");
    EXPECT_EQ(answer(R"({"statusCode":200,"body":"a\/\/+","isBase64Encoded":true})"),
              "200 Content-Type: text/plain; charset=utf-8 | \x6B\xFF\xFE")
        << "escaped slashes are slashes";
    EXPECT_EQ(answer(R"({"statusCode":200,"body":"","isBase64Encoded":true})"),
              "200 Content-Type: text/plain; charset=utf-8 | ");
    EXPECT_EQ(answer(R"({"statusCode":200,"body":"AA","isBase64Encoded":true})"), "bad base64");
}

TEST(HttpReply, ABinaryReplyWithoutATypeIsReported) {
    EXPECT_EQ(ids_of(render_http_reply(R"({"statusCode":200,"body":"AA==","isBase64Encoded":true})").findings),
              "http-default-type");
}

TEST(HttpReply, ABodyThatIsJsonIsSentAsItsText) {
    const Reply reply = render_http_reply(R"({"statusCode":200,"body":{ "n": 1.0 }})");
    EXPECT_EQ(in_short(reply), R"(200 Content-Type: text/plain; charset=utf-8 | { "n": 1.0 })");
    EXPECT_EQ(ids_of(reply.findings), "http-body-not-text");
}

TEST(HttpReply, AHeaderNeverSmugglesInAnother) {
    for (const std::string_view members :
         {R"("headers":{"a":"1\r\nSet-Cookie: x=1"})", R"("headers":{"a\nb":"1"})", R"("headers":{"a b":"1"})",
          R"("headers":{"":"1"})", R"("cookies":["a=1\r\nX: y"])", R"("cookies":["a=1\n"])"}) {
        EXPECT_EQ(answer(R"({"statusCode":200,)" + std::string(members) + "}"), "malformed") << members;
    }
}

TEST(HttpReply, AStatusWithoutABodyHasNone) {
    EXPECT_EQ(answer(R"({"statusCode":204,"body":"x"})"), "204 Content-Type: text/plain; charset=utf-8 | ");
    EXPECT_EQ(answer(R"({"statusCode":304,"body":"x"})"), "304 Content-Type: text/plain; charset=utf-8 | ");
}

TEST(HttpReply, AnObjectThatIsNoJsonIsToldWhereItBreaks) {
    for (const char* payload :
         {R"({"statusCode":404,"body":"x",})", R"({"statusCode":404}})", R"({"statusCode":404,"body":"\ud800",})"}) {
        const Reply reply = render_http_reply(payload);
        ASSERT_EQ(reply.findings.size(), 1u) << payload;
        EXPECT_NE(reply.findings[0].text.find("is no JSON ("), std::string::npos) << reply.findings[0].text;
        EXPECT_NE(reply.findings[0].text.find(", at byte "), std::string::npos) << reply.findings[0].text;
    }
}

}  // namespace
}  // namespace understudy::event::http_reply_test
