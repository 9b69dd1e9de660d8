#include "tools/match/text_format.hpp"

#include "tests/tools/scenario/shop.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace understudy::match::text_format_test {
namespace {

using scenario::shop_message;
using testing::ElementsAre;
using testing::IsEmpty;

/// What differs in an Everything, both in text format.
std::vector<std::string> compare(const std::string& expected, const std::string& actual, Mode mode) {
    const auto message = shop_message("Everything", actual);
    const auto expectation = to_text_format_expectation(expected, *message, {.mode = mode, .ignore = {}});
    if (!expectation) return {expectation.error().message()};
    std::vector<std::string> sentences;
    for (const auto& difference : expectation->compare(*message).differences)
        sentences.push_back(difference.path + ": " + difference.expected + ", " + difference.actual);
    return sentences;
}

TEST(TextFormat, ADefaultThatIsWrittenCountsInAPartialComparison) {
    const auto partial = [](const std::string& expected, const std::string& actual) {
        return compare(expected, actual, Mode::partial);
    };
    EXPECT_THAT(partial("int32: 0", "int32: 4"), ElementsAre("int32: 0, 4"));
    EXPECT_THAT(partial("flag: false text: '' size: SIZE_UNKNOWN", "flag: true text: 'a' size: LARGE"),
                ElementsAre("flag: false, true", "text: \"\", \"a\"", "size: \"SIZE_UNKNOWN\", \"LARGE\""));
    EXPECT_THAT(partial("item { name: '' }", "item { name: 'a' size: LARGE }"), ElementsAre("item.name: \"\", \"a\""));
    EXPECT_THAT(partial("items { name: 'a' } items { name: '' }", "items { name: 'b' } items { name: 'b' }"),
                ElementsAre("items[0].name: \"a\", \"b\"", "items[1].name: \"\", \"b\""));
    EXPECT_THAT(
        partial("items: [{ size: LARGE }, { name: '' }]", "items { size: LARGE name: 'x' } items { name: 'b' }"),
        ElementsAre("items[1].name: \"\", \"b\""));
    EXPECT_THAT(partial("shelf { key: 7 value { name: '' } } shelf { key: 5 value { size: LARGE } }",
                        "shelf { key: 5 value { name: 'b' size: LARGE } } shelf { key: 7 value { name: 'a' } }"),
                ElementsAre("shelf[7].name: \"\", \"a\""));
    EXPECT_THAT(partial("numbers: []", "numbers: [1]"), ElementsAre("numbers[0]: absent, 1"));
    EXPECT_THAT(partial("any { [type.googleapis.com/shop.Item] { name: '' } }",
                        "any { [type.googleapis.com/shop.Item] { name: 'a' size: LARGE } }"),
                ElementsAre("any.name: \"\", \"a\""));
    EXPECT_THAT(partial("", "int32: 4 items { name: 'a' }"), IsEmpty());
    EXPECT_THAT(
        partial("item {} time {} wrapped {} structure {}", "item {} time {} wrapped {} structure {} flag: true"),
        IsEmpty());
}

TEST(TextFormat, InAnExactComparisonADefaultIsAsGoodAsNothing) {
    EXPECT_THAT(compare("int32: 0 numbers: []", "", Mode::exact), IsEmpty());
    EXPECT_THAT(compare("int32: 0", "int32: 4 flag: true", Mode::exact),
                ElementsAre("int32: 0, 4", "flag: false, true"));
    EXPECT_THAT(compare("maybe: 0", "", Mode::exact), ElementsAre("maybe: 0, absent"));
}

TEST(TextFormat, ATextThatIsNoneSaysWhere) {
    EXPECT_THAT(compare("int32: 0\n  it: 1", "", Mode::exact),
                ElementsAre("2:5: Message type \"shop.Everything\" has no field named \"it\"."));
}

}  // namespace
}  // namespace understudy::match::text_format_test
