// Every matcher of an expectation, in tables of what it takes and what it refuses.
#include "tests/tools/scenario/shop.hpp"
#include "tools/match/match.hpp"
#include "tools/match/path_check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace understudy::match::matchers_test {
namespace {

using scenario::shop_message;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> sentences(const Comparison& comparison) {
    std::vector<std::string> out;
    for (const auto& difference : comparison.differences) out.push_back(difference.where.message());
    return out;
}

std::vector<std::string> compare(const std::string& expectation, const std::string& actual, const Rules& rules) {
    const auto document = source::parse_document(expectation, "test.yaml").value();
    const auto message = shop_message("Everything", actual);
    const auto read = read_message_expectation(document.root(), *message, rules);
    if (!read.expectation) return {"unreadable: " + to_string(read.problems.at(0))};
    return sentences(read.expectation->compare(*message));
}

std::vector<std::string> compare(const std::string& expectation, const std::string& actual) {
    return compare(expectation, actual, Rules());
}

struct Met {
    const char* expectation;
    const char* actual;
};

TEST(Matchers, WhatIsAskedIsMet) {
    const Met table[] = {
        {"text: $any", ""},
        {"text: $any", "text: 'a'"},
        {"text: { $any: true }", "text: 'a'"},
        {"item: $any", ""},
        {"text: $present", "text: 'a'"},
        {"{ item: { $present: true }, maybe: $present, numbers: $present }", "item {} maybe: 0 numbers: 1"},
        {"{ item: $absent, maybe: $absent, text: $absent, numbers: $absent, counts: { $absent: true } }", ""},
        {"text: '$any'", "text: '$any'"},
        {"text: { $regex: '^a+$' }", "text: 'aaa'"},
        {"text: { $regex: b }", "text: 'abc'"},
        {"size: { $regex: '^LAR' }", "size: LARGE"},
        {"wrapped: { $regex: '^$' }", "wrapped {}"},
        {"real: { $approx: { value: 1.5, tol: 0.5 } }", "real: 2"},
        {"int64: { $approx: { value: '9223372036854775807', tol: 0 } }", "int64: 9223372036854775807"},
        {"time: { $approx: { value: '2026-01-05T10:00:00Z', tol: 1.5s } }", "time { seconds: 1767607201 }"},
        {"duration: { $approx: { value: -0.5s, tol: 0.5s } }", "duration { seconds: 0 }"},
        {"int32: { $between: [-1, 1] }", ""},
        {"uint64: { $between: [18446744073709551614, 18446744073709551615] }", "uint64: 18446744073709551615"},
        {"real: { $between: [-Infinity, Infinity] }", "real: 1e300"},
        {"time: { $between: ['2026-01-05T10:00:00Z', '2026-01-05T10:00:01Z'] }",
         "time { seconds: 1767607200 nanos: 999999999 }"},
        {"duration: { $between: [-2s, -1s] }", "duration { seconds: -1 nanos: -500000000 }"},
        {"text: { $len: 2 }", "text: '\\303\\251a'"},
        {"bytes: { $len: [2, 4] }", "bytes: 'abc'"},
        {"numbers: { $len: 2 }", "numbers: [1, 2]"},
        {"{ numbers: { $len: 0 }, counts: { $len: 0 } }", ""},
        {"counts: { $len: 1 }", "counts { key: 'a' value: 0 }"},
        {"text: { $contains: b }", "text: 'abc'"},
        {"text: { $contains: [a, c] }", "text: 'abc'"},
        {"text: { $contains: '5' }", "text: '15'"},
        {"bytes: { $contains: 'hex:ff' }", "bytes: 'a\\377b'"},
        {"numbers: { $contains: [3, 1] }", "numbers: [1, 2, 3]"},
        {"numbers: { $contains: 2 }", "numbers: [1, 2, 3]"},
        {"items: { $contains: [{ name: b }] }", "items { name: 'a' } items { name: 'b' }"},
        {"items: { $contains: { $partial: { name: b } } }", "items { name: 'a' } items { name: 'b' size: LARGE }"},
        {"counts: { $contains: { a: 1 } }", "counts { key: 'a' value: 1 } counts { key: 'b' value: 2 }"},
        {"item: { $contains: { name: a } }", "item { name: 'a' size: LARGE }"},
        {"shelf: { $contains: { 7: { $partial: { name: b } } } }",
         "shelf { key: 6 value {} } shelf { key: 7 value { name: 'b' size: LARGE } }"},
        {"{ $partial: { shelf: { $contains: { 7: { name: b } } } } }",
         "shelf { key: 6 value {} } shelf { key: 7 value { name: 'b' size: LARGE } }"},
        {"numbers: [1, $any]", "numbers: [1, 2]"},
        {"{ left: $absent, right: 1 }", "right: 1"},
        {"{ left: { $any: true }, right: $any }", "left: 'a'"},
        {"numbers: [1, $absent]", "numbers: 1"},
        {"{ $ignore: ['items[*]'] }", "items { name: 'a' } items {}"},
        {"{ $ignore: ['counts.*'] }", "counts { key: 'a' value: 1 }"},
        {"{ $ignore: ['items[*]'], items: null }", "items {}"},
        {"{ $ignore: ['items[*]'], items: [$any] }", ""},
        {"numbers: { $unordered: [1, 2, 3] }", "numbers: [3, 1, 2]"},
        {"numbers: { $unordered: [$any, 3] }", "numbers: [3, 1]"},
        {"items: { $unordered: [{ name: { $regex: . } }, { name: a }] }", "items { name: 'a' } items { name: 'b' }"},
        {"numbers: { $unordered: [] }", ""},
        {"text: { $type: uuid }", "text: '01234567-89ab-cdef-0123-456789abcdef'"},
        {"text: { $type: timestamp }", "text: '2026-01-05T10:00:00Z'"},
        {"text: { $type: date }", "text: '2026-01-05'"},
        {"text: { $type: url }", "text: 'https://example.com/a?b'"},
        {"text: { $type: email }", "text: 'a@example.com'"},
        {"text: { $type: ipv4 }", "text: '10.0.255.1'"},
        {"text: { $type: ipv6 }", "text: '2001:db8::1'"},
        {"text: { $type: ipv6 }", "text: '::ffff:10.0.0.1'"},
        {"text: { $type: base64 }", "text: 'AAEC'"},
        {"text: { $type: hex }", "text: '0a1B'"},
        {"int32: { $type: integer }", "int32: 5"},
        {"any: { $type: shop.Item }", "any { [type.googleapis.com/shop.Item] { name: 'b' } }"},
        {"structure: { a: { $type: array }, b: { $type: number } }",
         "structure { fields { key: 'a' value { list_value {} } } fields { key: 'b' value { number_value: 1 } } }"},
        {"{ $partial: { text: a } }", "text: 'a' int32: 5 item { name: 'b' }"},
        {"item: { $partial: { name: a } }", "item { name: 'a' size: LARGE }"},
        {"{ $partial: { item: { name: a } } }", "item { name: 'a' size: LARGE } int32: 1"},
        {"{ $partial: { item: { $exact: { name: a } } } }", "item { name: 'a' } int32: 1"},
        {"text: { $equals: abc, $len: 3 }", "text: 'abc'"},
        {"text: { $regex: ^a, $contains: c, $len: [1, 5] }", "text: 'abc'"},
        {"{ $ignore: [int32, item.size], item: { name: a } }", "item { name: 'a' size: LARGE } int32: 5"},
        {"{ $ignore: ['items[*].size'], items: [{ name: a }] }", "items { name: 'a' size: LARGE }"},
        {"{ $ignore: [items.size], items: [{ name: a }, { name: b }] }",
         "items { name: 'a' size: LARGE } items { name: 'b' size: SMALL }"},
        {"{ $ignore: ['counts[\"b\"]', 'shelf[7].size'], counts: { a: 1 }, shelf: { 7: {} } }",
         "counts { key: 'a' value: 1 } counts { key: 'b' value: 2 } shelf { key: 7 value { size: LARGE } }"},
        {"{ $ignore: ['shelf[\"7\"].size', shelf.8, 'names[\"true\"]'], shelf: { 7: {} } }",
         "shelf { key: 7 value { size: LARGE } } shelf { key: 8 value {} } names { key: true value: 'a' }"},
        {"{ $ignore: ['structure[\"a\"].b', 'structure.a[\"c\"]'], structure: { a: {} } }",
         "structure { fields { key: 'a' value { struct_value { fields { key: 'b' value { number_value: 1 } } "
         "fields { key: 'c' value { number_value: 2 } } } } } }"},
        {"items: [{ $ignore: [size], name: a }]", "items { name: 'a' size: LARGE }"},
        {"any: { '@type': type.googleapis.com/shop.Item, name: { $len: 1 } }",
         "any { [type.googleapis.com/shop.Item] { name: 'b' } }"},
        {"structure: { a: $any, $$x: { $type: string } }",
         "structure { fields { key: '$x' value { string_value: '1' } } }"},
        {"counts: { a: { $between: [1, 2] } }", "counts { key: 'a' value: 2 }"},
        {"numbers: [1, $any]", "numbers: [1, 7]"},
    };
    for (const auto& [expectation, actual] : table)
        EXPECT_THAT(compare(expectation, actual), IsEmpty()) << expectation << " and " << actual;
}

struct Unmet {
    const char* expectation;
    const char* actual;
    const char* sentence;
};

TEST(Matchers, WhatIsNotMetIsSaidWithItsPath) {
    const Unmet table[] = {
        {"text: $present", "", "text: expected present, got \"\""},
        {"item: $present", "", "item: expected present, got absent"},
        {"item: $absent", "item {}", "item: expected absent, got {}"},
        {"numbers: $absent", "numbers: 1", "numbers: expected absent, got [1]"},
        {"text: { $regex: '^a$' }", "text: 'ab'", "text: expected a text that matches /^a$/, got \"ab\""},
        {"wrapped: { $regex: a }", "", "wrapped: expected a text that matches /a/, got absent"},
        {"real: { $approx: { value: 1.5, tol: 0.25 } }", "real: 2", "real: expected 1.5 ± 0.25, got 2"},
        {"real: { $approx: { value: 1, tol: 1 } }", "real: nan", "real: expected 1 ± 1, got NaN"},
        {"time: { $approx: { value: '2026-01-05T10:00:00Z', tol: 0.5s } }", "time { seconds: 1767607201 }",
         "time: expected \"2026-01-05T10:00:00Z\" ± 0.5s, got \"2026-01-05T10:00:01Z\""},
        {"int32: { $between: [1, 2] }", "int32: 3", "int32: expected 1 to 2, got 3"},
        {"duration: { $between: [-1s, 1s] }", "duration { seconds: -1 nanos: -1 }",
         "duration: expected \"-1s\" to \"1s\", got \"-1.000000001s\""},
        {"text: { $len: 2 }", "text: 'abc'", "text: expected a length of 2, got a length of 3"},
        {"numbers: { $len: [2, 3] }", "numbers: 1", "numbers: expected a length of 2 to 3, got a length of 1"},
        {"text: { $contains: [a, d] }", "text: 'abc'", "text: expected text with \"a\" and \"d\", got \"abc\""},
        {"bytes: { $contains: 'hex:00' }", "bytes: 'a'", "bytes: expected text with \"hex:00\", got \"hex:61\""},
        {"numbers: { $contains: [1, 1] }", "numbers: [1, 2]", "numbers: expected an element 1, got [1,2]"},
        {"counts: { $contains: { a: 1 } }", "counts { key: 'a' value: 2 }", "counts[\"a\"]: expected 1, got 2"},
        {"shelf: { $contains: { 7: { name: b } } }", "shelf { key: 7 value { name: 'b' size: LARGE } }",
         "shelf[7].size: expected absent, got \"LARGE\""},
        {"numbers: [1, $any]", "numbers: 1", "numbers[1]: expected present, got absent"},
        {"numbers: [$any]", "", "numbers[0]: expected present, got absent"},
        {"{ $ignore: ['items[1]'] }", "items {} items {}", "items: expected absent, got [{},{}]"},
        {"{ $ignore: [item.name] }", "item { name: 'a' }", "item: expected absent, got {\"name\":\"a\"}"},
        {"numbers: { $unordered: [1, 2] }", "numbers: [2, 3]", "numbers[1]: expected 1, got 3"},
        {"numbers: { $unordered: [1, 2] }", "numbers: [2]", "numbers: expected an element 1, got no such element"},
        {"numbers: { $unordered: [1] }", "numbers: [2, 1]", "numbers[0]: expected absent, got 2"},
        {"items: { $unordered: [{ name: a }, { name: b }] }", "items { name: 'b' } items { name: 'a' size: SMALL }",
         "items[1].size: expected absent, got \"SMALL\""},
        {"text: { $type: uuid }", "text: '01234567'", "text: expected type uuid, got \"01234567\""},
        {"text: { $type: ipv4 }", "text: '10.0.256.1'", "text: expected type ipv4, got \"10.0.256.1\""},
        {"text: { $type: ipv6 }", "text: '1::2::3'", "text: expected type ipv6, got \"1::2::3\""},
        {"text: { $type: date }", "text: '2026-02-30'", "text: expected type date, got \"2026-02-30\""},
        {"text: { $type: email }", "text: 'a@b'", "text: expected type email, got \"a@b\""},
        {"real: { $type: integer }", "real: 1.5", "real: expected type integer, got 1.5"},
        {"any: { $type: shop.Item }", "any { [type.googleapis.com/shop.Everything] {} }",
         "any: expected type shop.Item, got {\"@type\":\"shop.Everything\"}"},
        {"{ $partial: { text: a } }", "text: 'b' int32: 1", "text: expected \"a\", got \"b\""},
        {"{ $partial: { items: [{}] } }", "items {} items {}", "items[1]: expected absent, got {}"},
        {"{ $partial: { item: { $exact: { name: a } } } }", "item { name: 'a' size: LARGE }",
         "item.size: expected absent, got \"LARGE\""},
        {"text: { $equals: abc, $len: 2 }", "text: 'abc'", "text: expected a length of 2, got a length of 3"},
        {"{ $ignore: [item.size], item: { name: a } }", "item { name: 'b' size: LARGE }",
         "item.name: expected \"a\", got \"b\""},
        {"structure: { a: { b: 1 } }",
         "structure { fields { key: 'a' value { struct_value { fields { key: 'b' value { number_value: 2 } } } } } }",
         "structure.a.b: expected 1, got 2"},
    };
    for (const auto& [expectation, actual, sentence] : table)
        EXPECT_THAT(compare(expectation, actual), ElementsAre(sentence)) << expectation << " and " << actual;
}

TEST(Matchers, WhatCannotBeAskedIsAProblemAtItsPlace) {
    const std::pair<const char*, const char*> table[] = {
        {"text: { $regx: a }", "1:9: unknown matcher '$regx' (did you mean '$regex'?)"},
        {"text: { $regex: '(' }", "1:17: no regular expression: missing ): ("},
        {"int32: { $regex: a }", "1:18: '$regex' goes with texts"},
        {"text: { $approx: { value: 1, tol: 1 } }", "1:18: '$approx' goes with numbers and times"},
        {"real: { $approx: 1 }", "1:18: '$approx' takes value and tol"},
        {"real: { $approx: { value: 1, tol: -1 } }", "1:35: '-1' is no tolerance"},
        {"time: { $approx: { value: '2026-01-05T10:00:00Z', tol: 1 } }", "1:56: '1' is no tolerance"},
        {"real: { $approx: { value: x, tol: 1 } }", "1:27: 'x' is not a number"},
        {"real: { $between: [1] }", "1:19: '$between' takes the least and the most"},
        {"real: { $between: [2, 1] }", "1:19: the least is more than the most"},
        {"int32: { $between: [1, 3000000000] }", "1:24: '3000000000' is out of the range of int32"},
        {"int32: { $len: 1 }", "1:16: '$len' goes with texts, bytes, lists and maps"},
        {"text: { $len: -1 }", "1:15: '-1' is no length"},
        {"text: { $len: [2, 1] }", "1:15: a sequence is no length"},
        {"{ left: $present, right: 1 }", "1:19: 'right' cannot be given together with 'left'"},
        {"{ left: { $absent: true, $len: 1 }, right: 1 }", "1:37: 'right' cannot be given together with 'left'"},
        {"flag: { $contains: 1 }", "1:20: '$contains' goes with texts, bytes, lists and maps"},
        {"text: { $unordered: [1] }", "1:21: '$unordered' goes with lists"},
        {"numbers: { $unordered: 1 }", "1:24: '$unordered' takes a list"},
        {"numbers: { $unordered: [x] }", "1:25: 'x' is not a whole number"},
        {"text: { $type: uid }", "1:16: 'uid' is no type (did you mean 'uuid'?)"},
        {"text: { $any: false }", "1:15: '$any' takes true and nothing else"},
        {"text: { $any: true, x: 1 }", "1:21: 'x' cannot stand beside a matcher"},
        {"{ $partial: { tex: a } }", "1:15: unknown field 'tex' in shop.Everything (did you mean 'text'?)"},
        {"{ $ignore: text }", "1:12: '$ignore' is a list of paths"},
        {"{ $ignore: ['a..b'] }", "1:13: 'a..b' is no path"},
        {"{ text: a, $regex: a }",
         "1:12: a matcher cannot stand here: the key '$regex' begins with '$' (write "
         "'$$regex' for a literal key)"},
    };
    for (const auto& [expectation, problem] : table)
        EXPECT_THAT(compare(expectation, ""), ElementsAre(std::string("unreadable: test.yaml:") + problem))
            << expectation;
}

std::string ignore(const std::string& path, const std::string& around = "{ $ignore: ['PATH'] }") {
    auto text = around;
    text.replace(text.find("PATH"), 4, path);
    const auto sentences = compare(text, "item {} structure {}",
                                   {.mode = Mode::partial, .unknown_fields = UnknownFields::by_mode, .ignore = {}});
    return sentences.empty() ? "" : sentences.front();
}

TEST(Matchers, APathToIgnoreThatNoFieldHasIsAProblem) {
    for (const std::string path : {"text",
                                   "item.name",
                                   "items.name",
                                   "items[2].name",
                                   "items[*].size",
                                   "*.name",
                                   "counts[\"a\"]",
                                   "counts.a",
                                   "shelf[1].name",
                                   "shelf.name",
                                   "shelf[*]",
                                   "any.whatever.below",
                                   "structure.a.b[3]",
                                   "structure[\"a b\"]",
                                   "left",
                                   "field 9 (not in the schema)",
                                   "item.field 9 (not in the schema)",
                                   "numbers[0]",
                                   "time",
                                   "wrapped",
                                   "shelf[\"-7\"]",
                                   "shelf[0]",
                                   "shelf.2147483647",
                                   "shelf[-2147483648].name",
                                   "names[\"true\"]",
                                   "names.true"})
        EXPECT_EQ(ignore(path), "") << path;
    const std::pair<const char*, const char*> table[] = {
        {"[pkg.ext]", "unknown field '[pkg.ext]' in shop.Everything"},
        {"item[pkg.ext].a", "unknown field '[pkg.ext]' in shop.Item"},
        {"txt", "unknown field 'txt' in shop.Everything (did you mean 'text'?)"},
        {"item.nam", "unknown field 'nam' in shop.Item (did you mean 'name'?)"},
        {"items[*].nam", "unknown field 'nam' in shop.Item (did you mean 'name'?)"},
        {"shelf[7].nam", "unknown field 'nam' in shop.Item (did you mean 'name'?)"},
        {"time.seconds", "there is nothing below 'time' that has a name"},
        {"text.length", "there is nothing below 'text' that has a name"},
        {"item[0].name", "there is no [0] below a shop.Item"},
        {"flag[0]", "there is no [0] below 'flag'"},
        {"names[true]", "there is no [true] below 'names'"},
        {"shelf[\"zz\"]", "there is no [\"zz\"] below 'shelf'"},
        {"shelf.zz", "there is no zz below 'shelf'"},
        {"shelf[99999999999]", "there is no [99999999999] below 'shelf'"},
        {"shelf[-2147483649].name", "there is no [-2147483649] below 'shelf'"},
        {"shelf.2147483648", "there is no 2147483648 below 'shelf'"},
        {"shelf[\"01\"]", "there is no [\"01\"] below 'shelf'"},
        {"shelf[-0]", "there is no [-0] below 'shelf'"},
        {"shelf[\"1e0\"]", "there is no [\"1e0\"] below 'shelf'"},
        {"shelf[\"\"]", "there is no [\"\"] below 'shelf'"},
        {"names[1]", "there is no [1] below 'names'"},
        {"names[\"yes\"]", "there is no [\"yes\"] below 'names'"},
        {"items[\"a\"]", "there is no [\"a\"] below a shop.Item"},
        {"counts[a]", "there is no [a] below 'counts'"},
        {"counts[1.5]", "there is no [1.5] below 'counts'"},
        {"item[1.5]", "there is no [1.5] below a shop.Item"},
        {"item[pkg..ext]", "there is no [pkg..ext] below a shop.Item"},
    };
    for (const auto& [path, problem] : table)
        EXPECT_EQ(ignore(path), std::string("unreadable: test.yaml:1:13: ") + problem);
}

TEST(Matchers, AKeyToIgnoreIsOneThatTheTypeOfTheKeysHas) {
    const auto kinds = shop_message("Kinds", "");
    for (const char* good : {"pauses[18446744073709551615]", "pauses[0]", "bytes[-1]", "named[\"01\"]", "named[-0]"})
        EXPECT_FALSE(check_path(good, *kinds->GetDescriptor())) << good;
    for (const char* wrong : {"pauses[18446744073709551616]", "pauses[-1]", "bytes[2147483648]", "bytes[\"00\"]"})
        EXPECT_TRUE(check_path(wrong, *kinds->GetDescriptor())) << wrong;
}

TEST(Matchers, APathToIgnoreBeginsWhereItIsWritten) {
    EXPECT_EQ(ignore("name", "{ item: { $ignore: ['PATH'] } }"), "");
    EXPECT_THAT(ignore("text", "{ item: { $ignore: ['PATH'] } }"), HasSubstr("unknown field 'text' in shop.Item"));
    EXPECT_EQ(ignore("[*].name", "{ items: { $any: true, $ignore: ['PATH'] } }"), "");
    EXPECT_THAT(ignore("name", "{ items: { $unordered: [], $ignore: ['PATH'] } }"),
                HasSubstr("'name' is looked for in a list"));
    EXPECT_THAT(ignore("nam", "{ items: [{ $any: true, $ignore: ['PATH'] }] }"),
                HasSubstr("unknown field 'nam' in shop.Item"));
    EXPECT_EQ(ignore("a", "{ structure: { $ignore: ['PATH'] } }"), "");
    EXPECT_EQ(ignore("a", "{ counts: { $ignore: ['PATH'] } }"), "");
}

TEST(Matchers, TheTypeOfAnAnyIsOneOfTheSchemas) {
    const auto read = [](const std::string& text) {
        const auto sentences = compare(text, "", Rules());
        return sentences.front();
    };
    EXPECT_THAT(read("{ any: { $type: shop.Item } }"), HasSubstr("any: expected"));
    EXPECT_EQ(read("{ any: { $type: shop.Itm } }"),
              "unreadable: test.yaml:1:17: unknown message 'shop.Itm' (did you mean 'shop.Item'?)");
    EXPECT_THAT(read("{ any: { $type: google.protobuf.Timestamp } }"), HasSubstr("any: expected"));
    EXPECT_EQ(read("{ item: { $type: shop.Item } }"),
              "unreadable: test.yaml:1:18: '$type' names the message of a google.protobuf.Any, and there is none");
}

TEST(Matchers, ModeAndIgnoredPathsCanBeSetForTheWhole) {
    const Rules partial{.mode = Mode::partial, .unknown_fields = UnknownFields::error, .ignore = {}};
    EXPECT_THAT(compare("text: a", "text: 'a' int32: 5", partial), IsEmpty());
    const Rules ignore{.mode = Mode::exact, .unknown_fields = UnknownFields::error, .ignore = {"item.*", "int32"}};
    EXPECT_THAT(compare("item: { name: a }", "item { name: 'b' size: LARGE } int32: 5", ignore), IsEmpty());
    EXPECT_THAT(compare("{}", "text: 'a'", ignore), ElementsAre("text: expected absent, got \"a\""));
}

TEST(Matchers, UnknownFieldsAreAnErrorAWarningOrNothing) {
    const auto document = source::parse_document("{}", "test.yaml").value();
    const auto actual = shop_message("Everything", "");
    ASSERT_TRUE(actual->MergeFromString(std::string("\xF8\x06\x05", 3)));  // 111: varint 5
    const auto compared = [&](UnknownFields setting) {
        const Rules rules{.mode = Mode::exact, .unknown_fields = setting, .ignore = {}};
        return read_message_expectation(document.root(), *actual, rules).expectation->compare(*actual);
    };
    EXPECT_THAT(sentences(compared(UnknownFields::error)),
                ElementsAre("field 111 (not in the schema): expected absent, got 5 (varint)"));
    EXPECT_TRUE(compared(UnknownFields::warning).equal());
    EXPECT_THAT(compared(UnknownFields::warning).warnings, ElementsAre("field 111 (not in the schema): 5 (varint)"));
    EXPECT_THAT(compared(UnknownFields::ignored).warnings, IsEmpty());
}

TEST(Matchers, UnknownFieldsCountInWhatIsNotWrittenWhereTheyAreToBeErrors) {
    // item { name: "a" 111: 5 } items { name: "b" 111: 5 }
    const auto everything = shop_message("Everything", "");
    ASSERT_TRUE(
        everything->ParseFromString("\x52\x06\x0A\x01"
                                    "a\xF8\x06\x05\x5A\x06\x0A\x01"
                                    "b\xF8\x06\x05"));
    const auto compared = [&](const std::string& expected, UnknownFields setting,
                              std::vector<std::string> ignore = {}) {
        const auto document = source::parse_document(expected, "x.yaml");
        const Rules rules{.mode = Mode::partial, .unknown_fields = setting, .ignore = std::move(ignore)};
        return read_message_expectation(document->root(), *everything, rules).expectation->compare(*everything);
    };
    const auto first = "item.field 111 (not in the schema): expected absent, got 5 (varint)";
    const auto second = "items[0].field 111 (not in the schema): expected absent, got 5 (varint)";
    EXPECT_THAT(sentences(compared("{ text: $any }", UnknownFields::error)), ElementsAre(first, second));
    EXPECT_THAT(sentences(compared("{ item: { name: a } }", UnknownFields::error)), ElementsAre(first, second));
    EXPECT_THAT(sentences(compared("{ item: $present }", UnknownFields::error)), ElementsAre(second));
    EXPECT_THAT(sentences(compared("{ text: $any }", UnknownFields::error, {"items"})), ElementsAre(first));
    EXPECT_THAT(compared("{ text: $any }", UnknownFields::warning).warnings.size(), 2U);
    EXPECT_TRUE(compared("{ text: $any }", UnknownFields::by_mode).equal());
}

TEST(Matchers, AnExpectationIsShownInWords) {
    const auto document =
        source::parse_document("{ text: { $regex: a }, items: [{ name: $any }], real: 1 }", "a").value();
    const auto read = read_message_expectation(document.root(), *shop_message("Everything", ""), Rules());
    EXPECT_EQ(read.expectation->text(),
              "{\"text\":a text that matches /a/,\"items\":[{\"name\":anything}],\"real\":1}");
    EXPECT_TRUE(read.expectation->has_matchers());
}

}  // namespace
}  // namespace understudy::match::matchers_test
