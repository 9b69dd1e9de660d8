#include "emulator/record/presigned.hpp"

#include "emulator/http/percent.hpp"
#include "tests/emulator/record/secret_search.hpp"

#include <gmock/gmock.h>

namespace understudy::record {
namespace {

using testing::Contains;

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

}  // namespace
}  // namespace understudy::record
