#include "tools/match/match.hpp"

#include "tests/tools/scenario/shop.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace understudy::match::match_test {
namespace {

using scenario::shop;
using scenario::shop_message;
using testing::ElementsAre;
using testing::IsEmpty;

// What compare_messages says about an expectation in YAML and a reply in protobuf text, as `line:column sentence`.
std::vector<std::string> compare(const std::string& expectation, const google::protobuf::Message& actual) {
    const auto document = source::parse_document(expectation, "test.yaml").value();
    const auto prototype = shop()->make_message(*actual.GetDescriptor());
    const auto read = read_message_expectation(document.root(), *prototype, Rules());
    for (const auto& problem : read.problems) ADD_FAILURE() << problem;
    std::vector<std::string> sentences;
    if (!read.expectation) return {"unreadable"};
    for (const auto& difference : read.expectation->compare(actual).differences) {
        const auto position = difference.where.position();
        sentences.push_back(std::to_string(position.line) + ':' + std::to_string(position.column) + ' ' +
                            difference.where.message());
    }
    return sentences;
}

std::vector<std::string> compare(const std::string& expectation, const std::string& actual) {
    return compare(expectation, *shop_message("Everything", actual));
}

struct Case {
    const char* expectation;
    const char* actual;
};

TEST(Match, EqualMeaningsAreEqual) {
    const Case cases[] = {
        {"{}", ""},
        {"int32: 5", "int32: 5"},
        {"int64: '9223372036854775807'", "int64: 9223372036854775807"},
        {"int64: 9223372036854775807", "int64: 9223372036854775807"},
        {"uint64: 18446744073709551615", "uint64: 18446744073709551615"},
        {"real: 0.1", "real: 0.1"},
        {"real: NaN", "real: nan"},
        {"single: NaN", "single: nan"},
        {"real: -Infinity", "real: -inf"},
        {"reals: [1, NaN, -0.0]", "reals: [1, nan, 0]"},
        {"flag: true", "flag: true"},
        {"text: <a>&é", "text: '<a>&\\303\\251'"},
        {"bytes: AAEC", "bytes: '\\000\\001\\002'"},
        {"bytes: 'hex:000102'", "bytes: '\\000\\001\\002'"},
        {"size: LARGE", "size: LARGE"},
        {"size: 2", "size: LARGE"},
        {"size: 7", "size: 7"},
        {"item: { name: a }", "item { name: 'a' }"},
        {"item: {}", "item {}"},
        {"items: [{ name: a }, {}]", "items { name: 'a' } items {}"},
        {"numbers: [1, 2]", "numbers: [1, 2]"},
        {"numbers: []", ""},
        {"counts: { b: 2, a: 1 }", "counts { key: 'a' value: 1 } counts { key: 'b' value: 2 }"},
        {"counts: { a: 0 }", "counts { key: 'a' value: 0 }"},
        {"counts: {}", ""},
        {"shelf: { 7: { name: a } }", "shelf { key: 7 value { name: 'a' } }"},
        {"names: { true: a }", "names { key: true value: 'a' }"},
        {"maybe: 0", "maybe: 0"},
        {"left: ''", "left: ''"},
        {"time: '2026-01-05T10:00:00Z'", "time { seconds: 1767607200 }"},
        {"time: '2026-01-05T11:00:00+01:00'", "time { seconds: 1767607200 }"},
        {"duration: 60.000s", "duration { seconds: 60 }"},
        {"duration: 1.5s", "duration { nanos: 1500000000 }"},
        {"duration: -1.5s", "duration { seconds: -2 nanos: 500000000 }"},
        {"any: { '@type': type.googleapis.com/shop.Item, name: a }",
         "any { type_url: 'other.host/shop.Item' value: '\\n\\001a' }"},
        {"any: { '@type': type.googleapis.com/google.protobuf.Duration, value: 60s }",
         "any { [type.googleapis.com/google.protobuf.Duration] { seconds: 60 } }"},
        {"structure: { a: [1, null, x] }",
         "structure { fields { key: 'a' value { list_value { values { number_value: 1 } values { null_value: "
         "NULL_VALUE } "
         "values { string_value: 'x' } } } } }"},
        {"wrapped: ''", "wrapped {}"},
        {"{ maybe: null, item: null, counts: null, text: null }", ""},
    };
    for (const auto& [expectation, actual] : cases)
        EXPECT_THAT(compare(expectation, actual), IsEmpty()) << expectation << " and " << actual;
}

TEST(Match, AStructsNumberIsADoubleHoweverManyDigitsAreWritten) {
    const std::string actual = "structure { fields { key: 'a' value { number_value: 0.1 } } }";
    EXPECT_THAT(compare("structure: { a: 0.10000000000000000001 }", actual), IsEmpty());
    EXPECT_THAT(compare("structure: { a: { $equals: 0.10000000000000000001 } }", actual), IsEmpty());
    EXPECT_THAT(compare("structure: { a: 0.1000000001 }", actual), testing::SizeIs(1));
}

TEST(Match, AWrittenDefaultIsCompared) {
    EXPECT_THAT(compare("int32: 0", "int32: 5"), ElementsAre("1:8 int32: expected 0, got 5"));
    EXPECT_THAT(compare("text: ''", "text: 'a'"), ElementsAre("1:7 text: expected \"\", got \"a\""));
    EXPECT_THAT(compare("flag: false", "flag: true"), ElementsAre("1:7 flag: expected false, got true"));
    EXPECT_THAT(compare("size: SIZE_UNKNOWN", "size: LARGE"),
                ElementsAre("1:7 size: expected \"SIZE_UNKNOWN\", got \"LARGE\""));
    EXPECT_THAT(compare("numbers: []", "numbers: 1"), ElementsAre("1:10 numbers[0]: expected absent, got 1"));
    EXPECT_THAT(compare("counts: {}", "counts { key: 'a' value: 1 }"),
                ElementsAre("1:9 counts[\"a\"]: expected absent, got 1"));
}

TEST(Match, ADefaultThatIsNotSentEqualsAWrittenOne) {
    EXPECT_THAT(compare("{ int32: 0, text: '', flag: false, size: SIZE_UNKNOWN, numbers: [], counts: {} }", ""),
                IsEmpty());
}

TEST(Match, AFieldThatIsNotWrittenMustNotBeSet) {
    EXPECT_THAT(compare("int32: 1", "int32: 1 text: 'x' item {}"),
                ElementsAre("1:1 text: expected absent, got \"x\"", "1:1 item: expected absent, got {}"));
    EXPECT_THAT(compare("{}", "numbers: [1, 2] counts { key: 'a' value: 1 }"),
                ElementsAre("1:1 numbers: expected absent, got [1,2]", "1:1 counts: expected absent, got {\"a\":1}"));
    EXPECT_THAT(compare("item: {}", "item { name: 'a' }"), ElementsAre("1:7 item.name: expected absent, got \"a\""));
}

TEST(Match, PresenceIsComparedWhereAFieldHasIt) {
    EXPECT_THAT(compare("maybe: 0", ""), ElementsAre("1:8 maybe: expected 0, got absent"));
    EXPECT_THAT(compare("{}", "maybe: 0"), ElementsAre("1:1 maybe: expected absent, got 0"));
    EXPECT_THAT(compare("item: {}", ""), ElementsAre("1:7 item: expected {}, got absent"));
    EXPECT_THAT(compare("left: ''", "right: 0"),
                ElementsAre("1:7 left: expected \"\", got absent", "1:1 right: expected absent, got 0"));
    EXPECT_THAT(compare("wrapped: ''", ""), ElementsAre("1:10 wrapped: expected \"\", got absent"));
}

TEST(Match, NullIsAFieldThatIsNotSet) {
    EXPECT_THAT(compare("maybe: null", "maybe: 0"), ElementsAre("1:8 maybe: expected absent, got 0"));
    EXPECT_THAT(compare("item: ~", "item {}"), ElementsAre("1:7 item: expected absent, got {}"));
}

TEST(Match, NestedFieldsAreNamedByTheirPath) {
    EXPECT_THAT(compare("items:\n  - name: a\n  - name: b\n    size: SMALL\n",
                        "items { name: 'a' } items { name: 'c' size: LARGE }"),
                ElementsAre("3:11 items[1].name: expected \"b\", got \"c\"",
                            "4:11 items[1].size: expected \"SMALL\", got \"LARGE\""));
    EXPECT_THAT(compare("shelf: { 7: { name: a } }", "shelf { key: 7 value { name: 'b' } }"),
                ElementsAre("1:21 shelf[7].name: expected \"a\", got \"b\""));
}

TEST(Match, ListsHaveOrderAndLength) {
    EXPECT_THAT(compare("numbers: [1, 2]", "numbers: [2, 1]"),
                ElementsAre("1:11 numbers[0]: expected 1, got 2", "1:14 numbers[1]: expected 2, got 1"));
    EXPECT_THAT(compare("numbers: [1, 2]", "numbers: 1"), ElementsAre("1:14 numbers[1]: expected 2, got absent"));
    EXPECT_THAT(compare("items: [{}]", "items {} items { name: 'b' }"),
                ElementsAre("1:8 items[1]: expected absent, got {\"name\":\"b\"}"));
}

TEST(Match, MapsAreComparedByKey) {
    EXPECT_THAT(compare("counts: { a: 1, b: 2 }", "counts { key: 'b' value: 3 } counts { key: 'c' value: 4 }"),
                ElementsAre("1:14 counts[\"a\"]: expected 1, got absent", "1:20 counts[\"b\"]: expected 2, got 3",
                            "1:9 counts[\"c\"]: expected absent, got 4"));
}

TEST(Match, TimesAreComparedByValue) {
    EXPECT_THAT(compare("time: '2026-01-05T10:00:00Z'", "time { seconds: 1767607200 nanos: 1000000 }"),
                ElementsAre("1:7 time: expected \"2026-01-05T10:00:00Z\", got \"2026-01-05T10:00:00.001Z\""));
    EXPECT_THAT(compare("duration: 60s", "duration { seconds: 61 }"),
                ElementsAre("1:11 duration: expected \"60s\", got \"61s\""));
}

TEST(Match, AnyIsComparedUnpacked) {
    EXPECT_THAT(compare("any: { '@type': type.googleapis.com/shop.Item, name: a }",
                        "any { [type.googleapis.com/shop.Item] { name: 'b' } }"),
                ElementsAre("1:54 any.name: expected \"a\", got \"b\""));
    EXPECT_THAT(
        compare("any: { '@type': type.googleapis.com/shop.Item }", "any { [type.googleapis.com/shop.Everything] {} }"),
        ElementsAre("1:17 any.@type: expected \"shop.Item\", got \"shop.Everything\""));
    EXPECT_THAT(compare("any: { '@type': type.googleapis.com/google.protobuf.Duration, value: 60s }",
                        "any { [type.googleapis.com/google.protobuf.Duration] { seconds: 61 } }"),
                ElementsAre("1:70 any.value: expected \"60s\", got \"61s\""));
}

TEST(Match, AnEmptyAnyHasNothingPackedInIt) {
    const std::string got = "any.@type: expected absent, got \"shop.Item\"";
    EXPECT_THAT(compare("any: {}", "any {}"), IsEmpty());
    EXPECT_THAT(compare("any: {}", ""), ElementsAre("1:6 any: expected {}, got absent"));
    for (const char* actual :
         {"any { [type.googleapis.com/shop.Item] {} }", "any { [type.googleapis.com/shop.Item] { name: 'a' } }"}) {
        EXPECT_THAT(compare("any: {}", actual), ElementsAre("1:6 " + got)) << actual;
        EXPECT_THAT(compare("any: { $exact: {} }", actual), ElementsAre("1:16 " + got)) << actual;
        EXPECT_THAT(compare("any: { $partial: {} }", actual), IsEmpty()) << actual;
    }
    EXPECT_THAT(compare("any: {}", "any { type_url: 'x/no.Such' value: 'a' }"),
                ElementsAre("1:6 any.@type: expected absent, got \"no.Such\""));
    EXPECT_THAT(compare("any: {}", "any { [type.googleapis.com/google.protobuf.Duration] { seconds: 60 } }"),
                ElementsAre("1:6 any.@type: expected absent, got \"google.protobuf.Duration\""));
}

TEST(Match, AnyOfAnUnknownTypeIsADifference) {
    EXPECT_THAT(compare("any: { '@type': type.googleapis.com/shop.Item }", "any { type_url: 'x/no.Such' value: 'a' }"),
                ElementsAre("1:17 any.@type: expected \"shop.Item\", got \"no.Such\""));
}

TEST(Match, AnyOfAnUnknownTypeIsComparedByItsBytes) {
    const auto* const actual = "any { type_url: 'x/no.Such' value: 'a' }";
    EXPECT_THAT(compare("any: { '@type': y/no.Such, value: 'hex:61' }", actual), IsEmpty());
    EXPECT_THAT(compare("any: { '@type': y/no.Such }", "any { type_url: 'x/no.Such' }"), IsEmpty());
    EXPECT_THAT(compare("any: { '@type': y/no.Such, value: $any }", actual), IsEmpty());
    EXPECT_THAT(compare("any: { '@type': y/no.Suck, value: 'hex:61' }", actual),
                ElementsAre("1:17 any.@type: expected \"no.Suck\", got \"no.Such\""));
    EXPECT_THAT(compare("any: { '@type': y/no.Such, value: 'hex:62' }", actual),
                ElementsAre("1:35 any.value: expected \"hex:62\", got \"hex:61\""));
    EXPECT_THAT(compare("any: { '@type': y/no.Such }", actual),
                ElementsAre("1:6 any.value: expected absent, got \"hex:61\""));
}

TEST(Match, AnyWithBytesThatAreNoneOfItsTypeIsADifference) {
    EXPECT_THAT(compare("any: { '@type': x/shop.Item }", "any { type_url: 'x/shop.Item' value: 'a' }"),
                ElementsAre("1:6 any.value (not in the schema): expected absent, got \"hex:61\""));
}

TEST(Match, BytesAreShownInHex) {
    EXPECT_THAT(compare("bytes: AAEC", "bytes: '\\377'"),
                ElementsAre("1:8 bytes: expected \"hex:000102\", got \"hex:ff\""));
}

TEST(Match, AFieldThatTheSchemaDoesNotKnowIsADifference) {
    auto actual = shop_message("Everything", "item {}");
    ASSERT_TRUE(actual->MergeFromString(std::string("\xF8\x06\x05", 3)));                  // 111: varint 5
    ASSERT_TRUE(actual->MergeFromString(std::string("\x52\x05\x52\x03\x61\x62\x63", 7)));  // item.10: "abc"
    EXPECT_THAT(compare("item: {}", *actual),
                ElementsAre("1:7 item.field 10 (not in the schema): expected absent, got \"hex:616263\"",
                            "1:1 field 111 (not in the schema): expected absent, got 5 (varint)"));
}

TEST(Match, TheCaretTakesTheWholeValue) {
    const auto document = source::parse_document("text: 'abc'", "test.yaml").value();
    const auto prototype = shop_message("Everything", "");
    const auto differences =
        read_message_expectation(document.root(), *prototype, Rules()).expectation->compare(*prototype).differences;
    ASSERT_EQ(differences.size(), 1U);
    EXPECT_EQ(differences[0].where.extent(), 5U);
    EXPECT_EQ(differences[0].path, "text");
    EXPECT_EQ(differences[0].expected, "\"abc\"");
    EXPECT_EQ(differences[0].actual, "\"\"");
}

}  // namespace
}  // namespace understudy::match::match_test
