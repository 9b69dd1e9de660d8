#include "emulator/http/message.hpp"

#include <gtest/gtest.h>

namespace understudy::http {
namespace {

TEST(Request, PathAndQueryAreTheTargetsOwnBytes) {
    Request request;
    request.target = "/a%2Fb/?x=%20&y=?";
    EXPECT_EQ(request.path(), "/a%2Fb/");
    EXPECT_EQ(request.query(), "x=%20&y=?");
    request.target = "/plain";
    EXPECT_EQ(request.path(), "/plain");
    EXPECT_EQ(request.query(), "");
}

TEST(Body, SharedAndOwnBytesCompareEqual) {
    EXPECT_EQ(Body("abc"), Body(std::make_shared<const std::string>("abc")));
    EXPECT_TRUE(Body().empty());
}

TEST(ReasonPhrase, KnownCodesHaveOneAndOthersNone) {
    EXPECT_EQ(reason_phrase(200), "OK");
    EXPECT_EQ(reason_phrase(431), "Request Header Fields Too Large");
    EXPECT_EQ(reason_phrase(504), "Gateway Timeout");
    EXPECT_EQ(reason_phrase(299), "");
    EXPECT_EQ(reason_phrase(999), "");
}

}  // namespace
}  // namespace understudy::http
