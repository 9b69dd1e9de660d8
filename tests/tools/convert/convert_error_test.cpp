#include "tests/tools/convert/converted.hpp"
#include "tools/convert/convert.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <logquery/v1/logquery.pb.h>

namespace understudy::convert::convert_error_test {
namespace {

using logquery::v1::FindMessagesRequest;
using logquery::v1::FindMessagesResponse;
using testing::HasSubstr;

template <class Message>
std::string shown(std::string_view text, Wording wording) {
    Message message;
    return diagnosed(text, message, ConvertOptions{.wording = wording, .left_to_caller = {}});
}

TEST(ConvertError, ShowsAnUnknownFieldAndWhatMayBeMeant) {
    EXPECT_EQ(shown<FindMessagesRequest>("time: 2024-05-01T12:00:00Z\npatern: x\n", Wording::types),
              "error: unknown field 'patern' in logquery.v1.FindMessagesRequest\n"
              "  --> a.yaml:2:1\n"
              "   |\n"
              " 2 | patern: x\n"
              "   | ^^^^^^ did you mean 'pattern'?\n"
              "   = note: logquery.v1.FindMessagesRequest has the fields time, tolerance, pattern, limit\n");
}

TEST(ConvertError, SpeaksInWordsOfOurOwnFormats) {
    EXPECT_EQ(shown<FindMessagesRequest>("quack: x\n", Wording::words),
              "error: unknown key 'quack' in a find messages request\n"
              "  --> a.yaml:1:1\n"
              "   |\n"
              " 1 | quack: x\n"
              "   | ^^^^^\n"
              "   = note: a find messages request has the keys time, tolerance, pattern, limit\n");
}

TEST(ConvertError, NamesTheFieldAndItsType) {
    EXPECT_EQ(shown<FindMessagesResponse>("messages:\n  - {}\n  - text: a\n    offset: -1\n", Wording::types),
              "error: '-1' is out of the range of uint64\n"
              "  --> a.yaml:4:13\n"
              "   |\n"
              " 4 |     offset: -1\n"
              "   |             ^^\n"
              "   = note: messages[1].offset is a uint64\n");
}

TEST(ConvertError, NamesTheTypeOfEveryShape) {
    const auto note = [](std::string_view text) {
        const auto problems = problems_of(text, *everything().make("test.Everything"));
        return problems.size() == 1 ? problems.front().message() + "; " + problems.front().note() : "?";
    };
    EXPECT_EQ(note("strings: a"), "'a' is not a sequence; strings is a list of string");
    EXPECT_EQ(note("strings: {a: b}"), "a mapping is not a sequence; strings is a list of string");
    EXPECT_EQ(note("strings: [[a]]"), "a sequence is not a text; strings[0] is a string");
    EXPECT_EQ(note("strings: [a, null]"), "null cannot be an item; strings[1] is a string");
    EXPECT_EQ(note("labels: [a]"), "a sequence is not a mapping; labels is a map from string to string");
    EXPECT_EQ(note("labels: {a: null}"), "null cannot be an item; labels[\"a\"] is a string");
    EXPECT_EQ(note("by_number: {x: y}"), "'x' is not a whole number; by_number[\"x\"] is a key of type int64");
    EXPECT_EQ(note("by_flag: {yes: y}"), "'yes' is not true or false; by_flag[\"yes\"] is a key of type bool");
    EXPECT_EQ(note("child: 1"), "'1' is not a mapping; child is test.Everything");
    EXPECT_EQ(note("child: {child: {enum_field: WARM}}"),
              "'WARM' is not a value of test.Level; child.child.enum_field is a test.Level: INFO, WARN, ERROR");
    EXPECT_EQ(note("child_by_name: {a: {time: now}}"),
              "'now' is not a timestamp; child_by_name[\"a\"].time is google.protobuf.Timestamp");
    EXPECT_EQ(note("structure: {a: [.nan]}"),
              "'.nan' is not a number of JSON; structure[\"a\"][0] is google.protobuf.Value");
    EXPECT_EQ(note("empty: {a: 1}"), "unknown field 'a' in google.protobuf.Empty; google.protobuf.Empty has no fields");
    EXPECT_EQ(note("any: {'@type': t/google.protobuf.Duration, value: x}"),
              "'x' is not a duration; any.value is google.protobuf.Duration");
    EXPECT_EQ(note("[a]"), "a sequence is not a mapping; expected test.Everything");
}

TEST(ConvertError, TellsAllProblemsInTheOrderOfTheText) {
    FindMessagesResponse response;
    EXPECT_EQ(converted("messages:\n  - {offset: x, lvel: y}\n  - 5\ntruncated: maybe\nmore: 1\n", response),
              "a.yaml:2:14: 'x' is not a whole number\n"
              "a.yaml:2:17: unknown field 'lvel' in logquery.v1.LogMessage (did you mean 'level'?)\n"
              "a.yaml:3:5: '5' is not a mapping\n"
              "a.yaml:4:12: 'maybe' is not true or false\n"
              "a.yaml:5:1: unknown field 'more' in logquery.v1.FindMessagesResponse");
}

TEST(ConvertError, TellsNoMoreThanAHundred) {
    std::string text = "messages: [";
    for (int i = 0; i < 500; ++i) text += "1, ";
    FindMessagesResponse response;
    EXPECT_EQ(problems_of(text + "]", response).size(), 100U);
}

TEST(ConvertError, KeepsWhatIsRight) {
    FindMessagesRequest request;
    EXPECT_EQ(problems_of("{limit: x, pattern: good}", request).size(), 1U);
    EXPECT_EQ(request.pattern(), "good");
}

TEST(ConvertError, OneFieldUnderTwoNamesIsGivenTwice) {
    const auto problems = problems_of("int32_field: 1\nint32Field: 2\n", *everything().make("test.Everything"));
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(to_string(problems[0]), "a.yaml:2:1: the field 'int32_field' is given twice");
    EXPECT_EQ(problems[0].note(), "it was first given as 'int32_field' at a.yaml:1:1");
}

TEST(ConvertError, OneKeyInTwoSpellingsIsGivenTwice) {
    EXPECT_EQ(converted("by_number: {1: a, 0x1: b, 2: c}", *everything().make("test.Everything")),
              "a.yaml:1:19: the key '0x1' is given twice");
    EXPECT_EQ(converted("by_flag: {true: a, True: b}", *everything().make("test.Everything")),
              "a.yaml:1:20: the key 'True' is given twice");
}

TEST(ConvertError, OfAOneofOnlyOneIsGiven) {
    const auto problems = problems_of("left: x\nright: 1\n", *everything().make("test.Everything"));
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(to_string(problems[0]), "a.yaml:2:1: 'right' cannot be given together with 'left'");
    EXPECT_EQ(problems[0].note(), "only one of the oneof 'side' can be given; the other is at a.yaml:1:1");
    EXPECT_EQ(converted("{left: null, right: 1}", *everything().make("test.Everything")), "right: 1");
    EXPECT_EQ(converted("{left: x, right: ~}", *everything().make("test.Everything")), "left: \"x\"");
}

TEST(ConvertError, MatchersAreToldApartFromFields) {
    const std::string expected =
        "a matcher cannot stand here: the key '$any' begins with '$' (write '$$any' for a literal key)";
    EXPECT_EQ(converted<FindMessagesRequest>("{$any: true}"), "a.yaml:1:2: " + expected);
    EXPECT_EQ(converted<FindMessagesRequest>("{pattern: {$any: true}}"), "a.yaml:1:12: " + expected);
    EXPECT_EQ(converted<FindMessagesRequest>("{time: {$any: true}}"), "a.yaml:1:9: " + expected);
    EXPECT_EQ(converted<FindMessagesResponse>("{messages: {$any: true}}"), "a.yaml:1:13: " + expected);
    EXPECT_EQ(converted("labels: {$any: x}", *everything().make("test.Everything")), "a.yaml:1:10: " + expected);
    EXPECT_EQ(converted("by_number: {$any: x}", *everything().make("test.Everything")), "a.yaml:1:13: " + expected);
    FindMessagesRequest request;
    EXPECT_EQ(problems_of("{$any: true}", request).front().code(), source::ProblemCode::invalid);
    EXPECT_THAT(converted<FindMessagesRequest>("{$$pattern: x}"), HasSubstr("unknown field '$$pattern'"));
}

}  // namespace
}  // namespace understudy::convert::convert_error_test
