#include "tools/understudy/sent_response.hpp"

#include <gtest/gtest.h>

namespace understudy::cli {
namespace {

TEST(SentResponse, StatesItsLengthAsServeDoes) {
    const http::Response reply{200, {{"X", "a: b"}, {"Empty", ""}}, "body"};
    const http::Headers lines{{"X", "a: b"}, {"Empty", ""}, {"Content-Length", "4"}};
    EXPECT_EQ(to_sent_response(reply, "GET"), (http::Response{200, lines, "body"}));
    EXPECT_EQ(to_sent_response(reply, "HEAD"), (http::Response{200, lines, ""})) << "of the body that GET would get";
    EXPECT_EQ(to_sent_response({200, {{"content-length", "9"}}, "body"}, "GET"),
              (http::Response{200, {{"content-length", "4"}}, "body"}))
        << "made true";
    EXPECT_EQ(to_sent_response({204, {{"X", "1"}}, "body"}, "GET"), (http::Response{204, {{"X", "1"}}, ""}));
    EXPECT_EQ(to_sent_response({304, {}, "body"}, "GET"), (http::Response{304, {}, ""}));
}

}  // namespace
}  // namespace understudy::cli
