#include "tools/convert/convert.hpp"

#include "tests/tools/convert/converted.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <logquery/v1/logquery.pb.h>

namespace understudy::convert::convert_test {
namespace {

using logquery::v1::FindMessagesRequest;
using logquery::v1::FindMessagesResponse;

TEST(Convert, FillsAGeneratedMessage) {
    EXPECT_EQ(
        converted<FindMessagesRequest>("time: 2024-05-01T12:00:00.250Z\ntolerance: 1.5s\npattern: '^ERR'\nlimit: 10\n"),
        "time { seconds: 1714564800 nanos: 250000000 } tolerance { seconds: 1 nanos: 500000000 } pattern: \"^ERR\" "
        "limit: 10");
}

TEST(Convert, FillsListsOfMessages) {
    EXPECT_EQ(converted<FindMessagesResponse>(
                  "messages:\n  - level: WARN\n    offset: 18446744073709551615\n  - {text: 1.0}\ntruncated: true\n"),
              "messages { level: \"WARN\" offset: 18446744073709551615 } messages { text: \"1.0\" } truncated: true");
}

TEST(Convert, ReadsJson) {
    EXPECT_EQ(converted<FindMessagesResponse>(
                  "{\"messages\":[{\"text\":\"\\ud83d\\ude00\",\"offset\":\"7\"}],\"truncated\":false}"),
              "messages { text: \"\\360\\237\\230\\200\" offset: 7 }");
}

TEST(Convert, TakesNullAsAbsent) {
    EXPECT_EQ(converted<FindMessagesResponse>("messages:\ntruncated: null\n"), "");
    EXPECT_EQ(converted<FindMessagesRequest>("{time: ~, pattern: , limit: null}"), "");
    EXPECT_EQ(converted<FindMessagesRequest>("{}"), "");
}

TEST(Convert, FollowsAliasesAndMergeKeys) {
    EXPECT_EQ(
        converted<FindMessagesResponse>("messages:\n  - &m {level: INFO, text: a}\n  - *m\n  - {<<: *m, text: b}\n"),
        "messages { level: \"INFO\" text: \"a\" } messages { level: \"INFO\" text: \"a\" } messages { level: \"INFO\" "
        "text: \"b\" }");
}

TEST(Convert, LeavesFieldsToTheCaller) {
    const ConvertOptions options{.wording = Wording::types, .left_to_caller = [](const auto& field) {
                                     return field.name() == "time" || field.name() == "limit";
                                 }};
    FindMessagesRequest request;
    EXPECT_TRUE(convert_message(load("{time: {$any: true}, limit: [x], pattern: p}"), request, options).empty());
    EXPECT_EQ(request.ShortDebugString(), "time { } pattern: \"p\"");
    request.Clear();
    EXPECT_TRUE(convert_message(load("{time: null}"), request, options).empty());
    EXPECT_FALSE(request.has_time());
    const ConvertOptions lists{.wording = Wording::types,
                               .left_to_caller = [](const auto& field) { return field.name() == "messages"; }};
    FindMessagesResponse response;
    EXPECT_TRUE(convert_message(load("{messages: anything}"), response, lists).empty());
    EXPECT_EQ(response.ShortDebugString(), "");
}

TEST(Convert, AddsToWhatTheMessageHolds) {
    FindMessagesRequest request;
    request.set_limit(5);
    EXPECT_EQ(converted("pattern: x", request), "pattern: \"x\" limit: 5");
}

}  // namespace
}  // namespace understudy::convert::convert_test
