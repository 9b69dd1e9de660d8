#include "handler/rpc/proxy_event.hpp"

#include "proto/wire/base64.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace understudy::rpc {
namespace {

using testing::HasSubstr;

std::string read_event(const std::string& name) {
    std::ifstream file(std::string(UNDERSTUDY_SOURCE_DIR) + "/tests/handler/rpc/data/" + name);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/// Both formats around the same members: headers, body, isBase64Encoded.
std::string format_1(const std::string& members) {
    return R"({"httpMethod":"POST","path":"/a.B/C","requestContext":{"stage":"prod"},)" + members + "}";
}
std::string format_2(const std::string& members) {
    return R"({"version":"2.0","rawPath":"/a.B/C","requestContext":{"http":{"method":"POST"}},)" + members + "}";
}

ProxyRequest read_request(std::string_view event) {
    return std::get<ProxyRequest>(parse_event(event));
}

TEST(ProxyEvent, OfARestApiIsReadAsItsRequest) {
    const ProxyRequest request = read_request(read_event("rest.json"));
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.path, "/logquery.v1.LogQueryService/CheckWindow");
    ASSERT_NE(request.find_header("content-type"), nullptr);
    EXPECT_EQ(*request.find_header("content-type"), "application/x-protobuf");
    EXPECT_EQ(request.headers.size(), 8U);
    EXPECT_EQ(request.body, "\x0a\x0b\x08\xdf\x96\xee\xca\x06\x10\xc0\xa9\xd3\x3a\x12\x02\x08\x3c");
}

TEST(ProxyEvent, OfAnHttpApiIsReadAsItsRequest) {
    const ProxyRequest request = read_request(read_event("http.json"));
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.path, "/dev/logquery.v1.LogQueryService/CheckWindow");
    EXPECT_EQ(*request.find_header("Content-Type"), "application/proto");
    EXPECT_EQ(request.body, read_request(read_event("rest.json")).body);
}

TEST(ProxyEvent, OfALoadBalancerIsReadAsItsRequest) {
    const ProxyRequest request = read_request(
        R"({"requestContext":{"elb":{"targetGroupArn":"arn"}},"httpMethod":"POST","path":"/a.B/C",)"
        R"("multiValueHeaders":{"content-type":["application/proto"],"x-two":["1","2"]},"body":"","isBase64Encoded":false})");
    EXPECT_EQ(*request.find_header("content-type"), "application/proto");
    EXPECT_EQ(*request.find_header("X-Two"), "1");
    EXPECT_EQ(request.headers.size(), 3U);
    EXPECT_EQ(request.body, "");
}

struct Case {
    const char* members;
    std::string body;
};

void PrintTo(const Case& row, std::ostream* out) {
    *out << row.members;
}

class ProxyEventBody : public testing::TestWithParam<Case> {};

TEST_P(ProxyEventBody, IsTheSameInBothFormats) {
    EXPECT_EQ(read_request(format_1(GetParam().members)).body, GetParam().body);
    EXPECT_EQ(read_request(format_2(GetParam().members)).body, GetParam().body);
}

INSTANTIATE_TEST_SUITE_P(
    Rpc, ProxyEventBody,
    testing::Values(Case{R"("headers":{},"body":null,"isBase64Encoded":false)", ""},
                    Case{R"("headers":{},"body":null,"isBase64Encoded":true)", ""},
                    Case{R"("headers":{},"isBase64Encoded":false)", ""}, Case{R"("headers":{})", ""},
                    Case{R"("headers":{},"body":"","isBase64Encoded":true)", ""},
                    Case{R"("headers":{},"body":"CAE=","isBase64Encoded":true)", "\x08\x01"},
                    Case{R"("headers":{},"body":"CAE=","isBase64Encoded":false)", "CAE="},
                    Case{R"("headers":{},"body":"CAE=")", "CAE="},
                    Case{R"("headers":{},"body":"\b\u0001","isBase64Encoded":false)", "\x08\x01"},
                    Case{R"("headers":{},"body":"{\"a\": \"\\u00e9 \u20ac\"}","isBase64Encoded":false)",
                         "{\"a\": \"\\u00e9 €\"}"},
                    Case{R"("headers":null,"body":"a\u0000b","isBase64Encoded":false)", std::string("a\0b", 3)}));

TEST(ProxyEvent, CarriesAllByteValuesAsBase64) {
    std::string bytes;
    for (int i = 0; i < 256; ++i) bytes.push_back(static_cast<char>(i));
    std::string text;
    wire::append_base64(text, bytes);
    const std::string members = R"("headers":{},"isBase64Encoded":true,"body":")" + text + "\"";
    EXPECT_EQ(read_request(format_1(members)).body, bytes);
    EXPECT_EQ(read_request(format_2(members)).body, bytes);
}

TEST(ProxyEvent, CarriesBodiesOfMegabytes) {
    const std::string bytes(4 * 1024 * 1024 + 1, '\xfe');
    std::string text;
    wire::append_base64(text, bytes);
    EXPECT_TRUE(read_request(format_2(R"("isBase64Encoded":true,"body":")" + text + "\"")).body == bytes);
}

TEST(ProxyEvent, FindsHeadersInAnyCase) {
    for (const char* name : {"Content-Type", "content-type", "CONTENT-TYPE", "cOnTeNt-TyPe"}) {
        const auto request =
            read_request(format_1(std::string(R"("headers":{")") + name + R"(":"application/proto"})"));
        ASSERT_NE(request.find_header("Content-Type"), nullptr) << name;
        EXPECT_EQ(*request.find_header("Content-Type"), "application/proto");
    }
    EXPECT_EQ(read_request(format_1(R"("headers":null)")).find_header("Content-Type"), nullptr);
    EXPECT_EQ(read_request(format_1(R"("headers":null,"multiValueHeaders":null)")).find_header("a"), nullptr);
}

TEST(ProxyEvent, MayNestDeeply) {
    const std::string deep = std::string(500, '[') + std::string(500, ']');
    EXPECT_EQ(read_request(format_1(R"("authorizer":)" + deep + R"(,"body":"x")")).body, "x");
}

TEST(ProxyEvent, OfAWebSocketApiIsKnownByItsEventType) {
    const std::pair<const char*, SocketEvent::Kind> rows[] = {{"CONNECT", SocketEvent::Kind::connect},
                                                              {"MESSAGE", SocketEvent::Kind::message},
                                                              {"DISCONNECT", SocketEvent::Kind::disconnect}};
    for (const auto& [type, kind] : rows) {
        const auto event = parse_event(R"({"requestContext":{"eventType":")" + std::string(type) + R"("},"body":"x"})");
        ASSERT_TRUE(std::holds_alternative<SocketEvent>(event)) << type;
        EXPECT_EQ(std::get<SocketEvent>(event).kind, kind);
        EXPECT_EQ(std::get<SocketEvent>(event).text, "x");
    }
}

TEST(ProxyEvent, ThatIsNoneSaysWhatIsMissing) {
    const std::pair<std::string, const char*> rows[] = {
        {"", "no JSON"},
        {"not json", "no JSON"},
        {"\"text\"", "neither"},
        {"[1]", "neither"},
        {"null", "neither"},
        {"{}", "neither 'httpMethod' nor 'requestContext.http'"},
        {R"({"Records":[{"eventSource":"aws:sqs"}]})", "neither"},
        {R"({"httpMethod":"POST"})", "'path'"},
        {R"({"httpMethod":7,"path":"/"})", "'httpMethod'"},
        {R"({"requestContext":{"http":{"method":"POST"}}})", "'rawPath'"},
        {R"({"requestContext":{"http":{}},"rawPath":"/"})", "'method'"},
        {format_1(R"("body":{"a":1})"), "body"},
        {format_1(R"("body":"no base64!","isBase64Encoded":true)"), "isBase64Encoded"},
        {format_2(R"("body":"CAE","isBase64Encoded":true)"), "isBase64Encoded"},
        {"{\"httpMethod\":\"POST\",\"path\":\"/\",\"body\":\"\xff\"}", "no JSON"},
        {format_1(R"("body":"\ud800")"), "holds a text with half of a surrogate pair"},
        {format_1(R"("body":"\ud800\u0041")"), "holds a text with half of a surrogate pair"},
        {format_1(R"("body":"\udc00")"), "holds a text with half of a surrogate pair"},
    };
    for (const auto& [event, expected] : rows) {
        try {
            parse_event(event);
            ADD_FAILURE() << event;
        } catch (const UnknownEvent& error) {
            EXPECT_THAT(error.what(), HasSubstr(expected)) << event;
        }
    }
}

}  // namespace
}  // namespace understudy::rpc
