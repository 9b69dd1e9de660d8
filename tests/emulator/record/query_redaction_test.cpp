#include "emulator/record/query_redaction.hpp"

#include "emulator/http/base64.hpp"
#include "emulator/record/redaction.hpp"
#include "emulator/record/write_line.hpp"

#include <gmock/gmock.h>

#include <string>
#include <string_view>

namespace understudy::record {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kHidden = "hunter2-hunter2-hunter2";

std::string line_of_exchange(const Exchange& exchange) {
    std::string line;
    append_line(line, exchange);
    return line;
}

/// The line of an exchange behind each event that a query makes, redacted.
std::string line_of_query(const std::string& query, const std::string& members, const Redaction& redaction) {
    Exchange exchange{.front = "http", .request = HttpMessage{"GET /shop.Shop/Order?" + query + " HTTP/1.1", {}, ""}};
    exchange.invocations.push_back({.event = R"({"rawPath":"/shop.Shop/Order","rawQueryString":")" + query +
                                             R"(","queryStringParameters":{)" + members + "}}"});
    exchange.invocations.push_back({.event = R"({"path":"/shop.Shop/Order","queryStringParameters":{)" + members +
                                             R"(},"multiValueQueryStringParameters":{"message":[")" +
                                             std::string(kHidden) + R"("],"encoding":["json"]}})"});
    redact(exchange, redaction);
    return line_of_exchange(exchange);
}

Redaction taking_all_but_json() {
    Redaction redaction;
    redaction.rewrite = [](const BodyPlace&, std::string_view, std::vector<std::string>&) {
        return std::optional<std::string>();
    };
    return redaction;
}

TEST(QueryRedaction, TheMessageOfAConnectGetReachesNoLineWhereFieldsAreTaken) {
    const std::string json(kHidden), base64 = http::to_base64("{\"pattern\":\"" + json + "\"}");
    for (const std::string& message : {json, base64}) {
        for (const std::string signs : {"encoding=proto&base64=1", "connect=v1", "enco%64ing=json"}) {
            const std::string name = signs.substr(0, signs.find('='));
            const std::string value = R"("message":")" + message + '"', sign = '"' + name + R"(":"x")";
            for (const Redaction& redaction : {Redaction{.fields = {"pattern"}}, taking_all_but_json()}) {
                for (const std::string& query : {"message=" + message + '&' + signs, signs + "&message=" + message}) {
                    EXPECT_THAT(line_of_query(query, value + ',' + sign, redaction),
                                testing::AllOf(Not(HasSubstr(message)), Not(HasSubstr(json))))
                        << query;
                    EXPECT_THAT(line_of_query(query, sign + ',' + value, redaction), Not(HasSubstr(message))) << query;
                }
            }
        }
    }
}

TEST(QueryRedaction, AUrlInAHeaderIsLookedInto) {
    const Redaction redaction{.query = {"token"}};
    const std::string hidden(kHidden);
    const std::string url = "https://a/b?x=1&token=" + hidden + "#token=" + hidden;
    const std::string link = "<https://a/?Token=" + hidden + ">; rel=\"next\", </c?y=2>";
    Exchange exchange{.front = "rest", .request = HttpMessage{"GET /a HTTP/1.1", {{"Referer", url}}, ""}};
    exchange.response = HttpMessage{"HTTP/1.1 302 Found", {{"Location", url}, {"Link", link}}, ""};
    const std::string members =
        R"("headers":{"Referer":")" + url + R"("},"multiValueHeaders":{"Referer":[")" + url + R"("]})";
    exchange.invocations.push_back(
        {.event = R"({"path":"/a",)" + members + '}', .reply = R"({"statusCode":302,)" + members + '}'});
    redact(exchange, redaction);
    EXPECT_THAT(line_of_exchange(exchange), Not(HasSubstr(hidden)));
    EXPECT_EQ(exchange.response->headers.first("location"), "https://a/b?x=1&token=[redacted]#token=[redacted]");
    EXPECT_EQ(exchange.response->headers.first("link"), "<https://a/?Token=[redacted]>; rel=\"next\", </c?y=2>");
    EXPECT_THAT(exchange.redacted, testing::Contains("invocations[0].reply.headers.Referer.token"));
}

TEST(QueryRedaction, ALinkWhoseAmpersandWasEscapedForAPageIsReadSo) {
    const std::string hidden = "another-secret";
    EXPECT_THAT(
        line_of_query("x=1&amp;token=" + hidden, R"("x":"1","amp;token":")" + hidden + '"', {.query = {"token"}}),
        Not(HasSubstr(hidden)));
    EXPECT_THAT(line_of_query("x=1", R"("token;x":")" + hidden + '"', {.query = {"token"}}), HasSubstr("token;x"));
}

TEST(QueryRedaction, AMessageThatIsNoConnectGetsStays) {
    Exchange exchange{.request = HttpMessage{"GET /a?message=hi&x=1 HTTP/1.1", {}, ""}};
    const Exchange before = exchange;
    redact(exchange, {.fields = {"pattern"}});
    EXPECT_EQ(exchange, before);
    exchange.request->start_line = "GET /a?message=hi&encoding=json HTTP/1.1";
    redact(exchange, {});
    EXPECT_EQ(exchange.request->start_line, "GET /a?message=hi&encoding=json HTTP/1.1");
    redact(exchange, {.fields = {"pattern"}});
    EXPECT_EQ(exchange.request->start_line, "GET /a?message=[redacted]&encoding=json HTTP/1.1");
    EXPECT_THAT(exchange.redacted, testing::ElementsAre("request.query.message"));
}

TEST(QueryRedaction, ParametersBehindASemicolonAreTakenToo) {
    const Redaction redaction{.query = {"token"}};
    const std::string hidden(kHidden);
    Exchange exchange{.front = "rest",
                      .request = HttpMessage{"GET /a?x=1;token=" + hidden + ";" + hidden + "&y=2 HTTP/1.1", {}, ""}};
    exchange.invocations.push_back(
        {.event = R"({"rawQueryString":"x=1;Token=)" + hidden + R"(","queryStringParameters":{"x":"1;token=)" + hidden +
                  R"(","y":"2;z=3"},"multiValueQueryStringParameters":{"x":["1;token=)" + hidden + R"("]}})"});
    redact(exchange, redaction);
    EXPECT_EQ(exchange.request->start_line, "GET /a?x=1;token=[redacted]&y=2 HTTP/1.1");
    EXPECT_EQ(exchange.invocations.front().event,
              R"({"rawQueryString":"x=1;Token=[redacted]","queryStringParameters":{"x":"[redacted]","y":"2;z=3"},)"
              R"("multiValueQueryStringParameters":{"x":["[redacted]"]}})");
    EXPECT_THAT(line_of_exchange(exchange), Not(HasSubstr(hidden)));
}

}  // namespace
}  // namespace understudy::record
