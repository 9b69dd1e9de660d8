#include "proto/wire/connect_error.hpp"

#include <gtest/gtest.h>

namespace understudy::wire::connect_error_test {
namespace {

TEST(ConnectError, HasTheCodesNameAndTheMessage) {
    EXPECT_EQ(render_connect_error({Code::not_found, "no such file"}),
              R"({"code":"not_found","message":"no such file"})");
    EXPECT_EQ(render_connect_error({Code::unimplemented, ""}), R"({"code":"unimplemented"})");
}

TEST(ConnectError, EscapesItsMessage) {
    const std::string message = "a \"quoted\"\\ line\nand é, €, \x01";
    const std::string body = render_connect_error({Code::internal, message});
    EXPECT_EQ(body.find('\n'), std::string::npos);
    EXPECT_EQ(parse_connect_error(500, body), Status(Code::internal, message));
}

TEST(ConnectError, OfAMessageThatIsNotUtf8IsStillJson) {
    const std::string body = render_connect_error({Code::internal, "bad \xff\xfe bytes"});
    EXPECT_EQ(parse_connect_error(500, body).code(), Code::internal);
    EXPECT_EQ(parse_connect_error(500, body).message().substr(0, 3), "bad");
}

TEST(ConnectError, OfEachCodeIsReadAsWritten) {
    for (int number = 1; number <= 16; ++number) {
        const Status status(static_cast<Code>(number), "why");
        EXPECT_EQ(parse_connect_error(418, render_connect_error(status)), status);
    }
}

struct Case {
    int http_status;
    const char* body;
    Status expected;
};

void PrintTo(const Case& row, std::ostream* out) {
    *out << row.http_status << " " << row.body;
}

class ForeignErrors : public testing::TestWithParam<Case> {};

TEST_P(ForeignErrors, AreReadAsConnectsClientsDo) {
    EXPECT_EQ(parse_connect_error(GetParam().http_status, GetParam().body), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Wire, ForeignErrors,
    testing::Values(
        Case{403,
             R"({"message":"Missing Authentication Token"})",
             {Code::permission_denied, "Missing Authentication Token"}},
        Case{404, R"({"message":"Not Found"})", {Code::unimplemented, "Not Found"}},
        Case{502, R"({"message": "Internal server error"})", {Code::unavailable, "Internal server error"}},
        Case{504, R"({"message": "Endpoint request timed out"})", {Code::unavailable, "Endpoint request timed out"}},
        Case{500, R"({"message":"Internal Server Error"})", {Code::unknown, "Internal Server Error"}},
        Case{403, R"({"Message":"Forbidden"})", {Code::permission_denied, "Forbidden"}},
        Case{502, "Internal Server Error", {Code::unavailable, "HTTP status 502"}},
        Case{503, "<html><body>503</body></html>", {Code::unavailable, "HTTP status 503"}},
        Case{401, "", {Code::unauthenticated, "HTTP status 401"}},
        Case{429, "{}", {Code::unavailable, "HTTP status 429"}},
        Case{400, R"({"code":null})", {Code::internal, "HTTP status 400"}},
        Case{400, R"({"code":3,"message":"m"})", {Code::internal, "m"}},
        Case{404, R"({"code":"nonsense","message":"m"})", {Code::unimplemented, "m"}},
        Case{404, R"({"code":"ok","message":"m"})", {Code::unimplemented, "m"}},
        Case{404, R"(["code"])", {Code::unimplemented, "HTTP status 404"}},
        Case{404, R"({"code":"not_found","message":"m"} trailing)", {Code::unimplemented, "HTTP status 404"}},
        Case{404, R"({"code":"not_found","message":null})", {Code::not_found, "HTTP status 404"}},
        Case{404,
             R"({"code":"not_found","message":"m","details":[{"type":"a.B","value":"CgA"}],"extra":{"x":[1]}})",
             {Code::not_found, "m", {{"a.B", std::string("\x0a\0", 2)}}}}));

}  // namespace
}  // namespace understudy::wire::connect_error_test
