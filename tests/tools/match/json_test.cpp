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

TEST(Json, EqualValuesAreEqualHoweverTheyAreWritten) {
    const std::pair<const char*, const char*> table[] = {
        {"{ a: 1, b: [true, null, x] }", R"({"b":[true,null,"x"],"a":1.0})"},
        {"100", "1e2"},
        {"9007199254740993", "9007199254740993"},
        {"0.10", "0.1"},
        {"-0", "0"},
        {"{ \"a\": \"1\" }", R"({"a":"\u0031"})"},
        {"{}", "{}"},
        {"[]", " [ ] "},
        {"{ a: { $partial: { b: 1 } } }", R"({"a":{"b":1,"c":2}})"},
        {"{ a: { $contains: x } }", R"({"a":"xyz"})"},
        {"{ a: { $contains: [1] } }", R"({"a":[2,1]})"},
        {"{ a: { $unordered: [1, 2] } }", R"({"a":[2,1]})"},
        {"{ a: $absent, b: $any }", "{}"},
        {"{ $ignore: [headers.x-id], headers: {} }", R"({"headers":{"x-id":"5"}})"},
        {"{ t: { $type: integer, $between: [1, 5] } }", R"({"t":5})"},
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
