#include "tests/tools/convert/converted.hpp"
#include "tools/convert/json_text.hpp"

#include <google/protobuf/any.pb.h>
#include <google/protobuf/duration.pb.h>
#include <google/protobuf/struct.pb.h>
#include <gtest/gtest.h>

#include <logquery/v1/logquery.pb.h>

namespace understudy::convert::convert_any_test {
namespace {

using google::protobuf::Any;

TEST(ConvertAny, PacksAMessage) {
    Any any;
    EXPECT_TRUE(
        problems_of("{\"@type\": type.googleapis.com/logquery.v1.FindMessagesRequest, pattern: x, limit: 3}", any)
            .empty());
    EXPECT_EQ(any.type_url(), "type.googleapis.com/logquery.v1.FindMessagesRequest");
    logquery::v1::FindMessagesRequest request;
    ASSERT_TRUE(any.UnpackTo(&request));
    EXPECT_EQ(request.ShortDebugString(), "pattern: \"x\" limit: 3");
}

TEST(ConvertAny, TakesItsTypeAnywhereInTheMapping) {
    Any any;
    EXPECT_TRUE(problems_of("limit: 3\n'@type': example.com/a/logquery.v1.FindMessagesRequest\n", any).empty());
    EXPECT_EQ(any.value(), "\x20\x03");
}

TEST(ConvertAny, IsShownWithoutALineOfProtobufsOwnWhereItsTypeIsOfAnotherHost) {
    Any any;
    EXPECT_TRUE(problems_of("{'@type': example.com/logquery.v1.FindMessagesRequest, limit: 3}", any).empty());
    testing::internal::CaptureStderr();
    EXPECT_FALSE(to_json_text(any, Defaults::shown).empty());
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(ConvertAny, PacksWellKnownTypesByTheirValue) {
    Any any;
    EXPECT_TRUE(problems_of("{'@type': type.googleapis.com/google.protobuf.Duration, value: 1.5s}", any).empty());
    google::protobuf::Duration duration;
    ASSERT_TRUE(any.UnpackTo(&duration));
    EXPECT_EQ(duration.ShortDebugString(), "seconds: 1 nanos: 500000000");
    any.Clear();
    EXPECT_TRUE(problems_of("{'@type': type.googleapis.com/google.protobuf.Value, value: null}", any).empty());
    EXPECT_EQ(any.value(), std::string("\x08\x00", 2));
}

TEST(ConvertAny, PacksAnAny) {
    Any any;
    EXPECT_TRUE(problems_of("{'@type': type.googleapis.com/google.protobuf.Any, value: {'@type': "
                            "t/google.protobuf.Duration, value: 1s}}",
                            any)
                    .empty());
    Any inner;
    ASSERT_TRUE(any.UnpackTo(&inner));
    EXPECT_EQ(inner.type_url(), "t/google.protobuf.Duration");
}

TEST(ConvertAny, FindsItsTypesInThePoolOfTheMessage) {
    const auto message = everything().make("test.Everything");
    EXPECT_TRUE(problems_of("any: {'@type': t/old.Legacy, id: 7}", *message).empty());
    EXPECT_EQ(message->SerializeAsString(), "\x82\x02\x12\x0A\x0Ct/old.Legacy\x12\x02\x08\x07");
    EXPECT_EQ(converted("any: {'@type': t/logquery.v1.LogMessage}", *everything().make("test.Everything")),
              "a.yaml:1:16: unknown type 'logquery.v1.LogMessage'");
}

TEST(ConvertAny, MayBeEmpty) {
    EXPECT_EQ(converted<Any>("{}"), "");
}

TEST(ConvertAny, SaysWhatIsMissing) {
    EXPECT_EQ(converted<Any>("{a: 1}"),
              "a.yaml:1:1: the key '@type' is missing (write {\"@type\": type.googleapis.com/NAME, …})");
    EXPECT_EQ(converted<Any>("text"), "a.yaml:1:1: 'text' is not a mapping");
    EXPECT_EQ(converted<Any>("{'@type': logquery.v1.LogMessage}"),
              "a.yaml:1:11: 'logquery.v1.LogMessage' is not the URL of a type (write "
              "type.googleapis.com/logquery.v1.LogMessage)");
    EXPECT_EQ(converted<Any>("{'@type': t/x.Y}"), "a.yaml:1:11: unknown type 'x.Y'");
    EXPECT_EQ(converted<Any>("{'@type': t/google.protobuf.Duration, seconds: 1}"),
              "a.yaml:1:1: the key 'value' is missing\na.yaml:1:39: unknown key 'seconds' beside a packed "
              "google.protobuf.Duration");
    EXPECT_EQ(converted<Any>("{'@type': t/logquery.v1.LogMessage, '': 1}"),
              "a.yaml:1:37: unknown field '' in logquery.v1.LogMessage");
}

}  // namespace
}  // namespace understudy::convert::convert_any_test
