#include "tools/replay/event_headers.hpp"

#include <gtest/gtest.h>

namespace understudy::replay {
namespace {

const http::Headers kLines{{"Authorization", "new"}, {"X-Two", "1"}, {"x-two", "2"}, {"Cookie", "a=1; b=2"}};

TEST(EventHeaders, OfPayloadFormatTwoAreInLowerCaseAndJoinedWithCookiesApart) {
    EXPECT_EQ(replace_event_headers(R"({ "version":"2.0","cookies":["old=1"],"headers":{"a":"1","authorization":"x"},)"
                                    R"("requestContext":{"http":{}},"body":"\u0061 1.0" })",
                                    kLines),
              R"({ "version":"2.0","cookies":["a=1","b=2"],"headers":{"a":"1","authorization":"new","x-two":"1,2"},)"
              R"("requestContext":{"http":{}},"body":"\u0061 1.0" })");
    EXPECT_EQ(
        replace_event_headers(R"({"version":"2.0","headers":{},"requestContext":{"http":{}}})", {{"Cookie", "a=1"}}),
        R"({"cookies":["a=1"],"version":"2.0","headers":{},"requestContext":{"http":{}}})");
    EXPECT_EQ(replace_event_headers(
                  R"({"version":"2.0","headers":{},"requestContext":{"http":{},"domainName":"a.lambda-url.b"}})",
                  {{"Cookie", "a=1"}}),
              R"({"cookies":["a=1"],"version":"2.0","headers":{"cookie":"a=1"},)"
              R"("requestContext":{"http":{},"domainName":"a.lambda-url.b"}})");
}

TEST(EventHeaders, OfARestApiStandInBothMapsAsTheyAreSpelled) {
    EXPECT_EQ(replace_event_headers(R"({"httpMethod":"GET","multiValueHeaders":{"X-TWO":["0"],"b":["c"]},)"
                                    R"("headers":null,"requestContext":{}})",
                                    kLines),
              R"({"httpMethod":"GET","multiValueHeaders":{"X-TWO":["1","2"],"b":["c"],"Authorization":["new"],)"
              R"("Cookie":["a=1; b=2"]},)"
              R"("headers":{"Authorization":"new","X-Two":"2","Cookie":"a=1; b=2"},"requestContext":{}})");
}

TEST(EventHeaders, OfALoadBalancerStandInTheMapThatItHas) {
    EXPECT_EQ(replace_event_headers(R"({"multiValueHeaders":{"host":["h"]},"requestContext":{"elb":{}}})",
                                    {{"X-A", "\"1\""}}),
              R"({"multiValueHeaders":{"host":["h"],"x-a":["\"1\""]},"requestContext":{"elb":{}}})");
    EXPECT_EQ(replace_event_headers(R"({"headers":{"host":"h"},"requestContext":{"elb":{}}})", {{"X-A", "1"}}),
              R"({"headers":{"host":"h","x-a":"1"},"requestContext":{"elb":{}}})");
}

TEST(EventHeaders, OfWhatIsNoEventOfAnApiAreNone) {
    for (const char* event :
         {R"({"Records":[]})", R"({"headers":{"a":"1"}})", R"({"requestContext":7,"headers":{}})", "[1]", "no json", "",
          R"({"requestContext":{"connectionId":"a","eventType":"MESSAGE"},"body":"x"})"})
        EXPECT_EQ(replace_event_headers(event, {{"A", "2"}}), event);
    EXPECT_EQ(replace_event_headers("\n"
                                    R"({"requestContext":{"connectionId":"a"},"headers":{"A":"1"}})",
                                    {{"a", "2"}}),
              "\n"
              R"({"requestContext":{"connectionId":"a"},"headers":{"A":"2"}})")
        << "the handshake of a WebSocket";
}

}  // namespace
}  // namespace understudy::replay
