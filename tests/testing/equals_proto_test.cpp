#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest-spi.h>

#include <logquery/v1/logquery.pb.h>

#include <understudy/equals_proto.hpp>

namespace understudy {
namespace {

using ::logquery::v1::FindMessagesRequest;
using ::logquery::v1::FindMessagesResponse;

FindMessagesResponse found(const std::string& text) {
    FindMessagesResponse message;
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message));
    return message;
}

/// What EXPECT_THAT would say of a message that does not match; empty where it does.
std::string explain(const ProtoMatcher& matcher, const google::protobuf::Message& message) {
    ::testing::StringMatchResultListener listener;
    return matcher.MatchAndExplain(message, &listener) ? std::string() : listener.str();
}

const std::string kTwo = R"(messages { level: "INFO" text: "a" } messages { level: "WARN" text: "b" offset: 7 })";

TEST(EqualsProto, TakesAMessageOrItsText) {
    EXPECT_THAT(found(kTwo), EqualsProto(kTwo));
    EXPECT_THAT(found(kTwo), EqualsProto(found(kTwo)));
    EXPECT_THAT(FindMessagesResponse(), EqualsProto(""));
    EXPECT_THAT(found(kTwo), ::testing::Not(EqualsProto("truncated: true")));
}

TEST(EqualsProto, TellsEachDifferenceByItsPath) {
    const auto actual = found(R"(messages { level: "INFO" text: "a" } messages { level: "INFO" text: "b" offset: 8 })");
    EXPECT_EQ(explain(EqualsProto(kTwo), actual),
              "which differs:\n"
              "  messages[1].level: expected \"WARN\", got \"INFO\"\n"
              "  messages[1].offset: expected 7, got 8");
}

TEST(EqualsProto, DescribesItself) {
    EXPECT_EQ(::testing::DescribeMatcher<const FindMessagesResponse&>(EqualsProto(found("truncated: true"))),
              R"(equals logquery.v1.FindMessagesResponse {"truncated":true})");
    EXPECT_EQ(::testing::DescribeMatcher<const FindMessagesResponse&>(Partially(EqualsProto("truncated: true"))),
              "has what is set in {truncated: true}");
}

TEST(EqualsProto, PartiallyLooksAtWhatIsSet) {
    EXPECT_THAT(found(kTwo + " truncated: true"), Partially(EqualsProto("truncated: true")));
    EXPECT_THAT(found(kTwo + " truncated: true"), Partially(EqualsProto(found(kTwo))));
    EXPECT_EQ(explain(Partially(EqualsProto("truncated: true")), found(kTwo)),
              "which differs:\n  truncated: expected true, got false");
}

TEST(EqualsProto, PartiallyLooksAtADefaultThatATextWrites) {
    EXPECT_THAT(found(kTwo), Partially(EqualsProto("truncated: false")));
    EXPECT_EQ(explain(Partially(EqualsProto("truncated: false")), found(kTwo + " truncated: true")),
              "which differs:\n  truncated: expected false, got true");
    EXPECT_EQ(explain(Partially(EqualsProto("messages { offset: 0 } messages { text: '' }")), found(kTwo)),
              "which differs:\n  messages[1].text: expected \"\", got \"b\"");
    EXPECT_THAT(found(kTwo + " truncated: true"), Partially(EqualsProto(FindMessagesResponse())));
}

TEST(EqualsProto, IgnoresPaths) {
    EXPECT_THAT(found(kTwo), EqualsProto(R"pb(messages { level: "INFO" text: "x" }
                                              messages { level: "WARN" text: "y" offset: 1 })pb")
                                 .ignoring({"messages.text", "messages[1].offset"}));
}

TEST(EqualsProto, AnotherTypeIsNotEqual) {
    EXPECT_EQ(explain(EqualsProto(FindMessagesRequest()), found("")), "which is a logquery.v1.FindMessagesResponse");
}

/// What the expectation itself makes fail, where it is met when `matcher` is not.
#define EXPECT_MISTAKE(matcher, text) \
    EXPECT_NONFATAL_FAILURE(EXPECT_THAT(FindMessagesResponse(), ::testing::Not(matcher)), text)

TEST(EqualsProto, AMistakeInItFailsTheTestInEitherPolarity) {
    EXPECT_MISTAKE(EqualsProto("truncated: true\n  patern: 'x'"),
                   "a wrong expectation: the text is no logquery.v1.FindMessagesResponse: 2:9: Message type "
                   "\"logquery.v1.FindMessagesResponse\" has no field named \"patern\".");
    EXPECT_MISTAKE(EqualsProto("").ignoring({"truncatd"}), "'truncatd'");
    EXPECT_MISTAKE(EqualsProto(FindMessagesResponse()).ignoring({"messages.txt"}), "'txt'");
    EXPECT_MISTAKE(EqualsProto("").ignoring({"messages["}), "'messages[' is no path");
    EXPECT_MISTAKE(MatchesProto("{ messages: { $lenn: 3 } }"), "$lenn");
    EXPECT_MISTAKE(MatchesProto("{ truncated: true"), "a wrong expectation: expected:1:");
    EXPECT_MISTAKE(MatchesProto("mesages: []"), "unknown field 'mesages'");
}

TEST(EqualsProto, AMistakeIsToldWhereItWasMade) {
    ::testing::TestPartResultArray failures;
    {
        ::testing::ScopedFakeTestPartResultReporter reporter(&failures);
        explain(Partially(EqualsProto("no")), FindMessagesResponse());
    }
    ASSERT_EQ(failures.size(), 1);
    EXPECT_THAT(failures.GetTestPartResult(0).file_name(), ::testing::EndsWith("equals_proto_test.cpp"));
    EXPECT_EQ(failures.GetTestPartResult(0).line_number(), __LINE__ - 4);
}

TEST(MatchesProto, HasTheMatchersOfScenarios) {
    EXPECT_THAT(found(kTwo), MatchesProto("messages: [{ level: INFO, text: { $regex: '^a$' } }, $any]"));
    EXPECT_THAT(found(kTwo), MatchesProto("{ messages: { $len: 2 }, truncated: false }"));
    EXPECT_EQ(explain(MatchesProto("messages: { $len: 3 }"), found(kTwo)),
              "which differs:\n  messages: expected a length of 3, got a length of 2");
}

}  // namespace
}  // namespace understudy
