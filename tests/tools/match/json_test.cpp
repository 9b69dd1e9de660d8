// JSON, texts and bytes are compared by the same rules as messages.
#include "tools/match/match.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::match::json_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> compare(const std::string& expectation, const std::string& actual) {
    const auto document = source::parse_document(expectation, "test.yaml").value();
    const auto read = read_json_expectation(document.root(), Rules());
    if (!read.expectation) return {"unreadable: " + to_string(read.problems.at(0))};
    const auto comparison = read.expectation->compare_json(actual);
    if (!comparison) return {comparison.error().message()};
    std::vector<std::string> out;
    for (const auto& difference : comparison->differences) out.push_back(difference.where.message());
    return out;
}

TEST(Json, NumbersThatDifferInAnyDigitDiffer) {
    const std::pair<const char*, const char*> table[] = {
        {"0.1", "0.10000000000000000001"},
        {"1e400", "1e401"},
        {"12345678901234567890.5", "12345678901234567890.6"},
        {"1e-400", "1e-401"},
        {"1e2147483648", "1e2147483649"},
        {"1e99999999999999999999", "1e99999999999999999998"},
    };
    for (const auto& [expected, actual] : table) {
        EXPECT_THAT(compare(expected, actual), ElementsAre(HasSubstr("expected " + std::string(expected)))) << actual;
        EXPECT_THAT(compare(expected, expected), IsEmpty());
        const auto recorded = to_json_expectation(expected, Rules()).value();
        EXPECT_FALSE(recorded.compare_json(actual).value().equal()) << actual;
    }
}

TEST(Json, EqualValuesAreEqualHoweverTheyAreWritten) {
    const std::pair<const char*, const char*> table[] = {
        {"{ a: 1, b: [true, null, x] }", R"({"b":[true,null,"x"],"a":1.0})"},
        {"100", "1e2"},
        {"9007199254740993", "9007199254740993"},
        {"0.10", "0.1"},
        {"-0", "0"},
        {"10e2147483648", "1E+2147483649"},
        {R"({ a: '1e99999999999\"', b: [1e99999999999, 1] })", R"({"a":"1e99999999999\\\"","b":[1e99999999999,1]})"},
        {"{ \"a\": \"1\" }", R"({"a":"\u0031"})"},
        {"{}", "{}"},
        {"[]", " [ ] "},
        {"{ a: { $partial: { b: 1 } } }", R"({"a":{"b":1,"c":2}})"},
        {"{ a: { $contains: x } }", R"({"a":"xyz"})"},
        {"{ a: { $contains: [1] } }", R"({"a":[2,1]})"},
        {"{ a: { $unordered: [1, 2] } }", R"({"a":[2,1]})"},
        {"{ a: { $contains: [x, z] } }", R"({"a":"xyz"})"},
        {"{ a: { $contains: x } }", R"({"a":["y","x"]})"},
        {"{ a: { $contains: 5 } }", R"({"a":[1,5.0]})"},
        {"{ a: { $contains: [x, 1, null] } }", R"({"a":[null,1,"x","y"]})"},
        {"{ a: { $contains: { b: 1 } } }", R"({"a":{"b":1,"c":2}})"},
        {"{ a: { $contains: { b: 1 } } }", R"({"a":[{"c":2},{"b":1}]})"},
        {"{ a: { $contains: { $partial: { b: 1 } } } }", R"({"a":[{"b":1,"c":2}]})"},
        {"{ a: { $contains: { b: { $partial: { c: 1 } } } } }", R"({"a":{"b":{"c":1,"d":2},"e":3}})"},
        {"{ a: { $contains: { b: { $partial: { c: 1 } } } } }", R"({"a":[{"b":{"c":1,"d":2}}]})"},
        {"{ a: 2, b: 1 }", R"({"a":1,"b":1,"a":2})"},
        {"{ a: { $contains: [{ $regex: ^x }] } }", R"({"a":["y","xy"]})"},
        {"{ a: { $contains: [] } }", R"({"a":["y"]})"},
        {"{ a: { $regex: '^x.z$' } }", R"({"a":"xyz"})"},
        {"{ a: { $regex: '^1' } }", R"({"a":"12"})"},
        {"{ t: { $between: ['2026-01-05T10:00:00Z', '2026-01-05T11:00:00Z'] } }",
         R"({"t":"2026-01-05T12:30:00+02:00"})"},
        {"{ t: { $approx: { value: '2026-01-05T10:00:00Z', tol: 1s } } }", R"({"t":"2026-01-05T10:00:00.5Z"})"},
        {"{ t: { $between: [-2s, -1.5s] } }", R"({"t":"-1.5s"})"},
        {"{ a: $absent, b: $any }", "{}"},
        {"{ $ignore: [headers.x-id], headers: {} }", R"({"headers":{"x-id":"5"}})"},
        {"{ $ignore: ['a[\"b\"]', 'a[\"1\"]', a.2, a.d-e, '[\"f\"].g'], a: {}, f: {} }",
         R"({"a":{"b":1,"1":2,"2":3,"d-e":4},"f":{"g":5}})"},
        {"{ t: { $type: integer, $between: [1, 5] } }", R"({"t":5})"},
        {"{ a: .5, b: -5., c: { $approx: { value: .5, tol: .25 } } }", R"({"a":0.5,"b":-5,"c":0.75})"},
    };
    for (const auto& [expectation, actual] : table) EXPECT_THAT(compare(expectation, actual), IsEmpty()) << expectation;
}

TEST(Json, DifferencesAreNamedByTheirPath) {
    const std::tuple<const char*, const char*, const char*> table[] = {
        {"{ a: 1 }", R"({"a":"1"})", "a: expected 1, got \"1\""},
        {"9007199254740993", "9007199254740992", "expected 9007199254740993, got 9007199254740992"},
        {"{ a: null }", "{}", "a: expected null, got absent"},
        {"{ a: { b-c: 1 } }", R"({"a":{"b-c":2}})", "a[\"b-c\"]: expected 1, got 2"},
        {"{ a: [1, 2] }", R"({"a":[1]})", "a[1]: expected 2, got absent"},
        {"{ a: [] }", R"({"a":{}})", "a: expected [], got {}"},
        {"{}", R"({"a":[{"b":null}]})", "a: expected absent, got [{\"b\":null}]"},
        {"{ a: { $contains: x } }", R"({"a":"abc"})", "a: expected text with \"x\", got \"abc\""},
        {"{ a: { $contains: x } }", R"({"a":["xyz"]})", "a: expected an element \"x\", got [\"xyz\"]"},
        {"{ a: { $contains: 5 } }", R"({"a":"15"})", "a: expected a list with 5, got \"15\""},
        {"{ a: { $contains: '5' } }", R"({"a":15})", "a: expected a text or list with \"5\", got 15"},
        {"{ a: { $contains: x } }", R"({"a":null})", "a: expected a text or list with \"x\", got null"},
        {"{ a: { $contains: x } }", "{}", "a: expected a text or list with \"x\", got absent"},
        {"{ a: { $contains: x } }", R"({"a":{"x":1}})", "a: expected a text or list with \"x\", got {\"x\":1}"},
        {"{ a: { $contains: { b: 1 } } }", R"({"a":{"b":2,"c":3}})", "a.b: expected 1, got 2"},
        {"{ a: { $contains: { b: { c: 1 } } } }", R"({"a":{"b":{"c":1,"d":2},"e":3}})",
         "a.b.d: expected absent, got 2"},
        {"[1, $any]", "[1]", "[1]: expected present, got absent"},
        {"{ $ignore: ['a[*]'] }", R"({"a":[1]})", "a: expected absent, got [1]"},
        {"{ $ignore: ['a[\"1\"]', 'a.0'], a: [1, 2] }", R"({"a":[1,3]})", "a[1]: expected 2, got 3"},
        {"{ a: { $contains: { b: 1 } } }", R"({"a":"b"})", "a: expected {\"b\":1,…} or a list with it, got \"b\""},
        {"{ a: { $contains: { $typ: x } } }", "{}",
         "unreadable: test.yaml:1:21: unknown matcher '$typ' (did you mean '$type'?)"},
        {"{ a: { $regex: '^1' } }", R"({"a":12})", "a: expected a text that matches /^1/, got 12"},
        {"{ a: { $regex: t } }", R"({"a":true})", "a: expected a text that matches /t/, got true"},
        {"{ a: { $regex: '.' } }", R"({"a":["x"]})", "a: expected a text that matches /./, got [\"x\"]"},
        {"{ t: { $between: ['2026-01-05T10:00:00Z', '2026-01-05T11:00:00Z'] } }", R"({"t":"2026-01-05T09:59:59Z"})",
         "t: expected \"2026-01-05T10:00:00Z\" to \"2026-01-05T11:00:00Z\", got \"2026-01-05T09:59:59Z\""},
        {"{ t: { $between: [1s, 2s] } }", R"({"t":1.5})", "t: expected \"1s\" to \"2s\", got 1.5"},
        {"{ t: { $between: [1, 2] } }", R"({"t":"1.5"})", "t: expected 1 to 2, got \"1.5\""},
        {"{ t: { $between: [1, 2s] } }", "{}",
         "unreadable: test.yaml:1:18: one of them is a number and the other one a time"},
        {"{ t: { $approx: { value: '2026-01-05T10:00:00Z', tol: 1 } } }", "{}",
         "unreadable: test.yaml:1:55: '1' is no tolerance"},
        {"{ a: 1 }", "{", "not JSON: incomplete JSON at byte 1"},
        {"{ a: 1 }", "{}x", "not JSON: extra data at byte 2"},
        {"{ a: { $typ: x } }", "{}", "unreadable: test.yaml:1:8: unknown matcher '$typ' (did you mean '$type'?)"},
    };
    for (const auto& [expectation, actual, sentence] : table)
        EXPECT_THAT(compare(expectation, actual), ElementsAre(sentence)) << expectation;
}

TEST(Json, TwoTextsAreComparedByValue) {
    const auto expected = to_json_expectation(R"({"a":[1,{"b":"x"}]})", Rules()).value();
    EXPECT_TRUE(expected.compare_json(R"({ "a": [1.0, {"b": "x"}] })")->equal());
    const auto comparison = expected.compare_json(R"({"a":[1,{"b":"y"}]})").value();
    ASSERT_EQ(comparison.differences.size(), 1U);
    EXPECT_EQ(comparison.differences[0].path, "a[1].b");
    EXPECT_EQ(comparison.differences[0].where.position(), source::Position());
    EXPECT_THAT(to_json_expectation("[", Rules()).error().message(), HasSubstr("not JSON"));
}

TEST(Text, IsComparedAsItStands) {
    const auto met = [](const std::string& expectation, std::string_view actual) {
        const auto document = source::parse_document(expectation, "test.yaml").value();
        return read_text_expectation(document.root()).expectation->compare_text(actual).equal();
    };
    EXPECT_TRUE(met("5", "5"));
    EXPECT_FALSE(met("5", "5.0"));
    EXPECT_TRUE(met("{ $regex: ^a }", "abc"));
    EXPECT_FALSE(met("{ $len: 2 }", "abc"));
}

TEST(Text, WhatIsNoUtf8IsShownInHex) {
    const auto document = source::parse_document("\"\\uFFFD\"", "test.yaml").value();
    const auto expectation = *read_text_expectation(document.root()).expectation;
    EXPECT_TRUE(expectation.compare_text("\xEF\xBF\xBD").equal());
    EXPECT_EQ(expectation.compare_text("\xFF").differences.at(0).actual, "\"hex:ff\"");
}

TEST(Bytes, ADifferenceIsShownInHexAroundItsPlace) {
    EXPECT_FALSE(compare_bytes("abc", "abc", std::nullopt));
    const auto difference = compare_bytes("abcdefghijk", std::string("abcdefghij\0", 11), std::nullopt).value();
    EXPECT_EQ(difference.where.message(),
              "byte 10: expected …636465666768696a6b (11 bytes), got …636465666768696a00 (11 bytes)");
    EXPECT_EQ(compare_bytes("ab", "a", std::nullopt)->where.message(),
              "byte 1: expected 6162 (2 bytes), got 61 (1 bytes)");
}

}  // namespace
}  // namespace understudy::match::json_test
